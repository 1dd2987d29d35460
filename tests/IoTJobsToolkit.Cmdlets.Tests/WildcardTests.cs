using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class WildcardTests : IDisposable
{
    private readonly Shell _shell;

    private WildcardTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
            New-IoTThing lamp-1, lamp-2, gate; New-IoTThingGroup eu-1; New-IoTThingGroup eu-2; New-IoTDynamicThingGroup eu-old -QueryString thingName:gate
            New-IoTJob fw-1 -Thing lamp-1, lamp-2, gate -Document '{"n":1}'; New-IoTJob fw-2 -Thing lamp-1 -Document '{"n":2}'; New-IoTJob cfg -Thing gate -Document '{}'
            New-IoTJobTemplate fw -Description d -Document '{}'; New-IoTJobTemplate fx -Description d -Document '{}'
            """).Succeeds();
    }

    public sealed class InProcess() : WildcardTests(Where.InProcess);

    public sealed class ThroughServer() : WildcardTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Get-IoTJob FW-* -Select Job.JobId", "fw-1 fw-2")]
    [InlineData("Get-IoTJob fw-[13], cfg -Select Job.JobId", "fw-1 cfg")]
    [InlineData("Get-IoTJobDocument fw-?", """{"n":1} {"n":2}""")]
    [InlineData("Get-IoTJobExecutionsForJobList fw-* | ForEach-Object { \"$($_.JobId)/$($_.ThingName)\" }", "fw-1/gate fw-1/lamp-1 fw-1/lamp-2 fw-2/lamp-1")]
    [InlineData("Get-IoTJobExecution fw-1 Lamp-* | ForEach-Object { \"$($_.JobId)/$($_.ThingName)\" }", "fw-1/lamp-1 fw-1/lamp-2")]
    [InlineData("Get-IoTJobExecution fw-* lamp-1 | ForEach-Object { \"$($_.JobId)/$($_.ThingName)\" }", "fw-1/lamp-1 fw-2/lamp-1")]
    [InlineData("Get-IoTJobExecution *-* *-1, gate | ForEach-Object { \"$($_.JobId)/$($_.ThingName)\" }", "fw-1/gate fw-1/lamp-1 fw-2/lamp-1")]
    [InlineData("Get-IoTJobExecutionsForThingList lamp-* | ForEach-Object { \"$($_.JobId)/$($_.ThingName)\" }", "fw-1/lamp-1 fw-1/lamp-2 fw-2/lamp-1")]
    [InlineData("Get-IoTThing -Group eu-o* | ForEach-Object ThingName", "gate")]
    [InlineData("Get-IoTThingsInThingGroupList eu*", "gate")]
    [InlineData("Get-IoTThingGroupsForThingList g* | ForEach-Object GroupName", "eu-old")]
    [InlineData("Get-IoTThingConnectivity lamp-* | ForEach-Object ThingName", "lamp-1 lamp-2")]
    [InlineData("Get-IoTThingCredential lamp-*", "")]
    [InlineData("Get-IoTJPendingJobExecution lamp-* | ForEach-Object { $_.QueuedJobs.Count }", "1 2")]
    [InlineData("Start-IoTJNextPendingJobExecution lamp-* | ForEach-Object ThingName", "lamp-1 lamp-2")]
    [InlineData("Get-IoTJobTemplate f* | ForEach-Object JobTemplateId", "fw fx")]
    [InlineData("New-IoTJob x -Thing lamp-*, gate -Group eu-* -Document '{}' | Get-IoTJob -Select Job.Targets | ForEach-Object { $_.Split('/')[-1] }", "eu-1 eu-2 eu-old gate lamp-1 lamp-2")]
    public void A_wildcard_stands_for_what_there_is(string command, string expected) =>
        Assert.Equal(expected.Split(' ', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal), _shell.Run(command).Succeeds().Text.Order(StringComparer.Ordinal));

    [Fact]
    public void With_a_number_a_wildcard_stands_for_the_executions_that_have_it()
    {
        _shell.Run("New-IoTJob again -Thing lamp-1, lamp-2 -Document '{}' -Retry 2; Update-IoTJJobExecution again lamp-1 FAILED; Update-IoTJJobExecution again lamp-2 SUCCEEDED").Succeeds();

        Assert.Equal(["lamp-1 2"], _shell.Run("Get-IoTJobExecution again * -ExecutionNumber 2 | ForEach-Object { \"$($_.ThingName) $($_.ExecutionNumber)\" }").Succeeds().Text);
        Assert.Equal(["lamp-1"], _shell.Run("Remove-IoTJobExecution ag* lamp-* -ExecutionNumber 2 -Force -Select ^ThingName").Succeeds().Text);
        Assert.Equal(["lamp-1 1", "lamp-2 1"], _shell.Run("Get-IoTJobExecutionsForJobList again | ForEach-Object { \"$($_.ThingName) $($_.ExecutionNumber)\" }").Succeeds().Text.Order());
    }

    /// <summary>Each writes whom it was about, by his own name.</summary>
    [Theory]
    [InlineData("Stop-IoTJob fw-* -Force -PassThru", "fw-1 fw-2")]
    [InlineData("Stop-IoTJob fw-* -Force -Select ^JobId", "fw-1 fw-2")]
    [InlineData("Update-IoTJob fw-* -Description d -PassThru", "fw-1 fw-2")]
    [InlineData("Remove-IoTJob fw-* -Force -PassThru", "fw-1 fw-2")]
    [InlineData("Stop-IoTJobExecution fw-* lamp-* -PassThru", "fw-1 fw-1 fw-2")]
    [InlineData("Stop-IoTJobExecution fw-1 lamp-* -Select ^ThingName", "lamp-1 lamp-2")]
    [InlineData("Stop-IoTJobExecution * gate -PassThru", "cfg fw-1")]
    [InlineData("Remove-IoTJobExecution fw-* lamp-* -Force -PassThru", "fw-1 fw-1 fw-2")]
    [InlineData("Remove-IoTThing lamp-* -Force -PassThru", "lamp-1 lamp-2")]
    [InlineData("Update-IoTThing lamp-* -Attribute @{ a = 1 } -PassThru", "lamp-1 lamp-2")]
    [InlineData("Add-IoTThingToThingGroup lamp-* eu-1 -PassThru", "lamp-1 lamp-2")]
    [InlineData("Remove-IoTThingFromThingGroup lamp-* eu-1 -Force -PassThru", "lamp-1 lamp-2")]
    [InlineData("Update-IoTThingGroupsForThing lamp-* -Add eu-2 -PassThru", "lamp-1 lamp-2")]
    [InlineData("Remove-IoTThingGroup eu-* -Force -PassThru", "eu-1 eu-2")]
    [InlineData("Remove-IoTDynamicThingGroup eu-* -Force -PassThru", "eu-old")]
    [InlineData("Update-IoTThingGroup eu-* -Description d -PassThru", "eu-1 eu-2")]
    [InlineData("Update-IoTDynamicThingGroup eu-* -Description d -PassThru", "eu-old")]
    [InlineData("Remove-IoTJobTemplate f* -Force -PassThru", "fw fx")]
    public void A_wildcard_changes_what_there_is(string command, string expected) =>
        Assert.Equal(expected.Split(' '), _shell.Run(command).Succeeds().Text.Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("Get-IoTJob none*; Get-IoTJobDocument none*; Get-IoTJobExecutionsForJobList none*")]
    [InlineData("Get-IoTJobExecution none* lamp-1; Get-IoTJobExecution fw-1 none*; Get-IoTJobExecution none* none*; Get-IoTJobExecutionsForThingList none*")]
    [InlineData("Stop-IoTJob none*; Update-IoTJob none* -Description d; Remove-IoTJob none*; Stop-IoTJobExecution fw-1 none*; Remove-IoTJobExecution none* lamp-1")]
    [InlineData("Remove-IoTThing none*; Update-IoTThing none* -Attribute @{ a = 1 }; Add-IoTThingToThingGroup none* eu-1; Remove-IoTThingGroup none*; Remove-IoTJobTemplate none*")]
    public void A_wildcard_that_nothing_matches_is_silent(string commands)
    {
        _shell.Run(commands).IsSilent();
        Assert.Empty(_shell.Host.Questions);
    }

    [Theory]
    [InlineData("Get-IoTJobDocument none")]
    [InlineData("Stop-IoTJob none")]
    [InlineData("Update-IoTJob none -Description d")]
    [InlineData("Remove-IoTJob none -Force")]
    [InlineData("Stop-IoTJobExecution fw-1 none")]
    [InlineData("Update-IoTThing none -Attribute @{ a = 1 }")]
    [InlineData("Update-IoTThingGroup none -Description d")]
    public void A_name_that_is_missing_is_an_error(string command) => _shell.Run(command).Fails("ResourceNotFoundException");

    [Fact]
    public void Targets_that_nothing_matches_make_no_job()
    {
        var outcome = _shell.Run("New-IoTJob x -Thing none* -Document '{}'").Succeeds();
        Assert.Contains("no job was created", Assert.Single(outcome.Warnings), StringComparison.Ordinal);

        _shell.Run("New-IoTJob agent -Group eu-1 -Document '{}' -TargetSelection CONTINUOUS | Out-Null; Add-IoTTargetsWithJob agent -Thing none*").IsSilent();
        Assert.Equal("agent", _shell.One("Add-IoTTargetsWithJob agent -Thing lamp-*").JobId);
        Assert.Equal(3, _shell.Run("Get-IoTJob agent -Select Job.Targets").Succeeds().Output.Count);
    }

    [Fact]
    public void Ended_jobs_and_executions_are_not_canceled_again()
    {
        _shell.Run("Stop-IoTJob fw-1; Stop-IoTJobExecution fw-2 lamp-1").IsSilent();

        Assert.Equal(["cfg"], _shell.Run("Stop-IoTJob * -PassThru").Succeeds().Text); // fw-2 is COMPLETED: its only execution was canceled.
        Assert.Empty(_shell.Run("Stop-IoTJobExecution * *").Succeeds().Output);
    }

    [Fact]
    public void Each_is_asked_for_until_all_are_meant()
    {
        _shell.Host.Answer = "No";
        _shell.Run("Remove-IoTThing lamp-*").IsSilent();
        Assert.Equal(2, _shell.Host.Questions.Count);
        Assert.Contains("lamp-1", _shell.Host.Questions[0], StringComparison.Ordinal);
        Assert.Contains("lamp-2", _shell.Host.Questions[1], StringComparison.Ordinal);

        _shell.Host.Answer = "Yes to All";
        _shell.Run("Remove-IoTThing lamp-*").IsSilent();
        Assert.Equal(3, _shell.Host.Questions.Count);
        Assert.Equal(["gate"], _shell.Run("Get-IoTThing | ForEach-Object ThingName").Text);
    }

    [Fact]
    public void WhatIf_names_each_and_changes_nothing()
    {
        var before = _shell.Fingerprint(andLog: false);
        var text = _shell.Host.Text.Length;

        _shell.Run("Remove-IoTJob fw-* -Force -WhatIf; Remove-IoTThing lamp-* -WhatIf; Stop-IoTJobExecution * lamp-* -WhatIf; New-IoTJob x -Thing lamp-* -Document '{}' -WhatIf").IsSilent();

        Assert.Equal(2 + 2 + 3 + 1, _shell.Host.Text[text..].Split("What if:").Length - 1);
        Assert.Equal(before, _shell.Fingerprint(andLog: false));
    }

    [Fact]
    public void An_id_on_the_command_line_stays_a_wildcard_for_each_thing_of_the_pipeline() => Assert.Equal(
        ["cfg", "fw-1", "fw-1", "fw-2"],
        _shell.Run("Get-IoTThing lamp-1, gate | Stop-IoTJobExecution -JobId * -PassThru").Succeeds().Text.Order(StringComparer.Ordinal));

    [Fact]
    public void All_attempts_of_an_execution_are_one()
    {
        _shell.Run("New-IoTJob again -Thing lamp-1 -Document '{}' -Retry 2; Stop-IoTJob fw-*; Start-IoTJNextPendingJobExecution lamp-1 | Update-IoTJJobExecution -Status FAILED").Succeeds();

        Assert.Equal(2, _shell.Run("Get-IoTJobExecutionsForJobList again").Output.Count);
        Assert.Equal(2, _shell.One("Get-IoTJobExecution again lamp-*").ExecutionNumber);
        Assert.Equal(2, _shell.One("Get-IoTJobExecution ag* lamp-1").ExecutionNumber);
        Assert.Equal(1, _shell.One("Get-IoTJobExecution ag* l* -ExecutionNumber 1").ExecutionNumber);
    }

    [Fact]
    public void A_wildcard_reads_the_next_page_only_when_it_is_wanted()
    {
        _shell.Run("1..300 | ForEach-Object { New-IoTThing \"t-$_\" } | Out-Null").Succeeds();

        using var powershell = _shell.Create("Get-IoTThing t-* -Debug | Select-Object -First 3 | ForEach-Object ThingName");
        Assert.Equal(3, powershell.Invoke().Count);
        Assert.Single(powershell.Streams.Debug, record => record.Message.StartsWith("ListThings", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Get-IoTJob Stop-IoTJob Remove-IoTJob Update-IoTJob Get-IoTJobDocument Get-IoTJobExecutionsForJobList Get-IoTJobExecution Stop-IoTJobExecution Remove-IoTJobExecution", "JobId")]
    [InlineData("Get-IoTThing Remove-IoTThing Update-IoTThing Get-IoTJobExecution Stop-IoTJobExecution Remove-IoTJobExecution Add-IoTThingToThingGroup Remove-IoTThingFromThingGroup", "ThingName")]
    [InlineData("Get-IoTThingGroup Remove-IoTThingGroup Remove-IoTDynamicThingGroup Update-IoTThingGroup Update-IoTDynamicThingGroup", "ThingGroupName")]
    [InlineData("Get-IoTJobTemplate Remove-IoTJobTemplate", "JobTemplateId")]
    [InlineData("New-IoTJob Add-IoTTargetsWithJob", "Thing")]
    [InlineData("New-IoTJob Add-IoTTargetsWithJob Get-IoTThing", "Group")]
    public void A_parameter_says_that_it_takes_wildcards(string cmdlets, string parameter)
    {
        foreach (var cmdlet in cmdlets.Split(' '))
        {
            Assert.Contains(_shell.One<CmdletInfo>($"Get-Command {cmdlet}").Parameters[parameter].Attributes, attribute => attribute is SupportsWildcardsAttribute);
        }
    }

    [Fact]
    public void The_help_of_a_parameter_says_that_it_takes_wildcards() => Assert.Empty(_shell.Run("""
        foreach ($command in Get-Command -Module IoTJobsToolkit -CommandType Cmdlet) {
            $page = Get-Content -Raw (Join-Path PAGES "$command.md")
            $command.Parameters.Values | Where-Object { $_.Attributes | Where-Object { $_ -is [SupportsWildcards] } } |
                Where-Object { $page -notmatch "(?ms)^### $($_.Name)\r?\n(?:(?!^##).)*wildcard" } | ForEach-Object { "$command -$($_.Name)" }
        }
        """.Replace("PAGES", $"'{Path.Combine(Shell.Repository, "docs", "help")}'", StringComparison.Ordinal)).Succeeds().Text);
}
