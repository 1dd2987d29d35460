using IoTJobsToolkit.Server.Hosting;
using OpenTelemetry.Exporter;

namespace IoTJobsToolkit.Server.Settings;

/// <summary>Who may read the figures at <c>/metrics</c>.</summary>
public enum MetricsReaders
{
    /// <summary>Nobody: the address does not exist.</summary>
    Off,

    /// <summary>Programs on this machine.</summary>
    Loopback,

    /// <summary>Whoever shows the token of the settings.</summary>
    Token,
}

/// <summary>What the server tells of itself (<c>Telemetry</c>).</summary>
public sealed record TelemetrySettings
{
    internal const string Section = "Telemetry";

    private const int MinTokenLength = 16;

    public MetricsReaders Metrics { get; init; }

    /// <summary>Not null with <see cref="MetricsReaders.Token"/>.</summary>
    public string? MetricsToken { get; init; }

    /// <summary>Where metrics and traces are sent to, as OpenTelemetry's variables name it where they do; null for nowhere.</summary>
    public Uri? Otlp { get; init; }

    public OtlpExportProtocol OtlpProtocol { get; init; }

    /// <summary>Without the token.</summary>
    public override string ToString() => $"{Section} {{ {nameof(Metrics)} = {Metrics}, {nameof(Otlp)} = {Otlp} }}";

    /// <exception cref="StartException">A setting is wrong.</exception>
    internal static TelemetrySettings Read(SettingReader settings)
    {
        settings.AllowOnly(Section, nameof(Metrics), nameof(MetricsToken), nameof(Otlp), nameof(OtlpProtocol));
        var metrics = settings.Word($"{Section}:{nameof(Metrics)}", MetricsReaders.Off);
        var token = settings.Text($"{Section}:{nameof(MetricsToken)}");
        if (token is null == (metrics == MetricsReaders.Token))
        {
            throw new StartException(
                StartException.BadSetting, $"{Section}:{nameof(Metrics)}=token and {Section}:{nameof(MetricsToken)} belong together; give both or none.");
        }
        if (token is not null && (token.Length < MinTokenLength || !token.All(char.IsAscii) || token.Any(char.IsWhiteSpace)))
        {
            throw SettingReader.Refused($"{Section}:{nameof(MetricsToken)}", "...", $"at least {MinTokenLength} characters of ASCII, no spaces");
        }
        return new()
        {
            Metrics = metrics,
            MetricsToken = token,
            Otlp = AddressOf(settings, $"{Section}:{nameof(Otlp)}") ?? AddressOf(settings, "OTEL_EXPORTER_OTLP_ENDPOINT"),
            OtlpProtocol = ProtocolOf(settings),
        };
    }

    private static Uri? AddressOf(SettingReader settings, string name) => settings.Text(name) switch
    {
        null => null,
        var text => Uri.TryCreate(text, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" && uri.UserInfo.Length == 0
            ? uri
            : throw SettingReader.Refused(name, "...", "an address such as http://collector.example.com:4317"),
    };

    private static OtlpExportProtocol ProtocolOf(SettingReader settings)
    {
        var name = $"{Section}:{nameof(OtlpProtocol)}";
        name = settings.Text(name) is null ? "OTEL_EXPORTER_OTLP_PROTOCOL" : name;
        return settings.Text(name) switch
        {
            null or "grpc" => OtlpExportProtocol.Grpc,
            "http/protobuf" => OtlpExportProtocol.HttpProtobuf,
            var other => throw SettingReader.Refused(name, other, "grpc, http/protobuf"),
        };
    }
}
