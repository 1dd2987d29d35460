using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>Job templates, custom and managed, and the jobs made from them.</summary>
public abstract class TemplateTests : IDisposable
{
    private const string Arn = "arn:aws:iot:us-east-1:123456789012:jobtemplate/010";
    private const string DownloadFile = "arn:aws:iot:us-east-1::jobtemplate/AWS-Download-File:1.0";

    private readonly Shell _shell;

    private TemplateTests(Where where)
    {
        _shell = new(where);
        _shell.Run("New-IoTThing lamp").Succeeds();
    }

    public sealed class InProcess() : TemplateTests(Where.InProcess);

    public sealed class ThroughServer() : TemplateTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void A_template_takes_the_flat_parameters_of_AWS()
    {
        var created = _shell.One<CreateJobTemplateResponse>("""
            New-IoTJobTemplate -JobTemplateId 010 -Description 'My template' -Document '{"op":"x"}' `
                -PresignedUrlConfig_RoleArn arn:aws:iam::123456789012:role/S3DownloadRole -PresignedUrlConfig_ExpiresInSec 60 `
                -JobExecutionsRolloutConfig_MaximumPerMinute 10 `
                -JobExecutionsRolloutConfig_ExponentialRate @{ BaseRatePerMinute = 5; IncrementFactor = 1.5; RateIncreaseCriteria = @{ NumberOfNotifiedThings = 10 } } `
                -AbortConfig_CriteriaList @{ Action = 'CANCEL'; FailureType = 'FAILED'; MinNumberOfExecutedThings = 1; ThresholdPercentage = 20 } `
                -JobExecutionsRetryConfig_CriteriaList @{ FailureType = 'ALL'; NumberOfRetries = 2 } -TimeoutConfig_InProgressTimeoutInMinutes 5 `
                -MaintenanceWindows @{ StartTime = 'cron(0 18 ? * MON-FRI *)'; DurationInMinutes = 60 } `
                -DestinationPackageVersions arn:aws:iot:us-east-1:123456789012:package/p/version/1 -Tags @{ Key = 'team'; Value = 'ops' }
            """);
        Assert.Equal(new(Arn, "010"), created);

        var template = _shell.One<DescribeJobTemplateResponse>("Get-IoTJobTemplate 010");
        Assert.Equal(("My template", """{"op":"x"}"""), (template.Description, template.Document));
        Assert.Equal(60, template.PresignedUrlConfig!.ExpiresInSec);
        Assert.Equal((10, 1.5m), (template.JobExecutionsRolloutConfig!.MaximumPerMinute, template.JobExecutionsRolloutConfig.ExponentialRate!.IncrementFactor));
        Assert.Equal(20, Assert.Single(template.AbortConfig!.CriteriaList!).ThresholdPercentage);
        Assert.Equal(2, Assert.Single(template.JobExecutionsRetryConfig!.CriteriaList!).NumberOfRetries);
        Assert.Equal(5, template.TimeoutConfig!.InProgressTimeoutInMinutes);
        Assert.Equal(60, Assert.Single(template.MaintenanceWindows!).DurationInMinutes);
        Assert.EndsWith("version/1", Assert.Single(template.DestinationPackageVersions!), StringComparison.Ordinal);
        Assert.Equal(["team"], _shell.Run($"Get-IoTTagListForResource {Arn} | ForEach-Object Key").Text);
    }

    [Fact]
    public void A_document_comes_from_a_file()
    {
        File.WriteAllText(Path.Combine(_shell.Folder, "fw.json"), """{"from":"file"}""");
        _shell.Run($"New-IoTJobTemplate 010 -Description d -DocumentPath '{_shell.Folder}/fw.json'").Succeeds();
        Assert.Equal(["""{"from":"file"}"""], _shell.Run("Get-IoTJobTemplate 010 -Select Document").Text);
        Assert.Equal("./none.json", _shell.Run("New-IoTJobTemplate 011 -Description d -DocumentPath ./none.json").Fails("DocumentNotReadable").TargetObject);
    }

    [Theory]
    [InlineData("Get-IoTJob fw-7 | New-IoTJobTemplate 010 -Description d")]
    [InlineData("Get-IoTJobList | New-IoTJobTemplate 010 -Description d")]
    [InlineData("Get-IoTJob fw-7 -Select Job | New-IoTJobTemplate 010 -Description d")]
    [InlineData("New-IoTJobTemplate 010 -Description d -JobArn arn:aws:iot:us-east-1:123456789012:job/fw-7")]
    [InlineData("New-IoTJobTemplate 010 -Description d -Job (Get-IoTJob fw-7)")]
    public void A_template_is_made_of_a_job(string command)
    {
        _shell.Run("New-IoTJob fw-7 -Thing lamp -Document '{\"op\":\"y\"}' -Description own -TimeoutConfig_InProgressTimeoutInMinutes 7").Succeeds();
        _shell.Run(command).Succeeds();

        var template = _shell.One<DescribeJobTemplateResponse>("Get-IoTJobTemplate 010");
        Assert.Equal(("d", """{"op":"y"}""", 7L), (template.Description, template.Document, template.TimeoutConfig!.InProgressTimeoutInMinutes));
    }

