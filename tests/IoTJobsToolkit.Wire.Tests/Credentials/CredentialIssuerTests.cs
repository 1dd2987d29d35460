using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Wire.Credentials;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Wire.Tests.Credentials;

public sealed class CredentialIssuerTests : IDisposable
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("issuer-");
    private readonly CredentialIssuer _issuer;

    public CredentialIssuerTests() => _issuer = new(DatabasePath, new FakeTimeProvider(Now));

    private string DatabasePath => Path.Combine(_folder.FullName, "jobs.db");

    public void Dispose()
    {
        _issuer.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public void A_secret_is_read_again_with_the_same_key_file_only()
    {
        var issued = _issuer.NewAccessKey();
        var kept = Kept(issued);

        Assert.DoesNotContain(issued.SecretAccessKey, issued.ProtectedSecret, StringComparison.Ordinal);
        using (var again = new CredentialIssuer(DatabasePath, TimeProvider.System))
        {
            Assert.Equal(issued.SecretAccessKey, again.Read(kept)!.SecretAccessKey);
            Assert.Null(again.Read(kept with { AccessKeyId = "IOTJOTHER" }));
            Assert.Null(again.Read(kept with { ProtectedSecret = "garbage" }));
            Assert.Null(again.Read(kept with { ProtectedSecret = "" }));
        }
        File.Delete(SecretKeyFile.PathFor(DatabasePath));
        using var other = new CredentialIssuer(DatabasePath, TimeProvider.System);
        Assert.Null(other.Read(kept));
    }

    [Fact]
    public void The_same_secret_is_never_stored_alike_twice()
    {
        Assert.NotEqual(_issuer.Protect(new("A", "secret")).ProtectedSecret, _issuer.Protect(new("A", "secret")).ProtectedSecret);
    }

    [Fact]
    public void Files_with_keys_are_their_owners_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are Unix's.");
        _issuer.NewAccessKey();
        _issuer.NewCertificate("lamp", null, 1);

        foreach (var path in new[] { SecretKeyFile.PathFor(DatabasePath), LocalAuthority.KeyPathFor(DatabasePath) })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public void A_damaged_key_file_is_told_and_may_be_restored()
    {
        var path = SecretKeyFile.PathFor(DatabasePath);
        File.WriteAllBytes(path, [1, 2, 3]);

        var refusal = Assert.Throws<JobsException>(() => _issuer.NewAccessKey());
        Assert.Equal(JobsError.ServiceUnavailable, refusal.Error);
        Assert.Contains(path, refusal.Message, StringComparison.Ordinal);

        File.Delete(path);
        Assert.NotNull(_issuer.NewAccessKey());
    }

    [Theory]
    [InlineData("lamp")]
    [InlineData("a:b_c-D9")]
    [InlineData("0123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456789012345678901234567890123456:")]
    public void A_certificate_names_its_thing_and_is_the_authoritys(string thing)
    {
        var issued = _issuer.NewCertificate(thing, null, 10);
        using var certificate = X509Certificate2.CreateFromPem(issued.CertificatePem, issued.PrivateKey);

        Assert.Equal(thing, ThingCertificate.ThingName(certificate));
        Assert.Equal(issued.CertificateId, ThingCertificate.Id(certificate));
        Assert.True(_issuer.Authority.Issued(certificate));
        Assert.Equal(Now.AddDays(10), issued.NotAfter);
        Assert.Equal(_issuer.Authority.Certificate.ExportCertificatePem(), issued.CaCertificatePem);
    }

    [Fact]
    public void A_certificate_out_of_its_time_does_not_count()
    {
        var clock = new FakeTimeProvider(Now);
        using var issuer = new CredentialIssuer(DatabasePath, clock);
        using var certificate = X509Certificate2.CreateFromPem(issuer.NewCertificate("lamp", null, 10).CertificatePem);

        clock.Advance(TimeSpan.FromDays(10) + TimeSpan.FromSeconds(1));
        Assert.False(issuer.Authority.Issued(certificate));
    }

    [Fact]
    public void A_certificate_of_another_authority_does_not_count()
    {
        using var other = new CredentialIssuer(Path.Combine(_folder.FullName, "other.db"), TimeProvider.System);
        using var foreign = X509Certificate2.CreateFromPem(other.NewCertificate("lamp", null, 10).CertificatePem);
        using var server = _issuer.Authority.IssueForServer(["localhost"], 10);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var own = new CertificateRequest(ThingCertificate.Subject("lamp"), key, HashAlgorithmName.SHA256).CreateSelfSigned(Now, Now.AddDays(1));

        Assert.False(_issuer.Authority.Issued(foreign));
        Assert.False(_issuer.Authority.Issued(own));
        Assert.False(_issuer.Authority.Issued(server)); // Not for clients.
    }

    [Fact]
    public void A_signing_request_keeps_the_devices_key_whatever_subject_it_asks_for()
    {
        using var rsa = RSA.Create(2048);
        var request = new CertificateRequest("CN=other", rsa, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem();

        var issued = _issuer.NewCertificate("lamp", request, 10);

        using var certificate = X509Certificate2.CreateFromPem(issued.CertificatePem);
        Assert.Null(issued.PrivateKey);
        Assert.Equal("lamp", ThingCertificate.ThingName(certificate));
        Assert.Equal(rsa.ExportSubjectPublicKeyInfo(), certificate.PublicKey.ExportSubjectPublicKeyInfo());
        Assert.True(_issuer.Authority.Issued(certificate));
    }

    [Fact]
    public void A_bad_signing_request_is_refused()
    {
        using var weak = RSA.Create(1024);
        var short1024 = new CertificateRequest("CN=x", weak, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1).CreateSigningRequestPem();
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var changed = new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        changed[^1] ^= 1;

        using var small = ECDsa.Create(ECCurve.NamedCurves.brainpoolP160r1);
        var weakCurve = new CertificateRequest("CN=x", small, HashAlgorithmName.SHA256).CreateSigningRequestPem();

        foreach (var bad in new[] { weakCurve, "no request", "", short1024, PemEncoding.WriteString("CERTIFICATE REQUEST", changed), PemEncoding.WriteString("CERTIFICATE REQUEST", [1, 2]) })
        {
            var refusal = Assert.Throws<JobsException>(() => _issuer.NewCertificate("lamp", bad, 10));
            Assert.Equal(JobsError.InvalidRequest, refusal.Error);
            Assert.Contains("certificateSigningRequest", refusal.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void An_authority_whose_files_do_not_belong_together_is_not_used()
    {
        _issuer.NewCertificate("lamp", null, 1);
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        File.WriteAllText(LocalAuthority.KeyPathFor(DatabasePath), key.ExportPkcs8PrivateKeyPem());
        using var issuer = new CredentialIssuer(DatabasePath, TimeProvider.System);

        Assert.Contains("backup", Assert.Throws<JobsException>(() => issuer.NewCertificate("lamp", null, 1)).Message, StringComparison.Ordinal);
        File.Delete(LocalAuthority.CertificatePathFor(DatabasePath));
        Assert.Throws<JobsException>(() => issuer.NewCertificate("lamp", null, 1));
    }

    [Fact]
    public void A_token_says_its_thing_and_proves_its_secret()
    {
        var issued = _issuer.NewToken("a:b_c-D9");
        var read = ThingToken.Read(issued.Token)!;

        Assert.Equal(("a:b_c-D9", issued.TokenId), (read.ThingName, read.TokenId));
        Assert.True(read.Matches(issued.SecretHash));
        Assert.False(read.Matches(_issuer.NewToken("a:b_c-D9").SecretHash));
        Assert.False(read.Matches(null));
        Assert.DoesNotContain(issued.Token.Split('.')[3], issued.SecretHash, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("iotj")]
    [InlineData("iotj.lamp.ID")]
    [InlineData("iotj..ID.secret")]
    [InlineData("iotj.lamp.ID.secret.more")]
    [InlineData("other.lamp.ID.secret")]
    [InlineData("iotj.lämp.ID.secret")]
    [InlineData("iotj.lamp one.ID.secret")]
    [InlineData("iotj.lamp.ID.secret,x")]
    [InlineData("iotj.lamp.I:D.secret")]
    public void What_is_no_token_is_none(string text) => Assert.Null(ThingToken.Read(text));

    private static AccessKey Kept(IssuedAccessKey issued) => new()
    {
        Sequence = 1,
        AccessKeyId = issued.AccessKeyId,
        UserName = "ci",
        Role = AccessRole.VIEWER,
        ProtectedSecret = issued.ProtectedSecret,
        CreatedAt = Now,
        CreatedBy = "admin",
    };
}
