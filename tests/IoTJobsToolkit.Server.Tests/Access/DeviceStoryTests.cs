using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Server.Tests.Access;

/// <summary>What a device does, over TLS, without any signature.</summary>
public sealed class DeviceStoryTests
{
    [Theory]
    [InlineData(true, "1.1", "thingOne")]
    [InlineData(true, "2.0", "thingOne")]
    [InlineData(false, "1.1", "thingOne")]
    [InlineData(false, "2.0", "thingOne")]
    [InlineData(true, "1.1", "a:b_c-D9")]
    [InlineData(false, "1.1", "a:b_c-D9")]
    public async Task A_device_works_off_its_job(bool byCertificate, string version, string thing)
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", thing);
        using var device = byCertificate
            ? new DeviceClient(server, await server.Certificate(thing)) { HttpVersion = new(version) }
            : new DeviceClient(server) { Token = await server.Token(thing), HttpVersion = new(version) };
        var jobs = $"/things/{Uri.EscapeDataString(thing)}/jobs";

        Assert.Equal("q", (string?)(await device.Send($"GET {jobs}")).IsOk().Json["queuedJobs"]![0]!["jobId"]);
        Assert.Equal("IN_PROGRESS", (string?)(await device.Send($"PUT {jobs}/$next", """{"statusDetails":{"step":"1"}}""")).IsOk().Json["execution"]!["status"]);
        var described = (await device.Send($"GET {jobs}/q")).IsOk().Json["execution"]!;
        Assert.Equal((thing, "1", "{}"), ((string?)described["thingName"], (string?)described["statusDetails"]!["step"], (string?)described["jobDocument"]));
        (await device.Send($"POST {jobs}/q", """{"status":"SUCCEEDED","statusDetails":{"step":"2"}}""")).IsOk();

        var seen = (await server.Control($"GET {jobs}/q")).IsOk().Json["execution"]!;
        Assert.Equal(("SUCCEEDED", "2"), ((string?)seen["status"], (string?)seen["statusDetails"]!["detailsMap"]!["step"]));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_longest_name_fits(bool byCertificate)
    {
        var thing = new string('n', 128);
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", thing, thing[..64]);
        using var device = await server.Device(thing, byCertificate);

        (await device.Send($"GET /things/{thing}/jobs")).IsOk();
        (await device.Send($"GET /things/{thing[..64]}/jobs")).IsRefused(403, "AccessDeniedException");
    }

    [Fact]
    public async Task A_device_may_keep_its_key_to_itself()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=whatever", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem();
        var issued = await server.Operator().ExecuteAsync(
            new CreateThingCertificate("t") { CertificateSigningRequest = request }, TestContext.Current.CancellationToken);
        Assert.Null(issued.PrivateKey);
        using var bare = X509Certificate2.CreateFromPem(issued.CertificatePem);
        using var device = new DeviceClient(server, bare.CopyWithPrivateKey(key));

        (await device.Send("PUT /things/t/jobs/$next", "{}")).IsOk();
    }

    [Theory]
    [InlineData(SslProtocols.Tls12)]
    [InlineData(SslProtocols.Tls13)]
    public async Task Devices_of_both_ages_of_TLS_are_let_in(SslProtocols protocols)
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var device = new DeviceClient(server, await server.Certificate("t"), protocols);

        (await device.Send("GET /things/t/jobs")).IsOk();
    }

    [Fact]
    public async Task AWSs_name_for_HTTP_with_a_certificate_is_understood()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        var certificate = await server.Certificate("t");
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, server.DeviceEndpoint.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions
            {
                TargetHost = "localhost",
                ApplicationProtocols = [new("x-amzn-http-ca")],
                LocalCertificateSelectionCallback = (_, _, _, _, _) => certificate,
                CertificateChainPolicy = DeviceClient.Trust(server),
            },
            TestContext.Current.CancellationToken);

        await tls.WriteAsync(Encoding.ASCII.GetBytes("GET /things/t/jobs HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"), TestContext.Current.CancellationToken);

        using var reader = new StreamReader(tls);
        var answer = await reader.ReadToEndAsync(TestContext.Current.CancellationToken);
        Assert.StartsWith("HTTP/1.1 200", answer, StringComparison.Ordinal);
        Assert.Contains("queuedJobs", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Each_connection_has_its_own_device()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "a", "b");
        using var a = await server.DeviceByCertificate("a");
        using var b = await server.DeviceByCertificate("b");
        using var c = await server.DeviceByToken("b");

        (await a.Send("GET /things/a/jobs")).IsOk();
        (await b.Send("GET /things/b/jobs")).IsOk();
        (await c.Send("GET /things/b/jobs")).IsOk();
        (await a.Send("GET /things/b/jobs")).IsRefused(403, "AccessDeniedException");
        (await b.Send("GET /things/a/jobs")).IsRefused(403, "AccessDeniedException");
        (await c.Send("GET /things/a/jobs")).IsRefused(403, "AccessDeniedException");
    }

    [Fact]
    public async Task A_device_is_refused_by_the_rules_of_jobs_as_a_signer_is()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var device = await server.DeviceByToken("t");

        (await device.Send("POST /things/t/jobs/q", """{"status":"FAILED","expectedVersion":7}""")).IsRefused(409, "InvalidStateTransitionException");
        (await device.Send("POST /things/t/jobs/q", """{"status":"FAILED","expectedVersion":1}""")).IsOk();
        (await device.Send("GET /things/t/jobs/q")).IsRefused(410, "TerminalStateException");
    }
}
