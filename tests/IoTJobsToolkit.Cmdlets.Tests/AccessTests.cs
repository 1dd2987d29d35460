using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class AccessTests : IDisposable
{
    private readonly Shell _shell;

    private AccessTests(Where where)
    {
        _shell = new(where);
        _shell.Run("New-IoTThing lamp").Succeeds();
    }

    public sealed class InProcess() : AccessTests(Where.InProcess);

    public sealed class ThroughServer() : AccessTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Access_keys_are_made_listed_and_removed()
    {
        var made = _shell.One<CreateAccessKeyResponse>("New-IoTAccessKey 'build server' viewer");
        Assert.Equal(("build server", AccessRole.VIEWER), (made.UserName, made.Role));
        Assert.Equal(40, made.SecretAccessKey.Length);

        Assert.Equal(made.AccessKeyId, _shell.One<AccessKeySummary>("Get-IoTAccessKey | Where-Object UserName -eq 'build server'").AccessKeyId);

        _shell.Run("Get-IoTAccessKey | Where-Object UserName -eq 'build server' | Remove-IoTAccessKey -WhatIf").IsSilent();
        Assert.Equal([made.AccessKeyId], _shell.Run($"Remove-IoTAccessKey {made.AccessKeyId} -Force -PassThru").Succeeds().Text);
        Assert.Empty(_shell.Run("Get-IoTAccessKey | Where-Object UserName -eq 'build server'").Succeeds().Text);
        _shell.Run($"Remove-IoTAccessKey {made.AccessKeyId} -Force").Fails("ResourceNotFoundException");
    }

    [Fact]
    public void A_secret_shows_in_the_answer_and_nowhere_else()
    {
        var outcome = _shell.Run("New-IoTAccessKey ci operator -Verbose -Debug 4>&1 5>&1 | Where-Object { $_ -isnot [IoTJobsToolkit.Engine.Operations.Toolkit.CreateAccessKeyResponse] }");
        var secret = _shell.Run("(New-IoTAccessKey ci operator).SecretAccessKey").Succeeds().Text[0];

        Assert.DoesNotContain(outcome.Text, line => line.Contains("Secret", StringComparison.OrdinalIgnoreCase));
        Assert.DoesNotContain(secret, _shell.Show("Get-IoTAccessKey"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("New-IoTAccessKey ci operator", "SecretAccessKey", "AccessKeyId")]
    [InlineData("New-IoTThingToken lamp", "Token", "TokenId")]
    [InlineData("New-IoTThingCertificate lamp", "PrivateKey", "CertificateId")]
    public void An_answer_within_a_text_tells_its_id_and_keeps_its_secret(string command, string secret, string id)
    {
        var text = _shell.Run($"$made = {command}; $made.{secret}; $made.{id}; \"$made\"").Succeeds().Text;

        Assert.DoesNotContain(text[0], text[2], StringComparison.Ordinal);
        Assert.Contains(text[1], text[2], StringComparison.Ordinal);
    }

    private const string Alice = "$word = [Net.NetworkCredential]::new('', 'a long enough word').SecurePassword; $alice = [pscredential]::new('alice', $word); ";

    [Fact]
    public void Accounts_are_made_listed_changed_and_removed()
    {
        var made = _shell.One<CreateAccountResponse>(Alice + "New-IoTAccount $alice operator");
        Assert.Equal(("alice", AccessRole.OPERATOR), (made.AccountName, made.Role));
        _shell.Run(Alice + "New-IoTAccount $alice viewer").Fails("ResourceAlreadyExistsException");

        _shell.Run("Get-IoTAccount | Where-Object AccountName -eq alice | Set-IoTAccount -Role administrator").IsSilent();
        Assert.Equal(AccessRole.ADMINISTRATOR, _shell.One<AccountSummary>("Get-IoTAccount | Where-Object AccountName -eq alice").Role);
        _shell.Run("Set-IoTAccount ALICE -Unlock -WhatIf; Set-IoTAccount ALICE -Unlock").IsSilent();
        _shell.Run("Set-IoTAccount alice").Fails("InvalidRequestException");

        _shell.Run("$bob = [pscredential]::new('bob', ([Net.NetworkCredential]::new('', 'another long word').SecurePassword)); $null = New-IoTAccount $bob administrator").Succeeds();
        _shell.Run("Remove-IoTAccount alice -WhatIf").IsSilent();
        Assert.Equal(["alice"], _shell.Run("Remove-IoTAccount alice -Force -PassThru").Succeeds().Text);
        _shell.Run("Remove-IoTAccount alice -Force").Fails("ResourceNotFoundException");
    }

    [Theory]
    [InlineData("New-IoTAccount $alice viewer", "ResourceAlreadyExistsException", "Set-IoTAccount")]
    [InlineData("Remove-IoTAccount nobody -Force", "ResourceNotFoundException", "Get-IoTAccount")]
    [InlineData("Set-IoTAccount alice -OldPassword $word -Password $alice.Password", "AccessDeniedException", "old password")]
    [InlineData("Remove-IoTAccessKey none -Force", "ResourceNotFoundException", "Get-IoTAccessKey")]
    [InlineData("Revoke-IoTThingCertificate lamp none -Force", "ResourceNotFoundException", "Get-IoTThingCredential")]
    [InlineData("1..101 | ForEach-Object { New-IoTThingToken lamp } | Out-Null", "LimitExceededException", "revoke")]
    public void A_refusal_names_the_way_out(string command, string id, string next)
    {
        _shell.Run(Alice + "$null = New-IoTAccount $alice viewer").Succeeds();

        var error = _shell.Run(Alice + "$word = [Net.NetworkCredential]::new('', 'a wrong word or two').SecurePassword; " + command).Fails(id);
        Assert.Contains(next, error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void The_last_administrator_stays_and_the_refusal_names_the_way_out()
    {
        var error = _shell.Run(Alice + "$null = New-IoTAccount $alice administrator; Get-IoTAccount | Remove-IoTAccount -Force").Fails("ConflictException");

        Assert.Contains("Set-IoTAccount", error.ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_password_is_changed_by_who_knows_it_and_stands_in_no_error()
    {
        _shell.Run(Alice + "$null = New-IoTAccount $alice viewer").Succeeds();
        const string next = "$next = [Net.NetworkCredential]::new('', 'quite another word').SecurePassword; ";

        _shell.Run(Alice + next + "Set-IoTAccount alice -OldPassword $word -Password $next").IsSilent();
        var refused = _shell.Run(Alice + next + "Set-IoTAccount alice -OldPassword $word -Password $next").Fails("AccessDeniedException");
        Assert.DoesNotContain("another word", refused.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("long enough", refused.Exception.Message, StringComparison.Ordinal);

        var shortOne = _shell.Run("Set-IoTAccount alice -Password ([Net.NetworkCredential]::new('', 'sesame').SecurePassword)").Fails("InvalidRequestException");
        Assert.Contains("12 to 128", shortOne.Exception.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("sesame", shortOne.Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_role_that_does_not_exist_is_refused_with_those_that_do()
    {
        var outcome = _shell.Run("New-IoTAccessKey ci god");

        Assert.Contains("OPERATOR", outcome.Fails("CannotConvertArgumentNoMessage").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_certificate_is_written_as_files_that_belong_together()
    {
        var folder = Path.Combine(_shell.Folder, "certs", "new");
        var issued = _shell.One<CreateThingCertificateResponse>($"Get-IoTThing lamp | New-IoTThingCertificate -ValidDays 30 -DestinationPath '{folder}'");

        using var certificate = X509Certificate2.CreateFromPemFile(Path.Combine(folder, "lamp.cert.pem"), Path.Combine(folder, "lamp.key.pem"));
        Assert.Equal(issued.CertificateId, certificate.GetCertHashString(HashAlgorithmName.SHA256).ToLowerInvariant());
        Assert.Null(issued.PrivateKey); // It is in its file.
        Assert.True(File.Exists(Path.Combine(folder, "ca.pem")));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(folder, "lamp.key.pem")));
        }
        Assert.DoesNotContain("PRIVATE KEY", _shell.Show("New-IoTThingCertificate lamp"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_folder_that_cannot_be_made_is_told_before_anything_is_issued()
    {
        File.WriteAllText(Path.Combine(_shell.Folder, "file"), "");

        _shell.Run($"New-IoTThingCertificate lamp -DestinationPath '{Path.Combine(_shell.Folder, "file", "certs")}'").Fails("CertificateNotWritten");
        Assert.Empty(_shell.Run("Get-IoTThingCredential lamp").Succeeds().Text);
    }

    [Fact]
    public void Credentials_of_things_are_listed_and_revoked_by_pipeline()
    {
        _shell.Run("$null = New-IoTThingCertificate lamp; $null = New-IoTThingToken lamp -ValidDays 3").Succeeds();
        Assert.Equal(2, _shell.Run("Get-IoTThing lamp | Get-IoTThingCredential | Where-Object Status -eq ACTIVE").Succeeds().Output.Count);

        _shell.Run("Get-IoTThingCredential lamp | Where-Object Kind -eq TOKEN | Revoke-IoTThingToken -Force").IsSilent();
        _shell.Run("Get-IoTThingCredential lamp | Where-Object Kind -eq CERTIFICATE | Revoke-IoTThingCertificate -Force").IsSilent();

        Assert.Equal(["REVOKED", "REVOKED"], _shell.Run("Get-IoTThingCredential lamp | ForEach-Object { \"$($_.Status)\" }").Succeeds().Text);
        _shell.Run("Revoke-IoTThingToken lamp none -Force").Fails("ResourceNotFoundException");
        _shell.Run("New-IoTThingToken nobody").Fails("ResourceNotFoundException");
    }

    [Fact]
    public void A_signing_request_keeps_the_devices_key()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var path = Path.Combine(_shell.Folder, "lamp.csr");
        File.WriteAllText(path, new CertificateRequest("CN=x", key, HashAlgorithmName.SHA256).CreateSigningRequestPem());

        var issued = _shell.One<CreateThingCertificateResponse>($"New-IoTThingCertificate lamp -CertificateSigningRequest ([IO.File]::ReadAllText('{path}'))");

        Assert.Null(issued.PrivateKey);
        _shell.Run("New-IoTThingCertificate lamp -CertificateSigningRequest nonsense").Fails("InvalidRequestException");
    }

    [Fact]
    public void Tables_fit()
    {
        _shell.Run("$null = New-IoTThingToken lamp; $null = New-IoTThingCertificate lamp").Succeeds();

        foreach (var command in new[] { "New-IoTAccessKey 'a name' viewer", "Get-IoTAccessKey", "Get-IoTThingCredential lamp", Alice + "New-IoTAccount $alice viewer", "Get-IoTAccount", "New-IoTThingToken lamp" })
        {
            Assert.All(_shell.Show(command).Split('\n'), line => Assert.True(line.TrimEnd().Length <= 120, line));
        }
    }
}
