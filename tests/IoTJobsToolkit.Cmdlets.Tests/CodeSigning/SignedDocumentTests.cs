using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace IoTJobsToolkit.Cmdlets.Tests.CodeSigning;

/// <summary>Code-sign placeholders of a job document, resolved before the job is created (jobs-reference 11, OPEN-29).</summary>
public sealed class SignedDocumentTests : IDisposable
{
    private const string Placeholder = "${aws:iot:code-sign-signature:s3://us-west-2.fw-bucket/images/app.bin@abc.123}";

    private readonly Shell _shell = new();
    private readonly Keys _keys = new();
    private readonly string _key;
    private readonly string _app;

    public SignedDocumentTests()
    {
        _key = _keys.Write(_shell.Folder, "RSA", "pkcs8");
        _app = Store("app.bin", "the image");
    }

    public void Dispose()
    {
        _shell.Dispose();
        _keys.Dispose();
    }

    [Fact]
    public void The_signature_takes_the_placeholders_place_and_all_else_stays()
    {
        var document = "{\r\n\t\"op\" : \"install\",\n\"sig\":\"" + Placeholder + "\", \"both\":[\"a " + Placeholder + " b\"],\"keep\":"
            + "\"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k} ${aws:iot:package:p:version:1:artifact} ${thingName} \\u00fc \\/\" }";

        Assert.Equal(document.Replace(Placeholder, Signature("the image"), StringComparison.Ordinal), Sign(document, $"'{_app}'"));
    }

    [Fact]
    public void A_document_comes_from_a_file_and_goes_into_a_job()
    {
        var path = Store("job.json", $$"""{"sig":"{{Placeholder}}"}""");
        var document = _shell.One<string>($"""
            $null = New-IoTThing lamp
            $null = New-IoTJob 010 -Thing lamp -Document (New-IoTJobCodeSignature '{_app}' -DocumentPath '{path}' -PrivateKeyPath '{_key}')
            (Start-IoTJNextPendingJobExecution lamp).JobDocument
            """);

        using var parsed = JsonDocument.Parse(document);
        Assert.True(_keys.Verifies("RSA", "the image"u8.ToArray(), parsed.RootElement.GetProperty("sig").GetString()!, HashAlgorithmName.SHA256));
    }

    [Theory]
    [InlineData("s3-presigned-url", "us-west-2.fw/images/app.bin@abc.123", "https://s3.us-west-2.amazonaws.com/fw/images/app.bin%3FversionId%3Dabc.123")]
    [InlineData("s3-presigned-url-v1", "us-west-2.fw/app.bin", "https://s3.us-west-2.amazonaws.com/fw/app.bin")]
    [InlineData("s3-presigned-url-v2", "eu-west-1.my.fw/a b@x/ü+app.bin@v/1@v2", "https://s3.eu-west-1.amazonaws.com/my.fw/a%20b%40x/%C3%BC%2Bapp.bin%40v/1%3FversionId%3Dv2")]
    [InlineData("s3-presigned-url", "cn-north-1.fw/app.bin@1", "https://s3.cn-north-1.amazonaws.com.cn/fw/app.bin%3FversionId%3D1")]
    public void Inside_a_presign_placeholder_it_becomes_the_address_of_what_was_signed(string kind, string file, string url) => Assert.Equal(
        $$"""["${aws:iot:s3-presigned-url-v2:{{url}}}"]""",
        Sign("[\"${aws:iot:" + kind + ":${aws:iot:code-sign-signature:s3://" + file + "}}\"]", $"'{_app}'"));

    [Fact]
    public void The_address_is_one_that_CreateJob_takes()
    {
        var signed = Sign(
            $$"""{"presign":"${aws:iot:s3-presigned-url:{{Placeholder}}}","sig":"{{Placeholder}}"}""", $"'{_app}'");

        Assert.Null(Engine.Documents.JobDocument.Check(signed, "arn:aws:iam::123456789012:role/S3Role", new()));
        var address = Assert.Single(Engine.Documents.DocumentPlaceholders.Parse(signed).Placeholders);
        Assert.True(Engine.Documents.S3ObjectUrl.TryParse(address.Argument, Engine.Documents.S3UrlForm.Encoded, out var location));
        Assert.Equal(new("s3.us-west-2.amazonaws.com", "fw-bucket", "images/app.bin", "us-west-2", "abc.123"), location);
    }

    [Fact]
    public void Several_files_are_told_apart_by_the_end_of_their_keys()
    {
        Store("eu/app.bin", "eu image");
        Store("us/app.bin", "us image");
        Store("boot.bin", "boot");
        var document = "[" + string.Join(",", new[] { "fw/us/app.bin@1", "boot.bin@2", "eu/app.bin@3" }.Select(key => $"\"${{aws:iot:code-sign-signature:s3://us-east-1.b/{key}}}\"")) + "]";

        var signed = Assert.Single(_shell.Run(
            $"'{_shell.Folder}/eu/app.bin', '{_shell.Folder}/us/app.bin', '{_shell.Folder}/b*.bin' | New-IoTJobCodeSignature -Document '{document}' -PrivateKeyPath '{_key}'")
            .Succeeds().Text);

        Assert.Equal([Signature("us image"), Signature("boot"), Signature("eu image")], JsonSerializer.Deserialize<string[]>(signed)!);
    }

