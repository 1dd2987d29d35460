using System.Net;
using System.Text;

namespace IoTJobsToolkit.Server.Settings;

/// <summary>Where devices call, and as whom the server shows itself.</summary>
public sealed record DeviceSettings
{
    internal const string Section = "Jobs";

    public const string PortName = "DevicePort";
    public const string NamesName = "DeviceNames";

    /// <summary>As AWS's.</summary>
    public const int DefaultPort = 8443;

    /// <summary>0 for any that is free; null for none.</summary>
    public int? Port { get; init; } = DefaultPort;

    /// <summary>Nobody chose the port: where something else has it, devices get no address of their own.</summary>
    public bool IsDefaultPort { get; init; } = true;

    /// <summary>DNS names and IP addresses in the server's certificate besides those which it knows by itself.</summary>
    public IReadOnlyList<string> Names { get; init; } = [];

    internal static DeviceSettings Read(SettingReader settings)
    {
        var names = settings.List($"{Section}:{NamesName}");
        return new()
        {
            Port = settings.Port($"{Section}:{PortName}", DefaultPort),
            IsDefaultPort = settings.Text($"{Section}:{PortName}") is null,
            Names = names.FirstOrDefault(name => !IsName(name)) is { } wrong
                ? throw SettingReader.Refused($"{Section}:{NamesName}", wrong, "DNS names and IP addresses, with semicolons between them")
                : names,
        };
    }

    private static bool IsName(string name) =>
        IPAddress.TryParse(name, out _) ||
        Ascii.IsValid(name) && Uri.CheckHostName(name.StartsWith("*.", StringComparison.Ordinal) ? name[2..] : name) == UriHostNameType.Dns;
}
