using System.Net;
using System.Net.Security;
using System.Net.Sockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Server.Tests.Access;
using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Server.Tests.Tls;

/// <summary>As whom the server shows itself over https, and how callers learn whom to trust.</summary>
public sealed class HttpsTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("https-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Theory]
    [InlineData("localhost")]
    [InlineData("127.0.0.1")]
    public async Task The_authority_that_the_server_hands_out_vouches_for_its_certificate(string name)
    {
        await using var server = await DeviceServer.StartAsync();
        var file = await server.Send("GET /toolkit/ca");
        Assert.Equal("application/x-pem-file", file.IsOk().ContentType);
        using var authority = X509Certificate2.CreateFromPem(file.Body);

        using var certificate = await Shown(server, server.DeviceEndpoint, name, authority);

        Assert.True(certificate.MatchesHostname(name));
        Assert.False(certificate.MatchesHostname("example.com"));
    }

    [Fact]
    public async Task The_authority_is_handed_out_to_everyone_at_every_address_and_without_its_key()
    {
        await using var server = await DeviceServer.StartAsync();
        using var device = new DeviceClient(server);

        var body = (await device.Send("GET /toolkit/ca")).IsOk().Body;

        Assert.Equal(body, (await server.Send("GET /toolkit/ca")).IsOk().Body);
        Assert.Equal(body.Trim(), (await File.ReadAllTextAsync(LocalAuthority.CertificatePathFor(server.DatabasePath), TestContext.Current.CancellationToken)).Trim());
        Assert.DoesNotContain("KEY", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_cannot_be_used_is_told_without_its_path()
    {
        await using var server = await ApiServer.StartAsync();
        await File.WriteAllTextAsync(LocalAuthority.CertificatePathFor(server.DatabasePath), "broken", TestContext.Current.CancellationToken);

        var answer = (await server.Send("GET /toolkit/ca")).IsRefused(503, "ServiceUnavailableException");

        Assert.DoesNotContain(".pem", answer.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_given_and_those_in_urls_are_in_the_certificate()
    {
        await using var server = await ApiServer.StartAsync(
            "--Jobs:DeviceNames=jobs.example.com;192.0.2.9;*.site.example", "--urls=https://127.0.0.1:0");
        using var certificate = await Shown(server, server.Endpoint, "localhost");

        Assert.All(
            ["jobs.example.com", "192.0.2.9", "x.site.example", "localhost", "127.0.0.1", "::1", Dns.GetHostName()],
            name => Assert.True(certificate.MatchesHostname(name), name));
    }

    [Fact]
    public async Task The_main_address_may_be_https_and_asks_nobody_for_a_certificate()
    {
        await using var server = await DeviceServer.StartAsync("--urls=https://127.0.0.1:0");
        await server.Operator().ExecuteAsync(new CreateThing("t"), TestContext.Current.CancellationToken);
        using var device = new DeviceClient(server, await server.Certificate("t")) { At = server.Endpoint };
        using var withToken = new DeviceClient(server) { At = server.Endpoint, Token = await server.Token("t") };

        Assert.Equal("https", server.Endpoint.Scheme);
        (await device.Send("GET /things/t/jobs")).IsRefused(403, "MissingAuthenticationTokenException");
        (await withToken.Send("GET /things/t/jobs")).IsOk();
        Assert.Contains("--ca-bundle ", server.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_address_of_the_data_plane_with_https_lets_devices_in_too()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:DataUrls=https://127.0.0.1:0");
        await server.CreateJob("q", "t");
        using var device = new DeviceClient(server, await server.Certificate("t")) { At = server.Endpoints[1] };

        (await device.Send("GET /things/t/jobs")).IsOk();
    }

    [Fact]
    public async Task Another_certificate_takes_the_place_of_one_that_ends()
    {
        await using var server = await DeviceServer.StartAsync();
        using var first = await Shown(server, server.DeviceEndpoint, "localhost");
        using var same = await Shown(server, server.DeviceEndpoint, "localhost");
        server.Clock.Advance(TimeSpan.FromDays(70));

        using var second = await Shown(server, server.DeviceEndpoint, "localhost");

        Assert.Equal(first.Thumbprint, same.Thumbprint);
        Assert.NotEqual(first.Thumbprint, second.Thumbprint);
        Assert.True(second.NotAfter > first.NotAfter);
    }

    [Fact]
    public void An_address_at_which_the_server_is_called_gets_into_the_certificate()
    {
        using var issuer = new CredentialIssuer(Path.Combine(_folder.FullName, "jobs.db"), TimeProvider.System);
        var certificate = new IoTJobsToolkit.Server.Tls.ServerCertificate(issuer, TimeProvider.System, []);
        Assert.False(certificate.First.MatchesHostname("192.0.2.7"));

        var called = certificate.For(IPAddress.Parse("::ffff:192.0.2.7"));

        Assert.Same(called, certificate.For(IPAddress.Parse("192.0.2.7")));
        Assert.Same(called, certificate.For(IPAddress.Loopback));
        Assert.True(called.TargetCertificate.MatchesHostname("192.0.2.7"));
        Assert.True(certificate.For(IPAddress.Parse("fe80::1%3")).TargetCertificate.MatchesHostname("fe80::1"));
        Assert.True(certificate.First.MatchesHostname("192.0.2.7"));
    }

    [Fact]
    public void Many_threads_share_one_certificate()
    {
        using var issuer = new CredentialIssuer(Path.Combine(_folder.FullName, "jobs.db"), TimeProvider.System);
        var certificate = new IoTJobsToolkit.Server.Tls.ServerCertificate(issuer, TimeProvider.System, []);

        var all = new SslStreamCertificateContext[50];
        Parallel.For(0, all.Length, i => all[i] = certificate.For(IPAddress.Loopback));

        Assert.Single(all.Distinct());
    }

    [Fact]
    public async Task A_certificate_of_ones_own_is_shown_instead()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new CertificateRequest("CN=own.example.com", key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(2));
        var (path, keyPath) = (Path.Combine(_folder.FullName, "own.pem"), Path.Combine(_folder.FullName, "own-key.pem"));
        await File.WriteAllTextAsync(path, own.ExportCertificatePem(), TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(keyPath, key.ExportPkcs8PrivateKeyPem(), TestContext.Current.CancellationToken);
        await using var server = await DeviceServer.StartAsync($"--Kestrel:Certificates:Default:Path={path}", $"--Kestrel:Certificates:Default:KeyPath={keyPath}");
        await server.CreateJob("q", "t");

        using var shown = await Shown(server, server.DeviceEndpoint, "own.example.com", own);

        Assert.Equal(own.Thumbprint, shown.Thumbprint);
        Assert.DoesNotContain("CA certificate", server.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_start_tells_where_devices_call_and_whom_they_trust()
    {
        await using var server = await DeviceServer.StartAsync();
        var notice = server.Output.ToString();

        Assert.Contains($"Devices         https://127.0.0.1:{server.DeviceEndpoint.Port} ", notice, StringComparison.Ordinal);
        Assert.Contains($"CA certificate  {LocalAuthority.CertificatePathFor(server.DatabasePath)} ", notice, StringComparison.Ordinal);
        Assert.Equal(server.DeviceEndpoint.Authority, (string?)(await server.Control("GET /endpoint?endpointType=iot%3AData-ATS")).Json["endpointAddress"]);
    }

    [Fact]
    public async Task A_device_port_that_another_address_has_is_refused()
    {
        var failure = await Assert.ThrowsAsync<StartException>(() => ApiServer.StartAsync("--urls=http://127.0.0.1:18080", "--Jobs:DevicePort=18080"));

        Assert.Contains("Jobs:DevicePort", failure.Message, StringComparison.Ordinal);
        Assert.Contains("a port of its own", failure.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_authority_that_cannot_be_used_ends_the_start_with_a_sentence()
    {
        var path = Path.Combine(_folder.FullName, "jobs.db");
        await File.WriteAllTextAsync(LocalAuthority.CertificatePathFor(path), "broken", TestContext.Current.CancellationToken);
        await using var portal = await PortalProcess.StartAsync(path, "--Jobs:DevicePort=auto");

        var (code, errors) = await portal.EndAsync();

        Assert.Equal(StartException.DatabaseUnusable, code);
        Assert.Contains("jobs.ca.pem", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_device_port_in_use_ends_the_start_with_a_sentence_that_names_the_setting()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        await using var portal = await PortalProcess.StartAsync(
            Path.Combine(_folder.FullName, "jobs.db"), $"--Jobs:DevicePort={((IPEndPoint)listener.LocalEndpoint).Port}");

        var (code, errors) = await portal.EndAsync();

        Assert.Equal(StartException.AddressInUse, code);
        Assert.Contains("--Jobs:DevicePort=PORT", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task A_device_port_that_nobody_chose_and_another_program_has_is_done_without()
    {
        using var taken = new TcpListener(IPAddress.Loopback, DeviceSettings.DefaultPort);
        try
        {
            taken.Start();
        }
        catch (SocketException inUse) when (inUse.SocketErrorCode == SocketError.AddressAlreadyInUse)
        {
            // By another program of this machine, which is as good.
        }
        await using var server = await ApiServer.StartAsync("--Jobs:DevicePort=");

        Assert.Single(server.Endpoints);
        (await server.Control("GET /jobs")).IsOk();
        Assert.Contains("something else listens at port 8443; --Jobs:DevicePort=PORT", server.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_port_of_devices_has_no_pages()
    {
        var database = Path.Combine(_folder.FullName, "jobs.db");
        await using var portal = await PortalProcess.StartAsync(database, "--Jobs:DevicePort=auto");
        using var authority = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(LocalAuthority.CertificatePathFor(database), TestContext.Current.CancellationToken));
        var trust = new X509ChainPolicy
        {
            TrustMode = X509ChainTrustMode.CustomRootTrust, CustomTrustStore = { authority }, RevocationMode = X509RevocationMode.NoCheck,
        };
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = { CertificateChainPolicy = trust } });

        foreach (var page in new[] { "/", "/portal/sign-in", "/_framework/blazor.web.js", "/_blazor" })
        {
            using var answer = await http.GetAsync(new Uri(portal.Devices + page), TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        }
    }

    /// <summary>The certificate that a server shows, checked for a name against its authority or a given one.</summary>
    private static async Task<X509Certificate2> Shown(ApiServer server, Uri at, string name, X509Certificate2? authority = null)
    {
        using var client = new TcpClient();
        await client.ConnectAsync(IPAddress.Loopback, at.Port, TestContext.Current.CancellationToken);
        await using var tls = new SslStream(client.GetStream());
        var trust = DeviceClient.Trust(server);
        if (authority is not null)
        {
            trust.CustomTrustStore.Clear();
            trust.CustomTrustStore.Add(authority);
        }
        await tls.AuthenticateAsClientAsync(
            new SslClientAuthenticationOptions { TargetHost = name, CertificateChainPolicy = trust }, TestContext.Current.CancellationToken);
        return X509CertificateLoader.LoadCertificate(tls.RemoteCertificate!.GetRawCertData());
    }
}
