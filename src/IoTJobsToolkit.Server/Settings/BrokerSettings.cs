using System.Text.RegularExpressions;
using IoTJobsToolkit.Server.Hosting;

namespace IoTJobsToolkit.Server.Settings;

/// <summary>The broker that carries the devices in place of the server's own (section <c>Mqtt</c>).</summary>
public sealed record BrokerSettings(string Host, int Port, bool IsTls)
{
    public const string AddressName = "Broker";
    public const string UserName = "BrokerUser";
    public const string PasswordName = "BrokerPassword";
    public const string CaName = "BrokerCa";
    public const string CertificateName = "BrokerCertificate";
    public const string PrefixName = "BrokerPrefix";
    public const string GroupName = "BrokerGroup";
    public const string ClientIdName = "BrokerClientId";

    private const string DefaultGroup = "iotjobs";
    private const string NoGroup = "none";
    private const string Secure = "mqtts";
    private const string Plain = "mqtt";
    private const int SecurePort = 8883;
    private const int PlainPort = 1883;
    private const string AllowedAddresses = $"{Secure}://HOST:PORT or {Plain}://HOST:PORT, with a user and password in it or in Mqtt:{UserName} and Mqtt:{PasswordName}";

    public string? User { get; init; }

    internal string? Password { get; init; }

    /// <summary>File of the authorities, in PEM, which the broker's certificate may be of; null for those that the system trusts.</summary>
    public string? CaPath { get; init; }

    /// <summary>File of the certificate to show, in PEM with its key; null for none.</summary>
    public string? CertificatePath { get; init; }

    /// <summary>What the broker puts before the topics of devices; empty for nothing.</summary>
    public string Prefix { get; init; } = "";

    /// <summary>Servers of one group share what devices ask; null for a server which gets all of it, without a shared subscription.</summary>
    public string? Group { get; init; } = DefaultGroup;

    /// <summary>The beginning of the client id, which goes on with what is this server's alone.</summary>
    public string ClientId { get; init; } = "iotjobs";

    /// <summary>Without user and password.</summary>
    public string Address => $"{(IsTls ? Secure : Plain)}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";

    internal static IEnumerable<string> Names => [AddressName, UserName, PasswordName, CaName, CertificateName, PrefixName, GroupName, ClientIdName];

    /// <summary>Neither password nor user gets anywhere with this.</summary>
    public override string ToString() => Address;

    /// <summary>Null where the server's own broker is wanted.</summary>
    /// <exception cref="StartException">A setting is wrong.</exception>
    internal static BrokerSettings? Read(SettingReader settings)
    {
        if (settings.Text(Full(AddressName)) is not { } address)
        {
            return Names.FirstOrDefault(name => settings.Text(Full(name)) is not null) is { } alone
                ? throw Wrong($"{Full(alone)} is for a broker of its own; set {Full(AddressName)} too, to {Secure}://HOST:{SecurePort}, or leave it out.")
                : null;
        }
        foreach (var port in new[] { MqttSettings.PortName, MqttListenSettings.TlsPortName })
        {
            if (settings.Text(Full(port)) is not (null or "0"))
            {
                throw Wrong($"{Full(port)} is where the server's own broker listens, and with {Full(AddressName)} there is none. Leave one of both out.");
            }
        }
        var (broker, user, password) = Parse(address);
        if (user is not null && settings.Text(Full(UserName)) is not null || password is not null && settings.Text(Full(PasswordName)) is not null)
        {
            throw Wrong($"The user or password is in {Full(AddressName)} and in {Full(UserName)} or {Full(PasswordName)}; leave it in one of them.");
        }
        var read = broker with
        {
            User = user ?? settings.Text(Full(UserName)),
            Password = password ?? settings.Text(Full(PasswordName)),
            CaPath = settings.Text(Full(CaName)),
            CertificatePath = settings.Text(Full(CertificateName)),
            Prefix = settings.Matching(Full(PrefixName), "", @"(?!/|\$share/)[^\s+#\0]{0,99}/|", "levels of a topic with a slash at the end, such as dev/"),
            Group = settings.Matching(Full(GroupName), DefaultGroup, "[A-Za-z0-9_.-]{1,64}", $"1 to 64 letters, digits, _, . and -, or {NoGroup}") is var group and not NoGroup ? group : null,
            ClientId = settings.Matching(Full(ClientIdName), broker.ClientId, "[A-Za-z0-9_.-]{1,64}", "1 to 64 letters, digits, _, . and -"),
        };
        return !read.IsTls && (read.CaPath ?? read.CertificatePath) is not null
            ? throw Wrong($"{Full(CaName)} and {Full(CertificateName)} are for TLS; use {Secure}:// in {Full(AddressName)}, or leave them out.")
            : read;
    }

    /// <summary>What is wrong with an address is told without it: there may be a password in it.</summary>
    private static (BrokerSettings Broker, string? User, string? Password) Parse(string address)
    {
        if (!Uri.TryCreate(address, UriKind.Absolute, out var uri) || uri.Scheme is not (Secure or Plain) || uri.IdnHost.Length == 0 ||
            uri.AbsolutePath is not ("" or "/") || uri.Query.Length > 0 || uri.Fragment.Length > 0 || uri.Port == 0)
        {
            var scheme = Regex.Match(address, "^[a-z0-9+.-]{1,16}://", RegexOptions.IgnoreCase).Value;
            throw SettingReader.Refused(
                Full(AddressName), $"{scheme}...", $"{AllowedAddresses}; write characters of these that an address keeps for itself as %XX");
        }
        var isTls = uri.Scheme == Secure;
        var login = uri.UserInfo.Split(':', 2);
        return (
            new(uri.IdnHost, uri.Port > 0 ? uri.Port : isTls ? SecurePort : PlainPort, isTls),
            uri.UserInfo.Length > 0 ? Uri.UnescapeDataString(login[0]) : null,
            login.Length == 2 ? Uri.UnescapeDataString(login[1]) : null);
    }

    private static string Full(string name) => $"{MqttSettings.Section}:{name}";

    private static StartException Wrong(string message) => new(StartException.BadSetting, message);
}
