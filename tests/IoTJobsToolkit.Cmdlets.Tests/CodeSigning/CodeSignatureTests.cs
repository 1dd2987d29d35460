using System.Management.Automation;
using System.Security.Cryptography;
using System.Text.Json;

namespace IoTJobsToolkit.Cmdlets.Tests.CodeSigning;

/// <summary>The codesign element of a job document (jobs-reference 11), checked with the public key as a device checks it.</summary>
public sealed class CodeSignatureTests : IDisposable
{
    private const string Secret = $"-Passphrase ([System.Net.NetworkCredential]::new('', '{Keys.Passphrase}').SecurePassword)";

    private readonly Shell _shell = new();
    private readonly Keys _keys = new();
    private readonly byte[] _image = RandomNumberGenerator.GetBytes(3 * 1024 * 1024 + 17);
    private readonly string _path;

    public CodeSignatureTests()
    {
        _path = Path.Combine(_shell.Folder, "app-1.2.bin");
        File.WriteAllBytes(_path, _image);
    }

    public static TheoryData<string, string> KeyFiles()
    {
        var data = new TheoryData<string, string>();
        foreach (var form in Keys.Forms)
        {
            data.Add("RSA", form);
            data.Add("ECDSA", form);
        }
        return data;
    }

    public void Dispose()
    {
        _shell.Dispose();
        _keys.Dispose();
    }

    [Theory]
    [MemberData(nameof(KeyFiles))]
    public void A_key_signs_from_every_form_in_which_it_is_kept(string kind, string form)
    {
        var key = _keys.Write(_shell.Folder, kind, form);

        var element = _shell.One($"New-IoTJobCodeSignature '{_path}' -BucketName fw -PrivateKeyPath '{key}' {(form == "pfx" || form.StartsWith("encrypted", StringComparison.Ordinal) ? Secret : "")}");

        Assert.Equal($"SHA256with{kind}", element.signatureAlgorithm);
        Assert.True(_keys.Verifies(kind, _image, element.signature, HashAlgorithmName.SHA256));
        _image[^1] ^= 1;
        Assert.False(_keys.Verifies(kind, _image, element.signature, HashAlgorithmName.SHA256));
    }

    [Theory]
    [InlineData("RSA", "sha256", "SHA256withRSA")]
    [InlineData("RSA", "SHA384", "SHA384withRSA")]
    [InlineData("RSA", "SHA512", "SHA512withRSA")]
    [InlineData("ECDSA", "SHA384", "SHA384withECDSA")]
    [InlineData("ECDSA", "SHA512", "SHA512withECDSA")]
    public void The_hash_can_be_chosen_and_a_certificate_be_given_as_an_object(string kind, string hash, string name)
    {
        using var certificate = _keys.Certificate(kind);

        var element = Assert.Single(_shell.Run(
            $"$certificate = @($input)[0]; New-IoTJobCodeSignature '{_path}' -BucketName fw -Certificate $certificate -HashAlgorithm {hash}", certificate).Succeeds().Output);

        Assert.Equal(name, element.Properties["signatureAlgorithm"].Value);
        Assert.True(_keys.Verifies(kind, _image, (string)element.Properties["signature"].Value, new HashAlgorithmName(hash.ToUpperInvariant())));
        Assert.True(certificate.HasPrivateKey);
    }

    [Fact]
    public void The_element_is_spelt_as_on_the_wire()
    {
        var key = _keys.Write(_shell.Folder, "ECDSA", "pkcs8");

        var element = Assert.Single(_shell.Run(
            $"New-IoTJobCodeSignature '{_path}' -BucketName fw -Key images/app.bin -VersionId v.7 -PrivateKeyPath '{key}'").Succeeds().Output);

        Assert.Equal("IoTJobsToolkit.JobCodeSignature", element.TypeNames[0]);
        Assert.Equal(["rawPayloadSize", "signature", "signatureAlgorithm", "payloadLocation"], element.Properties.Select(property => property.Name));
        Assert.Equal((long)_image.Length, element.Properties["rawPayloadSize"].Value);
        var location = Assert.Single(((PSObject)element.Properties["payloadLocation"].Value).Properties);
        Assert.Equal("s3", location.Name);
        Assert.Equal(
            ["bucketName=fw", "key=images/app.bin", "version=v.7"], ((PSObject)location.Value).Properties.Select(property => $"{property.Name}={property.Value}"));
    }

