using System.Management.Automation;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace IoTJobsToolkit.Cmdlets.Tests.CodeSigning;

/// <summary>What New-IoTJobCodeSignature refuses: one id for each reason, and never a word of what is secret.</summary>
public sealed class SigningRefusalTests : IDisposable
{
    // openssl genpkey -algorithm ed25519
    private const string Ed25519 = "-----BEGIN PRIVATE KEY-----\nMC4CAQAwBQYDK2VwBCIEIGTSbwXfRCQe6kNlLe6lIXxVrwbBSq4MtmUmzZ2Qd2Yv\n-----END PRIVATE KEY-----\n";

    private readonly Shell _shell = new();
    private readonly Keys _keys = new();

    public SigningRefusalTests() => File.WriteAllText(Path.Combine(_shell.Folder, "app.bin"), "the image");

    public static TheoryData<string, string> Refused => new()
    {
        { "missing.pem", "PrivateKeyNotFound" },
        { "no/folder.pem", "PrivateKeyNotFound" },
        { "folder", "PrivateKeyNotReadable" },
        { "text.pem", "PrivateKeyNotReadable" },
        { "damaged.pem", "PrivateKeyNotReadable" },
        { "large.pem", "PrivateKeyNotReadable" },
        { "ed25519.pem", "KeyTypeNotSupported" },
        { "openssh.pem", "KeyTypeNotSupported" },
        { "old.pem", "KeyFormatNotSupported" },
        { "public.pem", "NoPrivateKey" },
        { "certificate.pem", "NoPrivateKey" },
        { "certificate.pfx", "NoPrivateKey" },
        { "another.pem", "CertificateOfAnotherKey" },
        { "encrypted.pem", "PassphraseRequired" },
        { "encrypted.pfx", "PassphraseRequired" },
    };

    public void Dispose()
    {
        _shell.Dispose();
        _keys.Dispose();
    }

    [Theory]
    [MemberData(nameof(Refused))]
    public void A_key_that_cannot_sign_ends_the_call(string file, string id)
    {
        WriteKeys();

        var error = _shell.Run(Sign(file)).Fails(id);

        Assert.Equal($"{id},IoTJobsToolkit.Cmdlets.NewIoTJobCodeSignatureCommand", error.FullyQualifiedErrorId);
        Assert.Equal(Path.Combine(_shell.Folder, file), error.TargetObject);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
    }

