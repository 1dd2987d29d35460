using System.Net;
using System.Reflection;
using IoTJobsToolkit.Server.Access;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Server.Tls;
using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Server.Hosting;

/// <summary>What the server says when it listens: where everything is, and how to call it.</summary>
internal static class StartNotice
{
    public static IEnumerable<string> Lines(
        ServerSettings settings, AdministratorKey administrator, AdministratorAccount account, string endpoint,
        PlanePorts ports, IPEndPoint? plainMqtt, MqttListener mqtt, bool isOwnAuthority)
    {
        var engine = settings.Engine;
        var authority = LocalAuthority.CertificatePathFor(settings.DatabasePath);
        yield return $"IoTJobsToolkit {Version}";
        yield return $"  Portal          {endpoint}/";
        yield return $"  API endpoint    {endpoint}  (region {engine.Region}, account {engine.AccountId})";
        foreach (var (plane, address) in ports.Addresses)
        {
            yield return $"  {$"{plane} plane",-14}  {address}  (the API alone)";
        }
        if (ports.DeviceAddress is { } devices)
        {
            yield return $"  Devices         {devices}  (with a certificate or token of their thing)";
        }
        else if (settings.Devices.Port is { } taken)
        {
            yield return $"  Devices         without an address of their own, as something else listens at port {taken}; --Jobs:DevicePort=PORT gives them one";
        }
        if (settings.Mqtt.Broker is { } broker)
        {
            yield return $"  MQTT            {broker.Address}  (the broker that devices connect to{(broker.IsTls ? "" : ", without TLS")}; no MQTT here)";
        }
        foreach (var line in settings.Mqtt.Broker is null ? MqttLines(endpoint, ports, mqtt) : [])
        {
            yield return line;
        }
        if (plainMqtt is not null)
        {
            yield return $"  MQTT            mqtt://{plainMqtt}  (without TLS, on this machine only)";
        }
        else if (settings.Mqtt.Port is { } other)
        {
            yield return $"  MQTT            without an address on this machine, as something else has port {other}; {MqttSettings.Section}:{MqttSettings.PortName} gives it one";
        }
        if (isOwnAuthority)
        {
            yield return $"  CA certificate  {authority}  (what callers over https trust; also at {endpoint}{AuthorityEndpoint.Path})";
        }
        yield return $"  Database        {settings.DatabasePath}";
        if (administrator.LostKeys is > 0 and var lost)
        {
            yield return $"  Warning         {(lost == 1 ? "1 access key does" : $"{lost} access keys do")} not count, as {SecretKeyFile.PathFor(settings.DatabasePath)} is not the file " +
                "that they were encrypted with. Stop the server and restore that file from the backup, or make new keys with New-IoTAccessKey and remove the old ones with Remove-IoTAccessKey";
        }
        var isOpen = settings.Auth == AuthMode.Open;
        if (isOpen)
        {
            yield return "  Access          open: no credentials are asked for, on this machine only (Jobs:Auth=Open)";
        }
        // What is made now is shown now, also where it is not asked for yet.
        if (!isOpen || administrator.NewSecret is not null)
        {
            yield return $"  Access key id   {administrator.AccessKeyId}";
            yield return administrator.NewSecret is { } secret
                ? $"  Secret key      {secret}  (shown this once; kept encrypted)"
                : "  Secret key      as it was shown or set; New-IoTAccessKey makes another key";
        }
        if (!isOpen || account.NewPassword is not null)
        {
            yield return account.NewPassword is { } password
                ? $"  Admin password  {password}  (for the portal, account {AdministratorAccount.Name}; shown this once, only its hash is kept)"
                : "  Admin password  as it was set; Set-IoTAccount or Jobs:Bootstrap:AdminPassword sets another";
        }
        var keys = isOpen ? "any key" : "this key";
        var trust = isOwnAuthority && endpoint.StartsWith("https:", StringComparison.Ordinal) ? $" --ca-bundle {authority}" : "";
        yield return $"  Try             aws iot list-jobs --region {engine.Region} --endpoint-url {endpoint}{trust}  (with {keys} in AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY)";
    }

    private static IEnumerable<string> MqttLines(string endpoint, PlanePorts ports, MqttListener mqtt)
    {
        foreach (var address in mqtt.Addresses)
        {
            yield return $"  MQTT            {address}  (with a certificate of the thing, or its token as password)";
        }
        if (mqtt.OccupiedPort is { } occupied)
        {
            yield return $"  MQTT            without an address for TLS, as another program has port {occupied}; Mqtt:TlsPort gives it one";
        }
        if (ports.DeviceAddress is { } devices)
        {
            yield return $"  MQTT            {devices.Replace(Uri.UriSchemeHttps, "mqtts", StringComparison.Ordinal)}  (with ALPN {MqttAlpn.Protocol})";
        }
        yield return $"  MQTT            ws{endpoint["http".Length..]}{MqttWebSocket.Path}  (WebSocket, signed for iotdevicegateway)";
    }

    public static string Version =>
        typeof(StartNotice).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion.Split('+')[0] ?? "";
}
