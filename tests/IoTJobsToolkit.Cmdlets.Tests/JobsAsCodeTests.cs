using IoTJobsToolkit.Wire.Definitions;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>Jobs as JSON: what is exported can be applied, as often as one likes.</summary>
public abstract class JobsAsCodeTests : IDisposable
{
    private readonly Shell _shell;

    private JobsAsCodeTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
            $null = New-IoTThing lamp, gate; $null = New-IoTThingGroup eu
            $null = New-IoTJob fw-7 -Thing lamp -Group eu -Document '{"op":"install","v":7}' -Description first -RolloutPerMinute '50..1000 x1.5 every 100 notified' -AbortWhen 'FAILED >= 20% of 5' -TimeoutMinutes 5 -Retry 2 -Tag @{ Key = 'team'; Value = 'ops' }
            $null = New-IoTJob agent -Group eu -Document '{}' -TargetSelection CONTINUOUS -MaintenanceWindow 'cron(0 22 * * ? *) 120'
            """).Succeeds();
    }

    public sealed class InProcess() : JobsAsCodeTests(Where.InProcess);

    public sealed class ThroughServer() : JobsAsCodeTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Export-IoTJob * | Import-IoTJob")]
    [InlineData("Export-IoTJob * jobs; Import-IoTJob jobs/*.json")]
    [InlineData("Export-IoTJob * jobs -PassThru | Import-IoTJob")]
    [InlineData("Export-IoTJob * | ConvertFrom-Json | ForEach-Object { $_.document = $_.document | ConvertFrom-Json; $_ } | ConvertTo-Json -Depth 20 -AsArray | Import-IoTJob")]
    public void What_is_exported_is_what_is_there(string command) => Assert.Equal(
        ["agent Nothing", "fw-7 Nothing"], _shell.Run($"Set-Location '{_shell.Folder}'; {command} | ForEach-Object {{ $_.JobId + ' ' + $_.Action }}").Succeeds().Text.Order(StringComparer.Ordinal));

    [Fact]
    public void A_job_that_is_missing_is_created_with_all_of_it_and_then_is_so()
    {
        const string Copy = "$copy = (Export-IoTJob fw-7) -replace '\"fw-7\"', '\"fw-8\"' -replace 'us-east-1:123456789012', 'eu-west-1:999999999999'; $copy | Import-IoTJob";
        Assert.Equal(JobPlanAction.Create, _shell.One<JobImport>(Copy).Action);
        Assert.Equal(JobPlanAction.Nothing, _shell.One<JobImport>(Copy).Action);
        Assert.Equal(
            _shell.Run("(Export-IoTJob fw-7) -replace 'fw-7', ''").Succeeds().Text, _shell.Run("(Export-IoTJob fw-8) -replace 'fw-8', ''").Succeeds().Text);
    }

    [Fact]
    public void What_differs_is_shown_first_then_changed_and_then_is_so()
    {
        _shell.Run("""
            $json = Export-IoTJob fw-7 | ConvertFrom-Json
            $json.description = 'second'; $json.timeoutConfig.inProgressTimeoutInMinutes = 9; $json.tags[0].Value = 'dev'
            $changed = $json | ConvertTo-Json -Depth 20
            """).Succeeds();
        _shell.Run("$changed | Import-IoTJob -WhatIf").IsSilent();
        Assert.Contains("Change description: \"first\" -> \"second\"; tags: ", _shell.Host.Text, StringComparison.Ordinal);

        var import = _shell.One<JobImport>("$changed | Import-IoTJob");
        Assert.Equal((JobPlanAction.Update, "description tags timeoutConfig"), (import.Action, string.Join(' ', import.Changes.Select(change => change.Member))));
        Assert.Equal(JobPlanAction.Nothing, _shell.One<JobImport>("$changed | Import-IoTJob").Action);
        Assert.Equal(["second"], _shell.Run("(Get-IoTJob fw-7).Job.Description").Succeeds().Text);
        Assert.Equal(["dev"], _shell.Run("(Get-IoTTagListForResource -ResourceArn (Get-IoTJob fw-7).Job.JobArn).Value").Succeeds().Text);
    }

    [Fact]
    public void A_continuous_job_gets_further_targets()
    {
        _shell.Run("$null = New-IoTJob all -Group eu -Document '{}' -TargetSelection CONTINUOUS; $json = Export-IoTJob all | ConvertFrom-Json; $json.targets += 'arn:aws:iot:us-east-1:123456789012:thing/gate'").Succeeds();
        Assert.Equal(JobPlanAction.Update, _shell.One<JobImport>("$json | ConvertTo-Json -Depth 20 | Import-IoTJob").Action);
        Assert.Equal(["2"], _shell.Run("[string](Get-IoTJob all).Job.Targets.Count").Succeeds().Text);
    }

    [Theory]
    [InlineData("(Export-IoTJob fw-7) -replace '7}', '8}' | Import-IoTJob", "JobDiffers", "another document")]
    [InlineData("(Export-IoTJob fw-7) -replace 'SNAPSHOT', 'CONTINUOUS' | Import-IoTJob", "JobDiffers", "another targetSelection")]
    [InlineData("$json = Export-IoTJob fw-7; Stop-IoTJob fw-7 -Force; $json -replace 'first', 'second' | Import-IoTJob", "JobDiffers", "CANCELED")]
    [InlineData("'{\"jobId\":\"x\"}' | Import-IoTJob", "DefinitionNotReadable", "targets")]
    [InlineData("'no' | Import-IoTJob", "DefinitionNotReadable", "no definition")]
    [InlineData("Import-IoTJob nowhere.json", "DefinitionNotFound", "nowhere.json")]
    [InlineData("'{\"jobId\":\"x\",\"targets\":[\"arn:aws:iot:us-east-1:123456789012:thing/nobody\"],\"document\":{}}' | Import-IoTJob", "ResourceNotFoundException", "nobody")]
    [InlineData("Export-IoTJob fw7", "ResourceNotFoundException", "fw-7")]
    public void What_cannot_be_is_refused_with_the_reason(string command, string id, string words) =>
        Assert.Contains(words, _shell.Run(command).Fails(id).ToString(), StringComparison.Ordinal);
}