    [Fact]
    public void One_file_for_one_placeholder_may_have_any_name() => Assert.Equal(
        $"[\"{Signature("renamed")}\"]", Sign($"[\"{Placeholder}\"]", $"'{Store("build-4711.out", "renamed")}'"));

    [Fact]
    public void Files_are_taken_literally_too()
    {
        Store("app [1].bin", "odd");

        Assert.Equal(
            [$"[\"{Signature("odd")}\"]"],
            _shell.Run($"[System.IO.FileInfo]'{_shell.Folder}/app [1].bin' | New-IoTJobCodeSignature -Document '[\"{Placeholder}\"]' -PrivateKeyPath '{_key}'").Succeeds().Text);
        Assert.Equal(
            [$"[\"{Signature("odd")}\"]"],
            _shell.Run($"New-IoTJobCodeSignature -LiteralPath '{_shell.Folder}/app [1].bin' -Document '[\"{Placeholder}\"]' -PrivateKeyPath '{_key}'").Succeeds().Text);
    }

    [Fact]
    public void A_file_that_the_document_does_not_name_is_not_signed()
    {
        var outcome = _shell.Run($"New-IoTJobCodeSignature '{_app}' -Document '{{ \"a\": 1 }}' -PrivateKeyPath '{_key}'").Succeeds();

        Assert.Equal(["""{ "a": 1 }"""], outcome.Text);
        Assert.Contains("app.bin", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void A_document_that_grows_too_long_for_a_job_is_reported()
    {
        var document = $"[\"{Placeholder}\",\"{new string('x', 32768 - Placeholder.Length - 8)}\"]";

        var outcome = _shell.Run($"New-IoTJobCodeSignature '{_app}' -Document '{document}' -PrivateKeyPath '{_key}'").Succeeds();

        Assert.Contains("32768", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("not json", "DocumentNotJson")]
    [InlineData("[\"${aws:iot:code-sign-signature:s3://us-east-1.b/app.bin@1\"]", "PlaceholderNotReadable")]
    [InlineData("[\"${aws:iot:code-sign-signature:https://s3.amazonaws.com/b/app.bin}\"]", "PlaceholderNotReadable")]
    [InlineData("[\"${aws:iot:code-sign-signature:s3://b/app.bin@1}\"]", "PlaceholderNotReadable")]
    [InlineData("[\"${aws:iot:code-sign-signature:s3://us-east-1.b/@1}\"]", "PlaceholderNotReadable")]
    [InlineData("[\"${aws:iot:s3-presigned-url-upload:${aws:iot:code-sign-signature:s3://us-east-1.b/app.bin@1}}\"]", "PlaceholderNotReadable")]
    [InlineData("[\"${aws:iot:code-sign-signature:s3://us-east-1.b/app.bin@1}\",\"${aws:iot:code-sign-signature:s3://us-east-1.b/other.bin@1}\"]", "PayloadNotGiven")]
    public void A_document_that_cannot_be_filled_is_refused(string document, string id)
    {
        var outcome = _shell.Run($"New-IoTJobCodeSignature '{_app}' -Document '{document}' -PrivateKeyPath '{_key}'");

        Assert.Empty(outcome.Output);
        Assert.Equal($"{id},IoTJobsToolkit.Cmdlets.NewIoTJobCodeSignatureCommand", outcome.Fails(id).FullyQualifiedErrorId);
    }

    [Fact]
    public void Files_that_cannot_be_told_apart_are_refused()
    {
        Store("x/app.bin", "1");
        Store("y/app.bin", "2");

        _shell.Run($"New-IoTJobCodeSignature '{_shell.Folder}/x/app.bin', '{_shell.Folder}/y/app.bin' -Document '[\"{Placeholder}\"]' -PrivateKeyPath '{_key}'")
            .Fails("PayloadAmbiguous");
    }

    [Theory]
    [InlineData("-DocumentPath none.json", "app.bin", "DocumentNotReadable")]
    [InlineData("-DocumentPath 'Env:PATH'", "app.bin", "DocumentNotReadable")]
    [InlineData("-Document '[\"" + Placeholder + "\"]'", "none.bin", "PayloadNotFound")]
    public void Half_a_document_is_never_written(string document, string payload, string id)
    {
        var outcome = _shell.Run($"New-IoTJobCodeSignature '{_shell.Folder}/{payload}' {document} -PrivateKeyPath '{_key}'");

        Assert.Empty(outcome.Output);
        outcome.Fails(id);
    }

    [Fact]
    public void Nothing_is_written_when_it_is_only_tried() => _shell.Run(
        $"New-IoTJobCodeSignature '{_app}' -Document '[\"{Placeholder}\"]' -PrivateKeyPath '{_key}' -WhatIf").IsSilent();

    private string Sign(string document, string paths) => Assert.IsType<string>(Assert.Single(_shell.Run(
        $"New-IoTJobCodeSignature {paths} -Document @($input)[0] -PrivateKeyPath '{_key}'", document).Succeeds().Output).BaseObject);

    /// <summary>RSA's signatures are the same each time: this one comes from .NET itself.</summary>
    private string Signature(string content) =>
        Convert.ToBase64String(_keys.Rsa.SignData(Encoding.UTF8.GetBytes(content), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));

    private string Store(string name, string content)
    {
        var path = Path.Combine(_shell.Folder, name);
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        File.WriteAllText(path, content);
        return path;
    }
}
