using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Server.Tests.Access;

/// <summary>Certificates that do not count, and when they cease to.</summary>
public sealed class DeviceCertificateTests
{
    private const string Refused = "CertificateValidationException";

    [Theory]
    [InlineData("1.1")]
    [InlineData("2.0")]
    public async Task A_revoked_certificate_is_refused_from_the_next_request_on_though_its_connection_lasts(string version)
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t", "other");
        var certificate = await server.Certificate("t");
        using var device = new DeviceClient(server, certificate) { HttpVersion = new(version) };
        using var other = await server.DeviceByCertificate("other");
        await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ => (await device.Send("GET /things/t/jobs")).IsOk()));
        (await other.Send("GET /things/other/jobs")).IsOk();

        await server.Operator().ExecuteAsync(new RevokeThingCertificate("t", ThingCertificate.Id(certificate)), TestContext.Current.CancellationToken);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(_ => device.Send("GET /things/t/jobs")));
        Assert.All(answers, answer => Assert.Contains("revoked", answer.IsRefused(400, Refused).Message, StringComparison.Ordinal));
        foreach (var request in new[] { "PUT /things/t/jobs/$next", "GET /things/t/jobs/q", "POST /things/t/jobs/q", "GET /jobs/q" })
        {
            (await device.Send(request, request[0] == 'G' ? null : "{}")).IsRefused(400, Refused);
        }
        (await other.Send("GET /things/other/jobs")).IsOk();
    }

    [Fact]
    public async Task Revocation_during_many_requests_is_seen_by_all_that_come_after_it()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        var certificate = await server.Certificate("t");
        using var device = new DeviceClient(server, certificate) { HttpVersion = new(2, 0) };

        for (var round = 0; round < 10; round++)
        {
            var before = Enumerable.Range(0, 40).Select(_ => device.Send("GET /things/t/jobs")).ToList();
            if (round == 5)
            {
                await server.Operator().ExecuteAsync(new RevokeThingCertificate("t", ThingCertificate.Id(certificate)), TestContext.Current.CancellationToken);
                (await device.Send("GET /things/t/jobs")).IsRefused(400, Refused);
            }
            Assert.All(await Task.WhenAll(before), answer => Assert.True(answer.Status == 200 && round <= 5 || answer.Error == Refused && round >= 5, answer.Body));
        }
    }

    [Fact]
    public async Task A_deleted_thing_takes_its_certificates_along_and_one_of_the_same_name_does_not_bring_them_back()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var device = await server.DeviceByCertificate("t");
        (await device.Send("GET /things/t/jobs")).IsOk();

        (await server.Control("DELETE /things/t")).IsOk();
        (await device.Send("GET /things/t/jobs")).IsRefused(400, Refused);
        (await server.Control("POST /things/t", "{}")).IsOk();

        Assert.Contains("made anew", (await device.Send("GET /things/t/jobs")).IsRefused(400, Refused).Message, StringComparison.Ordinal);
        using var again = await server.DeviceByCertificate("t");
        (await again.Send("GET /things/t/jobs")).IsOk();
    }

    [Fact]
    public async Task An_expired_certificate_is_refused_though_its_connection_lasts()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var device = new DeviceClient(server, await server.Certificate("t", validDays: 1));
        (await device.Send("GET /things/t/jobs")).IsOk();

        server.Clock.Advance(TimeSpan.FromHours(24));

        Assert.Contains("expired", (await device.Send("GET /things/t/jobs")).IsRefused(400, Refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_the_future_is_not_good_yet_and_becomes_so()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var early = await IssuedLater(server, "t");
        using var device = new DeviceClient(server, early);

        Assert.Contains("good only from", (await device.Send("GET /things/t/jobs")).IsRefused(400, Refused).Message, StringComparison.Ordinal);
        server.Clock.Advance(TimeSpan.FromDays(3));
        Assert.DoesNotContain("good only from", (await device.Send("GET /things/t/jobs")).IsRefused(400, Refused).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_certificate_of_another_database_is_foreign()
    {
        await using var server = await DeviceServer.StartAsync();
        await using var elsewhere = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        await elsewhere.CreateJob("q", "t");
        using var device = new DeviceClient(server, await elsewhere.Certificate("t"));

        (await device.Send("GET /things/t/jobs")).IsRefused(400, Refused);
    }

    [Fact]
    public async Task A_certificate_that_the_authority_issued_and_the_database_does_not_know_is_refused()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var authority = LocalAuthority.OpenFor(server.DatabasePath, server.Clock);
        var (bare, key) = authority.IssueForThing("t", null, 10);
        using var device = new DeviceClient(server, X509Certificate2.CreateFromPem(bare.ExportCertificatePem(), key));

        (await device.Send("GET /things/t/jobs")).IsRefused(400, Refused);
    }

    [Fact]
    public async Task A_certificate_that_only_says_whose_it_is_is_refused()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var itself = new CertificateRequest(ThingCertificate.Subject("t"), key, HashAlgorithmName.SHA256)
            .CreateSelfSigned(server.Clock.GetUtcNow().AddDays(-1), server.Clock.GetUtcNow().AddDays(1));
        using var device = new DeviceClient(server, itself);

        var answer = (await device.Send("GET /things/t/jobs")).IsRefused(400, Refused);
        Assert.DoesNotContain("thing t", answer.Message, StringComparison.Ordinal);
    }

    /// <summary>With the right subject and issuer name, and a key of its own as that of the issuer.</summary>
    [Fact]
    public async Task A_certificate_of_a_forged_authority_is_refused()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var forger = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var real = X509Certificate2.CreateFromPem(await File.ReadAllTextAsync(LocalAuthority.CertificatePathFor(server.DatabasePath), TestContext.Current.CancellationToken));
        var now = server.Clock.GetUtcNow();
        using var forged = new CertificateRequest(ThingCertificate.Subject("t"), key, HashAlgorithmName.SHA256).Create(
            real.SubjectName, X509SignatureGenerator.CreateForECDsa(forger), now.AddDays(-1), now.AddDays(1), [1, 2, 3]);
        using var device = new DeviceClient(server, forged.CopyWithPrivateKey(key));

        (await device.Send("GET /things/t/jobs")).IsRefused(400, Refused);
    }

    [Fact]
    public async Task The_servers_own_certificate_lets_nobody_in()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var authority = LocalAuthority.OpenFor(server.DatabasePath, server.Clock);
        using var device = new DeviceClient(server, authority.IssueForServer(["t"], 10));

        (await device.Send("GET /things/t/jobs")).IsRefused(400, Refused);
    }

    [Fact]
    public async Task Whoever_shows_nothing_is_asked_for_credentials()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t");
        using var device = new DeviceClient(server);

        (await device.Send("GET /things/t/jobs")).IsRefused(403, "MissingAuthenticationTokenException");
        (await device.Send("PUT /things/t/jobs/$next", "{}")).IsRefused(403, "MissingAuthenticationTokenException");
    }

    [Fact]
    public async Task A_signature_counts_more_than_the_certificate_beside_it()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t", "other");
        using var device = await server.DeviceByCertificate("t");

        var control = await server.Signed("iot", "GET /things/other/jobs", at: device.Endpoint, through: device.Http);
        Assert.NotNull(control.IsOk().Json["executionSummaries"]);
        (await server.Signed("iot-jobs-data", "GET /things/other/jobs", at: device.Endpoint, through: device.Http)).IsOk();
        (await server.Signed("iot", "GET /things/t/jobs", key: new("AKIANONE", "none"), at: device.Endpoint, through: device.Http))
            .IsRefused(403, "UnrecognizedClientException");
    }

    [Fact]
    public async Task A_certificate_counts_more_than_a_token()
    {
        await using var server = await DeviceServer.StartAsync();
        await server.CreateJob("q", "t", "other");
        using var device = new DeviceClient(server, await server.Certificate("t")) { Token = await server.Token("other") };

        (await device.Send("GET /things/t/jobs")).IsOk();
        (await device.Send("GET /things/other/jobs")).IsRefused(403, "AccessDeniedException");
    }

    [Fact]
    public async Task An_open_server_binds_a_device_to_its_thing_all_the_same()
    {
        await using var server = await DeviceServer.StartAsync("--Jobs:Auth=Open");
        await server.CreateJob("q", "t", "other");
        using var device = await server.DeviceByCertificate("t");
        using var nobody = new DeviceClient(server);

        (await device.Send("GET /things/t/jobs")).IsOk();
        (await device.Send("GET /things/other/jobs")).IsRefused(403, "AccessDeniedException");
        (await device.Send("GET /jobs")).IsRefused(403, "AccessDeniedException");
        Assert.NotNull((await nobody.Send("GET /things/other/jobs")).IsOk().Json["queuedJobs"]);
        await server.Operator().ExecuteAsync(
            new RevokeThingCertificate("t", (string)(await server.Control("GET /toolkit/things/t/credentials")).Json["credentials"]![0]!["credentialId"]!),
            TestContext.Current.CancellationToken);
        (await device.Send("GET /things/t/jobs")).IsRefused(400, Refused);
    }

    /// <summary>From the same authority, by a clock that is ahead.</summary>
    private static async Task<X509Certificate2> IssuedLater(ApiServer server, string thing)
    {
        await server.Certificate(thing); // There is an authority now.
        using var authority = LocalAuthority.OpenFor(server.DatabasePath, new Microsoft.Extensions.Time.Testing.FakeTimeProvider(server.Clock.GetUtcNow().AddDays(3)));
        var (bare, key) = authority.IssueForThing(thing, null, 10);
        return X509Certificate2.CreateFromPem(bare.ExportCertificatePem(), key);
    }
}
