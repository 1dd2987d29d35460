using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests;

/// <summary>Why executions failed, and trying the failed ones once more.</summary>
public abstract class FailureTests : IDisposable
{
    private readonly Shell _shell;

    private FailureTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
            $null = New-IoTThing a, b, c, d
            $null = Get-IoTThing | New-IoTJob fw-7 -Document '{"op":"install"}'
            'a', 'b' | ForEach-Object { Update-IoTJJobExecution fw-7 $_ FAILED -StatusDetails @{ reason = 'disk full' } }
            $null = Update-IoTJJobExecution fw-7 c REJECTED -StatusDetails @{ reason = '[E17] wrong model' }
            """).Succeeds();
    }

    public sealed class InProcess() : FailureTests(Where.InProcess);

    public sealed class ThroughServer() : FailureTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Fact]
    public void Reasons_are_counted_and_lead_to_the_executions()
    {
        Assert.Equal(["disk full 2", "[E17] wrong model 1"], _shell.Run("Get-IoTJobFailureReason fw-* | ForEach-Object { $_.Reason + ' ' + $_.Count }").Succeeds().Text);
        Assert.Equal(["a", "b"], _shell.Run("(Get-IoTJobFailureReason fw-7)[0] | Get-IoTJobFailure -Select Failures.ThingName").Succeeds().Text);
        Assert.Equal(["c"], _shell.Run("(Get-IoTJobFailureReason fw-7)[1] | Get-IoTJobFailure | ForEach-Object ThingName").Succeeds().Text);
        Assert.Contains("disk full", _shell.Show("Get-IoTJobFailureReason fw-7"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("Get-IoTJobFailure fw-7", "a b c")]
    [InlineData("Get-IoTJobFailure fw-7 disk*", "a b")]
    [InlineData("Get-IoTJobFailure fw-7 'disk full'", "a b")]
    [InlineData("Get-IoTJobFailure fw-7 -Status rejected", "c")]
    [InlineData("Get-IoTJobFailure fw-7 -MaxResult 1", "a b c")]
    [InlineData("$null = Restart-IoTJobExecution fw-7 a; Get-IoTJobFailure fw-7 -Latest", "b c")]
    public void Failures_are_listed_all_or_those_asked_for(string command, string things) =>
        Assert.Equal(things.Split(' '), _shell.Run($"{command} | ForEach-Object ThingName").Succeeds().Text);

    [Fact]
    public void All_that_failed_is_tried_again_in_the_job_while_it_runs()
    {
        Assert.Equal(["a 2", "b 2", "c 2"], _shell.Run("Restart-IoTJobExecution fw-7 | ForEach-Object { $_.ThingName + ' ' + $_.ExecutionNumber }").Succeeds().Text);
        Assert.Empty(_shell.Run("Restart-IoTJobExecution fw-7").Succeeds().Output);
        Assert.Equal(4, _shell.Run("Get-IoTJobExecutionsForJobList fw-7 -Status QUEUED").Succeeds().Output.Count);
    }

    [Theory]
    [InlineData("Restart-IoTJobExecution fw-7 -Reason disk*", "a b")]
    [InlineData("Restart-IoTJobExecution fw-7 [b-c] -Reason disk*", "b")]
    [InlineData("Restart-IoTJobExecution fw-7 c -Reason disk*", "")]
    [InlineData("Get-IoTJobFailure fw-7 '[E17] wrong model' | Restart-IoTJobExecution", "c")]
    [InlineData("Get-IoTJobExecutionsForJobList fw-7 -Status FAILED | Restart-IoTJobExecution", "a b")]
    [InlineData("Get-IoTJobExecution fw-7 b | Restart-IoTJobExecution", "b")]
    public void Some_are_tried_again_by_reason_or_by_the_pipeline(string command, string things) =>
        Assert.Equal(things.Split(' ', StringSplitOptions.RemoveEmptyEntries), _shell.Run($"{command} | ForEach-Object ThingName").Succeeds().Text);

    [Fact]
    public void Of_a_job_that_has_ended_one_new_job_is_made_for_all_of_them()
    {
        _shell.Run("Stop-IoTJob fw-7 -Force").Succeeds();

        var restarted = _shell.One<RestartJobResponse>("Get-IoTJobFailure fw-7 | Restart-IoTJobExecution -Comment 'more disk'");
        Assert.Equal(("fw-7", "fw-7-retry-1"), (restarted.JobId, restarted.NewJobId));
        Assert.Equal(["a", "b", "c"], _shell.Run("Get-IoTJobExecutionsForJobList fw-7-retry-1 | ForEach-Object ThingName").Succeeds().Text);
        Assert.Equal("fw-7-retry-2", _shell.One<RestartJobResponse>("Restart-IoTJobExecution fw-7 a").NewJobId);
        Assert.Equal("last", _shell.One<RestartJobResponse>("Restart-IoTJobExecution fw-7 d -NewJobId last").NewJobId);
        var lineage = _shell.One<DescribeJobLineageResponse>("Get-IoTJobLineage fw-7");
        Assert.Equal(["fw-7-retry-1", "fw-7-retry-2", "last"], lineage.Restarts);
        Assert.Equal("fw-7", _shell.One<DescribeJobLineageResponse>("Get-IoTJob last | Get-IoTJobLineage").RestartOf);
        Assert.Contains("as fw-7-retry-1: more disk", _shell.Run("Get-IoTJobHistory fw-7 | Where-Object Details | ForEach-Object Details").Succeeds().Text);
    }

    [Fact]
    public void A_new_job_for_more_things_than_targets_are_allowed_gets_a_group()
    {
        _shell.Run("""
            $null = 1..101 | ForEach-Object { "t-$_" } | New-IoTThing
            $null = Get-IoTThing | Where-Object ThingName -like 't-*' | Add-IoTThingToThingGroup -ThingGroupName (New-IoTThingGroup all).ThingGroupName
            $null = New-IoTJob cfg -Group all -Document '{}'
            Stop-IoTJob cfg -Force
            """).Succeeds();

        Assert.Equal("cfg-retry-1", _shell.One<RestartJobResponse>("Get-IoTJobExecutionsForJobList cfg | Restart-IoTJobExecution").NewJobId);
        Assert.Equal(101, _shell.Run("Get-IoTJobExecutionsForJobList cfg-retry-1").Succeeds().Output.Count);
        Assert.Equal(["cfg-retry-1"], _shell.Run("(Get-IoTThingGroup cfg-retry-1).ThingGroupName").Succeeds().Text);
        _shell.Run("$null = New-IoTJob other -Thing a -Document '{}'; Stop-IoTJob other -Force").Succeeds();
        _shell.Run("Get-IoTJobExecutionsForJobList cfg | Restart-IoTJobExecution -NewJobId other").Fails("ResourceAlreadyExistsException");
        _shell.Run("Get-IoTThingGroup other").Fails("ResourceNotFoundException"); // No group is left of what was refused.
    }

    [Theory]
    [InlineData("Restart-IoTJobExecution fw-7 d", "InvalidStateTransitionException", "is QUEUED")]
    [InlineData("Restart-IoTJobExecution fw7 a", "ResourceNotFoundException", "fw-7")]
    [InlineData("Restart-IoTJobExecution fw-7 x", "ResourceNotFoundException", "x")]
    [InlineData("Stop-IoTJob fw-7 -Force; Restart-IoTJobExecution fw-7 a -NewJobId fw-7", "ResourceAlreadyExistsException", "fw-7")]
    public void What_cannot_be_is_refused_with_the_reason(string command, string id, string words)
    {
        var record = _shell.Run(command).Fails(id);

        Assert.Contains(words, record.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_new_job_is_asked_for_once_with_what_it_is_for()
    {
        _shell.Run("Stop-IoTJob fw-7 -Force").Succeeds();

        _shell.Run("Restart-IoTJobExecution fw-7 -WhatIf").IsSilent();
        Assert.Contains("fw-7-retry-1", _shell.Host.Text, StringComparison.Ordinal);
        Assert.Contains("Create job to try fw-7 once more on 3 things", _shell.Host.Text, StringComparison.Ordinal);
    }

    [Fact]
    public void Reasons_beyond_those_that_are_counted_are_told()
    {
        _shell.Run("""
            $null = 1..34 | ForEach-Object { "t-$_" } | New-IoTThing
            $null = Get-IoTThing | Where-Object ThingName -like 't-*' | New-IoTJob many -Document '{}'
            1..34 | ForEach-Object { Update-IoTJJobExecution many "t-$_" FAILED -StatusDetails @{ reason = "reason $_" } }
            """).Succeeds();

        var outcome = _shell.Run("Get-IoTJobFailureReason many");
        Assert.Equal(32, outcome.Output.Count);
        Assert.Contains("2 more executions", Assert.Single(outcome.Warnings).ToString(), StringComparison.Ordinal);
    }
}
