using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Server.Hosting;

namespace IoTJobsToolkit.Server.Tests.Mqtt.External;

public sealed class BrokerTlsTests : ExternalTest
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);

    [Fact]
    public async Task A_server_trusts_the_authority_in_its_file()
    {
        await ConnectServerAsync(null, Settings("mqtts://127.0.0.1", "ca.pem"));
    }

    [Theory]
    [InlineData("mqtts://127.0.0.1", "other.pem", "it is not trusted: its certificate is not of an authority in ")]
    [InlineData("mqtts://127.0.0.1", null, "it is not trusted: its certificate is not of an authority that this machine trusts")]
    [InlineData("mqtts://localhost", "ca.pem", "it is not trusted: its certificate is not for localhost")]
    public async Task A_server_trusts_nobody_else(string address, string? ca, string reason)
    {
        await ServeAsync(null, Settings(address, ca));

        await UntilAsync(() => Outages.Any());

        Assert.Contains(reason, Assert.Single(Outages), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_server_shows_its_certificate_where_the_broker_wants_one()
    {
        await File.AppendAllTextAsync(Broker.File("mosquitto.conf"), "require_certificate true\nuse_identity_as_username true\n", TestContext.Current.CancellationToken);
        await Broker.StopAsync();
        await Broker.StartAsync();

        await ConnectServerAsync(
            null,
            $"--Mqtt:Broker=mqtts://127.0.0.1:{Broker.ServerPort}", "--Mqtt:BrokerPrefix=dev/", $"--Mqtt:BrokerCa={Broker.File("ca.pem")}",
            $"--Mqtt:BrokerCertificate={Broker.File("client.pem")}");
    }

    [Theory]
    [InlineData("BrokerCa", "missing.pem", "PEM certificates of the authorities")]
    [InlineData("BrokerCa", "mosquitto.conf", "there is none in it")]
    [InlineData("BrokerCertificate", "ca.pem", "a PEM certificate and its private key, not encrypted")]
    public async Task A_file_that_cannot_be_used_is_told_at_the_start(string setting, string file, string message)
    {
        var refusal = await Assert.ThrowsAsync<StartException>(() => ServeAsync(null, $"--Mqtt:Broker=mqtts://127.0.0.1:{Broker.ServerPort}", $"--Mqtt:{setting}={Broker.File(file)}"));

        Assert.Equal(StartException.BadSetting, refusal.ExitCode);
        Assert.StartsWith($"Mqtt:{setting} names the file {Broker.File(file)}", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(message, refusal.Message, StringComparison.Ordinal);
    }

    private protected override async Task<Mosquitto> PrepareAsync()
    {
        var broker = await Mosquitto.PrepareAsync();
        await File.AppendAllTextAsync(broker.File("mosquitto.conf"), $"""
            cafile {broker.File("ca.pem")}
            certfile {broker.File("server.pem")}
            keyfile {broker.File("server.pem")}

            """);
        using var ca = Authority("ca");
        using var other = Authority("other");
        await File.WriteAllTextAsync(broker.File("ca.pem"), ca.ExportCertificatePem());
        await File.WriteAllTextAsync(broker.File("other.pem"), other.ExportCertificatePem());
        await File.WriteAllTextAsync(broker.File("server.pem"), Issue(ca, "broker", "1.3.6.1.5.5.7.3.1"));
        await File.WriteAllTextAsync(broker.File("client.pem"), Issue(ca, Mosquitto.User, "1.3.6.1.5.5.7.3.2"));
        await broker.StartAsync();
        return broker;
    }

    private IEnumerable<string> Outages => Log.All.Where(line => line.Contains("No connection to the MQTT broker", StringComparison.Ordinal));

    private string[] Settings(string address, string? ca) =>
    [
        $"--Mqtt:Broker={address}:{Broker.ServerPort}", $"--Mqtt:BrokerUser={Mosquitto.User}", $"--Mqtt:BrokerPassword={Mosquitto.Password}", "--Mqtt:BrokerPrefix=dev/",
        .. ca is null ? [] : new[] { $"--Mqtt:BrokerCa={Broker.File(ca)}" },
    ];

    private X509Certificate2 Authority(string name)
    {
        var request = new CertificateRequest($"CN={name}", _key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(1));
    }

    private string Issue(X509Certificate2 ca, string name, string usage)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest($"CN={name}", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new(usage)], false));
        var names = new SubjectAlternativeNameBuilder();
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        using var certificate = request.Create(ca.SubjectName, X509SignatureGenerator.CreateForECDsa(_key), DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddHours(12), RandomNumberGenerator.GetBytes(8));
        return $"{certificate.ExportCertificatePem()}\n{key.ExportPkcs8PrivateKeyPem()}\n";
    }
}
