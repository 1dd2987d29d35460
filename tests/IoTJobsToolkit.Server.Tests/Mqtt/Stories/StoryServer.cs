using System.Globalization;
using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Server.Tests.Sdk;
using IoTJobsToolkit.Wire.Credentials;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Stories;

/// <summary>Where a script of tests/node/mqtt finds the server, as its operator and as its devices.</summary>
/// <param name="Operator">Makes the things.</param>
internal sealed record StoryServer(IJobs Operator, SigV4Credentials Key)
{
    public required string DatabasePath { get; init; }

    public required Uri Endpoint { get; init; }

    /// <summary>HTTPS, WebSockets, and MQTT with ALPN.</summary>
    public required Uri Devices { get; init; }

    public required int TlsPort { get; init; }

    public required int PlainPort { get; init; }

    /// <summary>Tells a story with two new things, whose names begin with <paramref name="name"/>.</summary>
    public async Task TellAsync(string script, string package, string name, Func<string, bool>? asked = null, params (string Name, string Value)[] environment)
    {
        var folder = Directory.CreateDirectory(Path.Combine(Path.GetDirectoryName(DatabasePath)!, name));
        object[] devices = [await DeviceAsync($"{name}-1", folder), await DeviceAsync($"{name}-2", folder)];
        await NodeScript.RunAsync(
            $"mqtt/{script}",
            package,
            asked,
            [
                ("ENDPOINT", Endpoint.AbsoluteUri.TrimEnd('/')),
                ("REGION", "us-east-1"),
                ("AWS_ACCESS_KEY_ID", Key.AccessKeyId),
                ("AWS_SECRET_ACCESS_KEY", Key.SecretAccessKey),
                ("AWS_SESSION_TOKEN", ""),
                ("HOST", Devices.Host),
                ("HTTPS_PORT", Text(Devices.Port)),
                ("TLS_PORT", Text(TlsPort)),
                ("PLAIN_PORT", Text(PlainPort)),
                ("CA", LocalAuthority.CertificatePathFor(DatabasePath)),
                ("DEVICES", JsonSerializer.Serialize(devices)),
                .. environment,
            ]);
    }

    private async Task<object> DeviceAsync(string thing, DirectoryInfo folder)
    {
        var cancellation = TestContext.Current.CancellationToken;
        await Operator.ExecuteAsync(new CreateThing(thing), cancellation);
        var issued = await Operator.ExecuteAsync(new CreateThingCertificate(thing), cancellation);
        var token = await Operator.ExecuteAsync(new CreateThingToken(thing), cancellation);
        var (cert, key) = (Path.Combine(folder.FullName, $"{thing}.crt"), Path.Combine(folder.FullName, $"{thing}.key"));
        await File.WriteAllTextAsync(cert, issued.CertificatePem, cancellation);
        await File.WriteAllTextAsync(key, issued.PrivateKey, cancellation);
        return new { thing, cert, key, token = token.Token };
    }

    private static string Text(int port) => port.ToString(CultureInfo.InvariantCulture);
}
