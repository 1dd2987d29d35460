using System.Text;

namespace IoTJobsToolkit.Cmdlets.Tests;

public sealed class DocumentTests : IDisposable
{
    private readonly Shell _shell = new();

    public DocumentTests() => _shell.Run("New-IoTThing lamp").Succeeds();

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("@{ b = 1; a = 'x'; C = $null }", """{"C":null,"a":"x","b":1}""")]
    [InlineData("([ordered]@{ z = 1; a = @{ k = $true, $false } })", """{"z":1,"a":{"k":[true,false]}}""")]
    [InlineData("([pscustomobject]@{ z = 1; a = [pscustomobject]@{ y = 2 } })", """{"z":1,"a":{"y":2}}""")]
    [InlineData("([pscustomobject]@{ z = 1; a = 2 } | Select-Object a, @{ n = 'sum'; e = { $_.z + $_.a } })", """{"a":2,"sum":3}""")]
    [InlineData("@{ steps = @(@{ n = 1 }, @{ n = 2 }) }", """{"steps":[{"n":1},{"n":2}]}""")]
    [InlineData("@{ one = @(1); none = @(); nested = @(, @(1, 2)) }", """{"nested":[[1,2]],"none":[],"one":[1]}""")]
    [InlineData("@(@{ n = 1 }, @{ n = 2 })", """[{"n":1},{"n":2}]""")]
    [InlineData("@{ a = 1.5; b = 2.50d; c = [long]::MaxValue; d = 1e-9; e = [bigint]::Pow(2, 70) }", """{"a":1.5,"b":2.50,"c":9223372036854775807,"d":1E-09,"e":1180591620717411303424}""")]
    [InlineData("@{ day = [System.DayOfWeek]::Friday; c = [char]'x'; url = [uri]'https://a.example/?b=1&c=2'; on = [switch]$true }", """{"c":"x","day":"Friday","on":true,"url":"https://a.example/?b=1&c=2"}""")]
    [InlineData("@{ at = ([datetime]'2026-10-01T12:00:00Z').ToUniversalTime(); to = [datetimeoffset]'2026-10-01T12:00:00.5+02:00'; d = [dateonly]'2026-10-01'; for = [timespan]'1.02:00:00' }",
        """{"at":"2026-10-01T12:00:00Z","d":"2026-10-01","for":"1.02:00:00","to":"2026-10-01T12:00:00.5+02:00"}""")]
    [InlineData("@{ text = \"tab`t 'quoted' `\"twice`\" <ü> +/\" }", """{"text":"tab\t 'quoted' \"twice\" <ü> +/"}""")]
    [InlineData("@{ 1 = 'one'; [System.DayOfWeek]::Friday = 'day' }", """{"1":"one","Friday":"day"}""")]
    [InlineData("([IoTJobsToolkit.Engine.Jobs.MaintenanceWindow]@{ StartTime = 'x'; DurationInMinutes = 5 })", """{"StartTime":"x","DurationInMinutes":5}""")]
    [InlineData("@{ a = (Get-Date -Year 2026 -Month 1 -Day 1).Year; b = ('x' | Write-Output) }", """{"a":2026,"b":"x"}""")]
    [InlineData("@{ nothing = (Where-Object { $_ }) }", """{"nothing":null}""")]
    [InlineData("('{\"a\": [1, 2.5, \"x\"]}' | ConvertFrom-Json)", """{"a":[1,2.5,"x"]}""")]
    [InlineData("'{  \"a\" :  1 }'", """{  "a" :  1 }""")]
    public void A_document_is_text_or_an_object_that_becomes_it(string document, string expected)
    {
        _shell.Run($"New-IoTJob x -Thing lamp -Document {document}; New-IoTJobTemplate t -Description d -Document {document}").Succeeds();

        Assert.Equal(expected, _shell.One<string>("Get-IoTJobDocument x"));
        Assert.Equal(expected, _shell.One<string>("Get-IoTJobTemplate t -Select Document"));
    }

    [Fact]
    public void A_document_is_not_cut_however_deep_it_is()
    {
        _shell.Run("$deep = @{ end = 1 }; 1..60 | ForEach-Object { $deep = @{ d = $deep } }; New-IoTJob x -Thing lamp -Document $deep").Succeeds();

        Assert.Equal(string.Concat(Enumerable.Repeat("{\"d\":", 60)) + "{\"end\":1}" + new string('}', 60), _shell.One<string>("Get-IoTJobDocument x"));
    }

    [Fact]
    public void What_a_row_of_a_pipeline_brings_is_a_document_too() => Assert.Equal(["""{"n":1}""", """{"n":2}"""], _shell.Run("""
        $null = [pscustomobject]@{ JobId = 'a'; Thing = 'lamp'; Document = @{ n = 1 } }, [pscustomobject]@{ JobId = 'b'; Thing = 'lamp'; Document = '{"n":2}' } | New-IoTJob
        Get-IoTJobDocument a, b
        """).Succeeds().Text);

    [Fact]
    public void The_signature_of_a_file_fits_in()
    {
        File.WriteAllText(Path.Combine(_shell.Folder, "app.bin"), "app");
        Assert.Matches("""^\{"codesign":\{"rawPayloadSize":3,"signature":"[^"]+","signatureAlgorithm":"SHA256withECDSA","payloadLocation":\{"s3":\{"bucketName":"fw","key":"app.bin"\}\}\},"operation":"install"\}$""", _shell.One<string>($$"""
            $key = [System.Security.Cryptography.ECDsa]::Create([System.Security.Cryptography.ECCurve+NamedCurves]::nistP256).ExportPkcs8PrivateKeyPem()
            Set-Content '{{_shell.Folder}}/key.pem' $key
            $sign = New-IoTJobCodeSignature '{{_shell.Folder}}/app.bin' -BucketName fw -PrivateKeyPath '{{_shell.Folder}}/key.pem'
            $null = New-IoTJob x -Thing lamp -Document @{ operation = 'install'; codesign = $sign }
            Get-IoTJobDocument x
            """));
    }

    [Theory]
    [InlineData("@{ a = @{ f = [double]::NaN } }", "at a.f, JSON has no number NaN")]
    [InlineData("@{ a = @(1, { Get-Date }) }", "at a[1], JSON has no form for a System.Management.Automation.ScriptBlock")]
    [InlineData("@{ raw = [byte[]](1, 2) }", "at raw, JSON has no bytes")]
    [InlineData("@{ list = 1, $twice }", "at list[1].1, there are two members of this name")]
    [InlineData("@{ secret = (ConvertTo-SecureString x -AsPlainText -Force) }", "at secret, JSON has no form for a System.Security.SecureString")]
    [InlineData("(Get-Process -Id $PID)", "JSON has no form for a System.Diagnostics.Process")]
    [InlineData("@{ [datetime]'2026-01-01' = 1 }", "a name that is no text")]
    [InlineData("([xml]'<a/>')", "JSON has no form for a System.Xml.XmlDocument")]
    [InlineData("$self", "nests deeper than 100 levels")]
    [InlineData("('{', '}')", "These are 2 texts, not one")]
    [InlineData("(Get-Item $PSHOME)", "Name it by -DocumentPath")]
    public void What_JSON_cannot_say_is_refused_with_its_place(string document, string words)
    {
        var error = _shell.Run($"$self = @{{ }}; $self.self = $self; $twice = @{{ 1 = 'a' }}; $twice['1'] = 'b'; New-IoTJob x -Thing lamp -Document {document}").Fails("ParameterArgumentTransformationError");

        Assert.Contains(words, error.Exception.Message, StringComparison.Ordinal);
        Assert.Empty(_shell.Run("Get-IoTJob").Succeeds().Output);
    }

    [Fact]
    public void A_path_is_relative_to_where_the_shell_is_and_a_byte_order_mark_is_no_part_of_the_document()
    {
        File.WriteAllText(Path.Combine(_shell.Folder, "fw.json"), """{"ü":1}""", new UTF8Encoding(encoderShouldEmitUTF8Identifier: true));
        File.WriteAllText(Path.Combine(_shell.Folder, "fw16.json"), """{"ü":1}""", Encoding.Unicode);

        Assert.Equal(["""{"ü":1}""", """{"ü":1}""", """{"ü":1}"""], _shell.Run($"""
            Set-Location '{_shell.Folder}'
            $null = New-IoTJob a -Thing lamp -DocumentPath fw.json; $null = New-IoTJob b -Thing lamp -DocumentPath ./fw16.json
            $null = New-PSDrive docs FileSystem '{_shell.Folder}'; $null = New-IoTJob c -Thing lamp -DocumentPath docs:/fw.json
            Get-IoTJobDocument a, b, c; Set-Location /
            """).Succeeds().Text);
    }

    [Theory]
    [InlineData("./none.json")]
    [InlineData("none:/fw.json")]
    [InlineData("env:PATH")]
    [InlineData("/")]
    public void A_file_that_cannot_be_read_is_named(string path)
    {
        foreach (var command in new[] { "New-IoTJob x -Thing lamp", "New-IoTJobTemplate x -Description d" })
        {
            var error = _shell.Run($"{command} -DocumentPath '{path}'").Fails("DocumentNotReadable");
            Assert.Equal(path, error.TargetObject);
            Assert.Contains(path, error.ErrorDetails.Message, StringComparison.Ordinal);
        }
    }

    [Theory]
    [InlineData("New-IoTJob x -Thing lamp")]
    [InlineData("New-IoTJobTemplate x -Description d")]
    public void A_document_is_given_once(string command)
    {
        File.WriteAllText(Path.Combine(_shell.Folder, "fw.json"), "{}");
        var error = _shell.Run($"{command} -Document @{{ a = 1 }} -DocumentPath '{_shell.Folder}/fw.json'").Fails("DocumentGivenTwice");

        Assert.Equal("The document was given twice: by -Document and by -DocumentPath.", error.Exception.Message);
    }
}
