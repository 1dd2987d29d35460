namespace IoTJobsToolkit.Wire.Client;

/// <summary>How clients of this product name themselves to a server.</summary>
public static class UserAgents
{
    private const string ModuleProduct = "IoTJobsToolkit-PowerShell";

    private static readonly string Version = typeof(UserAgents).Assembly.GetName().Version!.ToString(3);

    /// <summary>A program that uses the client.</summary>
    public static string Program { get; } = $"IoTJobsToolkit/{Version}";

    /// <summary>The PowerShell module.</summary>
    public static string Module { get; } = $"{ModuleProduct}/{Version}";

    /// <summary>Whether the module of any version says to come.</summary>
    public static bool IsModule(string? userAgent) => userAgent?.StartsWith(ModuleProduct + '/', StringComparison.Ordinal) == true;
}
