namespace IoTJobsToolkit.Server.Hosting;

/// <summary>Why the server does not start, for a person to read: no stack trace helps here.</summary>
public sealed class StartException(int exitCode, string message, Exception? inner = null) : Exception(message, inner)
{
    public const int BadSetting = 2;
    public const int DatabaseInUse = 3;
    public const int DatabaseUnusable = 4;
    public const int AddressInUse = 5;

    public int ExitCode { get; } = exitCode;
}
