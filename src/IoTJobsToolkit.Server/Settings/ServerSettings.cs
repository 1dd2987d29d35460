using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Wire;
using Microsoft.Extensions.Configuration;

namespace IoTJobsToolkit.Server.Settings;

/// <summary>Who may call the API.</summary>
public enum AuthMode
{
    /// <summary>Whoever signs with an access key of this server.</summary>
    Required,

    /// <summary>Everyone, for use as an emulator: only on loopback addresses.</summary>
    Open,
}

/// <summary>By which clock jobs go.</summary>
public enum ClockMode
{
    System,

    /// <summary>One that is stopped, set ahead and sped up by operators, for use as an emulator.</summary>
    Virtual,
}

/// <summary>Credentials which are given instead of made; each may be null.</summary>
public sealed record Bootstrap(string? AccessKeyId, string? SecretAccessKey, string? AdminPassword);

/// <summary>What an installation may choose about its server.</summary>
public sealed record ServerSettings
{
    public const string DefaultUrl = "http://127.0.0.1:8080";

    private const int MinSecretLength = 16;
    private const int MinPasswordLength = 8;

    /// <summary>Full path of the database file.</summary>
    public required string DatabasePath { get; init; }

    public AuthMode Auth { get; init; }

    public ClockMode Clock { get; init; }

    public Dialect Dialect { get; init; }

    public HttpLimits Http { get; init; } = new();

    /// <summary>Addresses of the control plane alone, without the portal.</summary>
    public IReadOnlyList<string> ControlUrls { get; init; } = [];

    /// <summary>Addresses of the data plane alone, without the portal.</summary>
    public IReadOnlyList<string> DataUrls { get; init; } = [];

    public DeviceSettings Devices { get; init; } = new();

    public MqttSettings Mqtt { get; init; } = new();

    public MqttListenSettings MqttListen { get; init; } = new();

    /// <summary>Null where notifications go by no e-mail.</summary>
    public MailSettings? Mail { get; init; }

    public TelemetrySettings Telemetry { get; init; } = new();

    /// <summary>How long a server that is to stop still answers everybody, with <c>/readyz</c> saying that it will not for long.</summary>
    public TimeSpan DrainTime { get; init; }

    /// <summary>How long requests in flight have to finish then; the database is closed all the same.</summary>
    public TimeSpan ShutdownTime { get; init; } = TimeSpan.FromSeconds(30);

    public Bootstrap Bootstrap { get; init; } = new(null, null, null);

    public JobsSettings Engine { get; init; } = new();

    /// <summary>Reads the sections <c>Jobs</c>, <c>Mqtt</c>, <c>Mail</c> and <c>Telemetry</c>.</summary>
    /// <exception cref="StartException">A setting has a value it may not have; the message says which are allowed.</exception>
    public static ServerSettings Read(IConfiguration configuration)
    {
        var settings = new SettingReader(configuration);
        settings.AllowOnly("Jobs", [
            "DatabasePath", "Auth", "Clock", "Region", "AccountId", "Dialect", "Limits", "RequestRates", "RetentionDays", "DeletionPaused",
            "Bootstrap:AccessKeyId", "Bootstrap:SecretAccessKey", "Bootstrap:AdminPassword",
            ListenAddresses.ControlUrls, ListenAddresses.DataUrls, DeviceSettings.PortName, DeviceSettings.NamesName, "DrainSeconds", "ShutdownSeconds", .. HttpLimits.Names]);
        var read = new ServerSettings
        {
            DatabasePath = DatabasePathOf(settings),
            Auth = settings.Word("Jobs:Auth", AuthMode.Required),
            Clock = settings.Word("Jobs:Clock", ClockMode.System),
            Dialect = settings.Word("Jobs:Dialect", Dialect.Aws),
            Http = HttpLimits.Read(settings),
            ControlUrls = settings.List($"Jobs:{ListenAddresses.ControlUrls}"),
            DataUrls = settings.List($"Jobs:{ListenAddresses.DataUrls}"),
            Devices = DeviceSettings.Read(settings),
            Mqtt = MqttSettings.Read(settings),
            MqttListen = MqttListenSettings.Read(settings),
            Mail = MailSettings.Read(settings),
            Telemetry = TelemetrySettings.Read(settings),
            DrainTime = TimeSpan.FromSeconds(settings.WholeNumber("Jobs:DrainSeconds", 0, 3600) ?? 0),
            ShutdownTime = TimeSpan.FromSeconds(settings.WholeNumber("Jobs:ShutdownSeconds", 0, 3600) ?? 30),
            Bootstrap = BootstrapOf(settings),
            Engine = new()
            {
                Region = settings.Matching("Jobs:Region", "us-east-1", "[a-z0-9-]{1,32}", "a region such as us-east-1"),
                AccountId = settings.Matching("Jobs:AccountId", "123456789012", "[0-9]{12}", "twelve digits"),
                Limits = settings.Word("Jobs:Limits", LimitsProfile.Aws),
                RequestRates = settings.Word("Jobs:RequestRates", RequestRatesProfile.Off),
                RetentionDays = settings.WholeNumber("Jobs:RetentionDays", 1, 36_500),
                DeletionPaused = settings.Flag("Jobs:DeletionPaused"),
            },
        };
        return read;
    }

    private static string DatabasePathOf(SettingReader settings)
    {
        if (settings.Text("Jobs:DatabasePath") is { } path)
        {
            return !Path.EndsInDirectorySeparator(path) && !Directory.Exists(path)
                ? Path.GetFullPath(path)
                : throw SettingReader.Refused("Jobs:DatabasePath", path, "the path of a file; this is a folder");
        }
        var data = Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.DoNotVerify);
        return data.Length > 0
            ? Path.Combine(data, "IoTJobsToolkit", "jobs.db")
            : throw new StartException(
                StartException.BadSetting, "This user has no folder for application data; set Jobs:DatabasePath to the path of the database.");
    }

    private static Bootstrap BootstrapOf(SettingReader settings)
    {
        const string name = "Jobs:Bootstrap";
        var bootstrap = new Bootstrap(
            settings.Text($"{name}:AccessKeyId"), settings.Text($"{name}:SecretAccessKey"), settings.Text($"{name}:AdminPassword"));
        if (bootstrap.AccessKeyId is null != bootstrap.SecretAccessKey is null)
        {
            throw new StartException(StartException.BadSetting, $"{name}:AccessKeyId and {name}:SecretAccessKey belong together; give both or none.");
        }
        if (bootstrap.AccessKeyId is { } key && !(key.Length is >= 4 and <= 128 && key.All(char.IsAsciiLetterOrDigit)))
        {
            throw SettingReader.Refused($"{name}:AccessKeyId", key, "4 to 128 letters and digits");
        }
        if (bootstrap.SecretAccessKey is { Length: < MinSecretLength })
        {
            throw SettingReader.Refused($"{name}:SecretAccessKey", "...", $"at least {MinSecretLength} characters");
        }
        if (bootstrap.AdminPassword is { Length: < MinPasswordLength })
        {
            throw SettingReader.Refused($"{name}:AdminPassword", "...", $"at least {MinPasswordLength} characters");
        }
        return bootstrap;
    }
}