    [Theory]
    [InlineData("encrypted.pem")]
    [InlineData("encrypted.pfx")]
    public void A_wrong_passphrase_is_told_from_a_bad_file_and_shown_nowhere(string file)
    {
        WriteKeys();
        const string wrong = "hunter2-is-wrong";

        using var script = _shell.Create(Sign(file, $"-Passphrase ([System.Net.NetworkCredential]::new('', '{wrong}').SecurePassword) -Verbose -Debug"));
        var outcome = Outcome.Of(script, []);

        var error = outcome.Fails("PassphraseWrong");
        Assert.Equal(ErrorCategory.AuthenticationError, error.CategoryInfo.Category);
        var said = new StringBuilder().Append(error.Exception).Append(error.ErrorDetails).Append(error.TargetObject);
        script.Streams.Verbose.ToList().ForEach(line => said.AppendLine(line.Message));
        script.Streams.Debug.ToList().ForEach(line => said.AppendLine(line.Message));
        Assert.DoesNotContain(wrong, said.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void Success_shows_neither_key_nor_passphrase()
    {
        WriteKeys();
        using var script = _shell.Create(Sign("encrypted.pem", $"-Passphrase ([System.Net.NetworkCredential]::new('', '{Keys.Passphrase}').SecurePassword) -AsJson -Verbose -Debug"));
        var outcome = Outcome.Of(script, []).Succeeds();

        var said = string.Concat(outcome.Text.Concat(script.Streams.Verbose.Select(line => line.Message)).Concat(script.Streams.Debug.Select(line => line.Message)));
        Assert.DoesNotContain(Keys.Passphrase, said, StringComparison.Ordinal);
        var parameters = _keys.Ecdsa.ExportParameters(true);
        Assert.DoesNotContain(Convert.ToBase64String(parameters.D!), said, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_needs_its_key_and_one_of_a_kind_that_signs()
    {
        using var complete = _keys.Certificate("RSA");
        using var bare = X509CertificateLoader.LoadCertificate(complete.RawData);
        var sign = $"$certificate = @($input)[0]; New-IoTJobCodeSignature '{_shell.Folder}/app.bin' -BucketName fw";

        _shell.Run($"{sign} -Certificate $certificate", bare).Fails("NoPrivateKey");
        _shell.Run($"{sign} -Certificate $certificate -PrivateKeyPath x", complete).Fails("KeyGivenTwice");
        _shell.Run(sign, complete).Fails("KeyNotGiven");
    }

    [Fact]
    public void A_missing_file_is_an_error_and_the_others_are_signed()
    {
        WriteKeys();
        var outcome = _shell.Run($"""
            $null = $ExecutionContext.SessionState.Path.SetLocation('{_shell.Folder}')
            'none.bin', 'app.bin', 'no*.bin', 'Env:PATH' | New-IoTJobCodeSignature -BucketName fw -PrivateKeyPath good.pem
            New-IoTJobCodeSignature -LiteralPath 'ap*.bin', 'none:/x' -BucketName fw -PrivateKeyPath good.pem
            New-IoTJobCodeSignature folder -BucketName fw -PrivateKeyPath good.pem
            """);

        Assert.Null(outcome.Terminated);
        Assert.Single(outcome.Output);
        Assert.Equal(
            ["PayloadNotFound", "PayloadNotFound", "PayloadNotFound", "PayloadNotFound", "PayloadNotFound", "PayloadNotReadable"],
            outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]));
    }

    [Fact]
    public void Two_files_cannot_be_one_object()
    {
        WriteKeys();
        File.WriteAllText(Path.Combine(_shell.Folder, "app2.bin"), "2");

        var outcome = _shell.Run($"New-IoTJobCodeSignature '{_shell.Folder}/app*.bin' -BucketName fw -Key app -PrivateKeyPath '{_shell.Folder}/good.pem'");

        Assert.Single(outcome.Output);
        outcome.Fails("LocationTaken");
    }

    private string Sign(string key, string more = "") =>
        $"New-IoTJobCodeSignature '{_shell.Folder}/app.bin' -BucketName fw -PrivateKeyPath '{_shell.Folder}/{key}' {more}";

    private void WriteKeys()
    {
        using var certificate = _keys.Certificate("RSA");
        Directory.CreateDirectory(Path.Combine(_shell.Folder, "folder"));
        Write("good.pem", _keys.Ecdsa.ExportPkcs8PrivateKeyPem());
        Write("text.pem", "no key");
        Write("damaged.pem", "-----BEGIN PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSj\n-----END PRIVATE KEY-----\n");
        Write("large.pem", new string('x', 2 * 1024 * 1024));
        Write("ed25519.pem", Ed25519);
        Write("openssh.pem", "-----BEGIN OPENSSH PRIVATE KEY-----\nb3BlbnNzaC1rZXktdjEAAAAA\n-----END OPENSSH PRIVATE KEY-----\n");
        Write("old.pem", "-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: AES-128-CBC,00\n\nAAAA\n-----END RSA PRIVATE KEY-----\n");
        Write("public.pem", _keys.Rsa.ExportSubjectPublicKeyInfoPem());
        Write("certificate.pem", certificate.ExportCertificatePem());
        Write("another.pem", _keys.Ecdsa.ExportPkcs8PrivateKeyPem() + "\n" + certificate.ExportCertificatePem());
        using var bare = X509CertificateLoader.LoadCertificate(certificate.RawData);
        File.WriteAllBytes(
            Path.Combine(_shell.Folder, "certificate.pfx"), bare.Export(X509ContentType.Pkcs12));
        File.Copy(_keys.Write(_shell.Folder, "ECDSA", "encrypted"), Path.Combine(_shell.Folder, "encrypted.pem"));
        File.Copy(_keys.Write(_shell.Folder, "RSA", "pfx"), Path.Combine(_shell.Folder, "encrypted.pfx"));

        void Write(string name, string text) => File.WriteAllText(Path.Combine(_shell.Folder, name), text);
    }
}