    [Theory]
    [InlineData("Get-IoTJobTemplate 010 | New-IoTJob -JobId x -Thing lamp")]
    [InlineData("Get-IoTJobTemplateList | New-IoTJob -JobId x -Thing lamp")]
    [InlineData("New-IoTJob x -Thing lamp -JobTemplateArn arn:aws:iot:us-east-1:123456789012:jobtemplate/010")]
    [InlineData("New-IoTJob x -Thing lamp -JobTemplate (Get-IoTJobTemplate 010)")]
    [InlineData("Get-IoTThing | New-IoTJob -JobId x -JobTemplateArn arn:aws:iot:us-east-1:123456789012:jobtemplate/010")]
    public void A_job_is_made_of_a_template(string command)
    {
        _shell.Run("New-IoTJobTemplate 010 -Description d -Document '{\"op\":\"x\"}' -TimeoutConfig_InProgressTimeoutInMinutes 7").Succeeds();
        _shell.Run(command).Succeeds();

        var job = _shell.One<DescribeJobResponse>("Get-IoTJob x").Job;
        Assert.Equal((Arn, 7L), (job.JobTemplateArn, job.TimeoutConfig.InProgressTimeoutInMinutes));
        Assert.Equal(["""{"op":"x"}"""], _shell.Run("Get-IoTJobDocument x").Text);
    }

    [Fact]
    public void An_own_document_beside_a_template_is_refused()
    {
        _shell.Run("New-IoTJobTemplate 010 -Description d -Document '{}'").Succeeds();
        _shell.Run("Get-IoTJobTemplate 010 | New-IoTJob -JobId x -Thing lamp -Document '{}'").Fails("InvalidRequestException");
        _shell.Run($"New-IoTJob x -Thing lamp -JobTemplateArn {Arn} -Document '{{}}'").Fails("InvalidRequestException");
    }

    [Fact]
    public void A_managed_template_comes_down_the_pipeline()
    {
        _shell.Run("Get-IoTManagedJobTemplate AWS-Reboot | New-IoTJob -JobId x -Thing lamp").Succeeds();
        Assert.EndsWith("/AWS-Reboot:1.0", _shell.One("Get-IoTJob x -Select Job.JobTemplateArn").ToString(), StringComparison.Ordinal);

        _shell.Run("Get-IoTManagedJobTemplate AWS-Run-Command | New-IoTJob -JobId y -Thing lamp -DocumentParameter @{ command = 'date' }").Succeeds();
        Assert.DoesNotContain("${aws:iot:parameter", _shell.One("Get-IoTJobDocument y -BeforeSubstitution $false").ToString(), StringComparison.Ordinal);
        _shell.Run("Get-IoTManagedJobTemplate AWS-Run-Command | New-IoTJob -JobId z -Thing lamp").Fails("InvalidRequestException");
    }

    [Fact]
    public void A_job_of_a_managed_template_has_its_parameters_filled_in()
    {
        var created = _shell.One<CreateJobResponse>($$"""
            New-IoTJob x -Thing lamp -JobTemplateArn {{DownloadFile}} -DocumentParameters @{ downloadUrl = 'https://example.com/a'; filePath = 'b' }
            """);
        Assert.Equal(_shell.One("Get-IoTManagedJobTemplate AWS-Download-File -Select Description").ToString(), created.Description);
        Assert.Contains("\"args\":[\"https://example.com/a\",\"b\"]", _shell.One("Get-IoTJobDocument x").ToString(), StringComparison.Ordinal);
        Assert.Equal(
            _shell.One("Get-IoTManagedJobTemplate AWS-Download-File -TemplateVersion 1.0 -Select Document").ToString(),
            _shell.One("Get-IoTJobDocument x -BeforeSubstitution $true").ToString());
        Assert.Equal("b", _shell.One("Get-IoTJob x").Job.DocumentParameters["filePath"]);
        _shell.Run($"New-IoTJob y -Thing lamp -JobTemplateArn {DownloadFile} -DocumentParameter @{{ filePath = 'b' }}").Fails("InvalidRequestException");
    }

    [Fact]
    public void Managed_templates_are_found_by_name_and_wildcard()
    {
        Assert.Equal(8, _shell.Run("Get-IoTManagedJobTemplateList").Succeeds().Output.Count);
        Assert.Equal(8, _shell.Run("Get-IoTManagedJobTemplateList -MaxResult 3 | Get-IoTManagedJobTemplate").Succeeds().Output.Count);
        Assert.Equal(["AWS-Reboot"], _shell.Run("'AWS-Reboot' | Get-IoTManagedJobTemplateList | ForEach-Object TemplateName").Text);
        Assert.Equal(
            ["AWS-Start-Application", "AWS-Stop-Application"], _shell.Run("Get-IoTManagedJobTemplate aws-st* | ForEach-Object TemplateName").Text);
        Assert.Equal(
            ["downloadUrl", "filePath"],
            _shell.Run("Get-IoTManagedJobTemplate AWS-Download-File -Select DocumentParameters | Where-Object { -not $_.Optional } | ForEach-Object Key").Text);
    }

    [Fact]
    public void Templates_are_found_by_id_and_wildcard_and_removed_by_pipeline()
    {
        _shell.Run("'fw-1', 'fw-2', 'cfg' | New-IoTJobTemplate -Description d -Document '{}'").Succeeds();

        Assert.Equal(["fw-1", "fw-2"], _shell.Run("Get-IoTJobTemplate FW-* | ForEach-Object JobTemplateId").Text);
        Assert.Equal(["cfg", "fw-1", "fw-2"], _shell.Run("Get-IoTJobTemplateList -MaxResult 1 | ForEach-Object JobTemplateId").Text);
        Assert.Equal(["cfg"], _shell.Run("Get-IoTJobTemplateList -MaxResult 1 -NoAutoIteration | ForEach-Object JobTemplateId").Text);
        _shell.Run("Get-IoTJobTemplate fw-* | Remove-IoTJobTemplate -Force").IsSilent();
        Assert.Equal(["cfg"], _shell.Run("Remove-IoTJobTemplate cfg -Force -PassThru").Succeeds().Text);
        Assert.Empty(_shell.Run("Get-IoTJobTemplate").Succeeds().Output);
    }
}