    [Fact]
    public void The_same_comes_as_text_with_base64_as_it_is()
    {
        var key = _keys.Write(_shell.Folder, "RSA", "pkcs8");
        var signature = Convert.ToBase64String(_keys.Rsa.SignData(_image, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

        Assert.Equal(
            $$$$"""{"rawPayloadSize":{{{{_image.Length}}}},"signature":"{{{{signature}}}}","signatureAlgorithm":"SHA256withRSA","payloadLocation":{"s3":{"bucketName":"fw","key":"app-1.2.bin","version":"1"}}}""",
            _shell.One<string>($"New-IoTJobCodeSignature '{_path}' -BucketName fw -Version 1 -PrivateKeyPath '{key}' -AsJson"));
        Assert.EndsWith(
            "\"s3\":{\"bucketName\":\"fw\",\"key\":\"app-1.2.bin\"}}}",
            _shell.One<string>($"New-IoTJobCodeSignature '{_path}' -BucketName fw -PrivateKeyPath '{key}' -AsJson"), StringComparison.Ordinal);
    }

    [Fact]
    public void The_element_goes_into_a_job_and_to_the_device_unchanged()
    {
        var key = _keys.Write(_shell.Folder, "ECDSA", "pkcs8");
        var document = _shell.One<string>($$"""
            $null = New-IoTThing lamp
            $codesign = New-IoTJobCodeSignature '{{_path}}' -BucketName fw -Key app.bin -VersionId 1 -PrivateKeyPath '{{key}}' -AsJson
            $null = New-IoTJob 010 -Thing lamp -Document "{`"operation`":`"install`",`"codesign`":$codesign}"
            (Start-IoTJNextPendingJobExecution lamp).JobDocument
            """);

        using var parsed = JsonDocument.Parse(document);
        var codesign = parsed.RootElement.GetProperty("codesign");
        Assert.Equal(_image.Length, codesign.GetProperty("rawPayloadSize").GetInt64());
        Assert.True(_keys.Verifies("ECDSA", _image, codesign.GetProperty("signature").GetString()!, HashAlgorithmName.SHA256));
    }

    [Fact]
    public void Files_come_down_the_pipeline_and_keep_their_own_keys()
    {
        var key = _keys.Write(_shell.Folder, "ECDSA", "pkcs8");
        File.WriteAllText(Path.Combine(_shell.Folder, "odd [1].img"), "odd");
        File.WriteAllText(Path.Combine(_shell.Folder, "even.img"), "even");
        var sign = $"New-IoTJobCodeSignature -BucketName fw -PrivateKeyPath '{key}' | ForEach-Object {{ $_.payloadLocation.s3.key, $_.payloadLocation.s3.version, $_.rawPayloadSize -join ' ' }}";
        var uploaded = $"BucketName = 'x'; Key = 'a/odd'; VersionId = 'v9' }} | {sign.Replace("-BucketName fw", "", StringComparison.Ordinal)}";

        Assert.Equal(["even.img  4", "odd [1].img  3"], _shell.Run($"'{_shell.Folder}/*.img' | {sign}").Succeeds().Text.Order());
        Assert.Equal(["odd [1].img  3"], _shell.Run($"[System.IO.FileInfo]'{_shell.Folder}/odd [1].img' | {sign}").Succeeds().Text);
        Assert.Equal(
            ["odd [1].img  3"], _shell.Run($"[pscustomobject]@{{ PSPath = 'Microsoft.PowerShell.Core\\FileSystem::{_shell.Folder}/odd [1].img' }} | {sign}").Succeeds().Text);
        Assert.Equal(["a/odd v9 3"], _shell.Run($"[pscustomobject]@{{ LiteralPath = '{_shell.Folder}/odd [1].img'; {uploaded}").Succeeds().Text);
        Assert.Equal(["a/odd v9 4"], _shell.Run($"[pscustomobject]@{{ Path = '{_shell.Folder}/ev*.img'; {uploaded}").Succeeds().Text);
        Assert.Equal(["app-1.2.bin  " + _image.Length], _shell.Run($"$null = $ExecutionContext.SessionState.Path.SetLocation('{_shell.Folder}'); 'app-1.2.bin' | {sign}").Succeeds().Text);
    }

    [Fact]
    public void A_large_file_is_not_read_into_memory()
    {
        var key = _keys.Write(_shell.Folder, "RSA", "pkcs8");
        var large = Path.Combine(_shell.Folder, "large.bin");
        using (var file = File.Create(large))
        {
            file.SetLength(400L * 1024 * 1024);
        }
        _shell.One($"New-IoTJobCodeSignature '{_path}' -BucketName fw -PrivateKeyPath '{key}'");

        var before = GC.GetTotalAllocatedBytes();
        var element = _shell.One($"New-IoTJobCodeSignature '{large}' -BucketName fw -PrivateKeyPath '{key}'");

        Assert.Equal(400L * 1024 * 1024, element.rawPayloadSize);
        Assert.InRange(GC.GetTotalAllocatedBytes() - before, 0, 40 * 1024 * 1024);
        using var content = File.OpenRead(large);
        Assert.True(_keys.Rsa.VerifyData(content, Convert.FromBase64String(element.signature), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void What_would_be_signed_can_be_tried_first()
    {
        var key = _keys.Write(_shell.Folder, "RSA", "pkcs8");

        _shell.Run($"New-IoTJobCodeSignature '{_path}' -BucketName fw -PrivateKeyPath '{key}' -WhatIf").IsSilent();
        Assert.Contains("Sign (SHA256withRSA)", _shell.Host.Text, StringComparison.Ordinal);
    }
}
