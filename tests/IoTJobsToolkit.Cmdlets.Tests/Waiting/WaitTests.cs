using System.Diagnostics;
using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Tests.Waiting;

/// <summary>Wait-IoTJob, while a device acts from another runspace.</summary>
public abstract class WaitTests : IDisposable
{
    private readonly Shell _shell;
    private readonly Shell _device;

    private WaitTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
            New-IoTThing a, b
            New-IoTJob one -Thing a -Document '{}'
            New-IoTJob both -Thing a, b -Document '{}'
            New-IoTJob over -Thing a -Document '{}'; Stop-IoTJob over
            """).Succeeds();
        _device = _shell.SecondRunspace();
    }

    public sealed class InProcess() : WaitTests(Where.InProcess);

    public sealed class ThroughServer() : WaitTests(Where.ThroughServer)
    {
        [Fact]
        public void A_server_that_is_away_for_a_moment_ends_no_wait()
        {
            using var waiting = Waits("Wait-IoTJob one -Verbose");
            _shell.StopServer();

            waiting.Await(waiting.Streams.Warning, warning => warning.Message.Contains("tried again", StringComparison.Ordinal));
            Report("a", "one");
            Assert.Equal("COMPLETED", Assert.Single(waiting.End().Succeeds().Output).Properties["Status"].Value.ToString());
        }
    }

    public void Dispose()
    {
        _device.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void The_wait_is_over_when_the_last_device_has_reported()
    {
        using var waiting = Waits("Wait-IoTJob both");
        Report("a", "both");
        waiting.Await(waiting.Streams.Progress, progress => progress.PercentComplete == 50);
        Report("b", "both", "FAILED");

        var job = Assert.IsType<DescribeJobResponse>(Assert.Single(waiting.End().Succeeds().Output).BaseObject);
        Assert.Equal(("both", "COMPLETED", 1L), (job.JobId, job.Status.ToString(), job.Job.JobProcessDetails.NumberOfFailedThings));
    }

    [Fact]
    public void Jobs_that_come_down_the_pipeline_are_waited_for_together_and_written_as_they_end()
    {
        using var waiting = Waits("Get-IoTJob one, both | Wait-IoTJob");
        Report("a", "one", "SUCCEEDED");
        Assert.Equal("one", waiting.Output(0).JobId);
        Assert.False(waiting.HasEnded);
        Report("a", "both");
        Report("b", "both");
        Assert.Equal("both", waiting.Output(1).JobId);
        waiting.End().Succeeds();
    }

    [Theory]
    [InlineData("Wait-IoTJob over", "over")]
    [InlineData("Wait-IoTJob ov*, over", "over")]
    [InlineData("Wait-IoTJob nothing-*", "")]
    [InlineData("Wait-IoTJob one IN_PROGRESS", "one")]
    [InlineData("'one', 'both' | Wait-IoTJob -Until 'QUEUED > 0'", "one, both")]
    [InlineData("Wait-IoTJob both -Until { $_.Job.JobProcessDetails.NumberOfQueuedThings -eq $n }", "both")]
    [InlineData("Wait-IoTJob both -Until 'ended<=50%' -Select ^JobId", "both")]
    [InlineData("Wait-IoTJob one -Until (Get-IoTJob one).Status -Select Status", "IN_PROGRESS")]
    public void What_is_reached_already_is_written_at_once(string command, string expected) => Assert.Equal(
        expected, string.Join(", ", _shell.Run($"$n = 2; {command} | ForEach-Object {{ $_.JobId ?? \"$_\" }}").Succeeds().Text));

    [Theory]
    [InlineData("'SUCCEEDED >= 1'", "SUCCEEDED")]
    [InlineData("'ENDED >= 50%'", "REJECTED")]
    [InlineData("'FAILED > 0'", "FAILED")]
    [InlineData("'QUEUED = 1'", "IN_PROGRESS")]
    [InlineData("{ $_.Job.JobProcessDetails.NumberOfFailedThings -gt $none }", "FAILED")]
    public void The_wait_is_over_when_the_count_is_reached(string until, string status)
    {
        using var waiting = Waits($"$none = 0; Wait-IoTJob both -Until {until}");
        Report("a", "both", status);

        Assert.Equal("IN_PROGRESS", Assert.Single(waiting.End().Succeeds().Output).Properties["Status"].Value.ToString());
    }

    [Theory]
    [InlineData("over -Until IN_PROGRESS", "Job over is CANCELED, with 1 of 1 executions ended and 0 failed: that it is IN_PROGRESS will not come any more.")]
    [InlineData("over -Until COMPLETED", "COMPLETED will not come")]
    [InlineData("over -Until 'SUCCEEDED > 0'", "SUCCEEDED > 0 will not come")]
    [InlineData("over -Until { $false }", "that {$false} will not come")]
    [InlineData("both -Until 'SUCCEEDED >= 3'", "SUCCEEDED >= 3 will not come")]
    [InlineData("both -Until 'ENDED > 100%'", "ENDED > 100% will not come")]
    [InlineData("both -Until 'QUEUED > 2'", "QUEUED > 2 will not come")]
    [InlineData("both -Until SCHEDULED", "it is SCHEDULED will not come")]
    public void What_a_job_cannot_reach_is_an_error_at_once(string command, string message)
    {
        var error = _shell.Run($"Wait-IoTJob {command}").Fails("JobWaitOutOfReach");

        Assert.Contains(message.Replace("{$false}", "{ $false }", StringComparison.Ordinal), error.Exception.Message, StringComparison.Ordinal);
        Assert.Equal(ErrorCategory.InvalidOperation, error.CategoryInfo.Category);
        Assert.IsType<DescribeJobResponse>(error.TargetObject);
    }

    [Fact]
    public void What_was_within_reach_and_no_longer_is_ends_the_wait()
    {
        using var waiting = Waits("Wait-IoTJob both -Until 'SUCCEEDED = 2'");
        Report("a", "both", "FAILED");

        Assert.Contains("1 of 2 executions ended and 1 failed", waiting.End().Fails("JobWaitOutOfReach").Exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_is_deleted_meanwhile_has_ended()
    {
        using var waiting = Waits("Wait-IoTJob one");
        using var other = Waits("Wait-IoTJob both -Until 'SUCCEEDED > 0'", _shell.SecondRunspace());
        _device.Run("Remove-IoTJob one, both -Force").Succeeds();

        Assert.Equal("one", Assert.Single(waiting.End().Succeeds().Output).Properties["JobId"].Value);
        other.End().Fails("JobWaitOutOfReach");
    }

    [Fact]
    public void A_terminal_that_draws_the_bar_longer_than_there_is_time_left_changes_nothing()
    {
        _shell.Run("Get-IoTJob one").Succeeds();
        using var script = _shell.Create("Wait-IoTJob one -Timeout 0.25");
        script.Streams.Progress.DataAdded += (_, _) =>
        {
            var drawn = Stopwatch.StartNew();
            SpinWait.SpinUntil(() => drawn.Elapsed > TimeSpan.FromSeconds(0.4));
        };

        script.Invoke();

        Assert.Equal("JobWaitTimedOut,IoTJobsToolkit.Cmdlets.WaitIoTJobCommand", Assert.Single(script.Streams.Error).FullyQualifiedErrorId);
    }

    [Theory]
    [InlineData("-Timeout 0")]
    [InlineData("-Timeout 0.2")]
    [InlineData("-Timeout '00:00:00.2'")]
    [InlineData("-Timeout ([timespan]::FromMilliseconds(200))")]
    public void A_wait_that_takes_too_long_tells_how_far_each_job_is_and_goes_on(string timeout)
    {
        var outcome = _shell.Run($"Wait-IoTJob one, both, over {timeout} | ForEach-Object JobId; 'goes on'");

        Assert.Equal(["over", "goes on"], outcome.Text);
        Assert.Equal(["one", "both"], outcome.Errors.Select(error => ((DescribeJobResponse)error.TargetObject).JobId));
        Assert.All(outcome.Errors, error => Assert.Equal("JobWaitTimedOut,IoTJobsToolkit.Cmdlets.WaitIoTJobCommand", error.FullyQualifiedErrorId));
        Assert.Equal(ErrorCategory.OperationTimeout, outcome.Errors[1].CategoryInfo.Category);
        Assert.Matches("^Job both is IN_PROGRESS after .* s, with 0 of 2 executions ended and 0 failed; it was waited for until it has ended.$", outcome.Errors[1].Exception.Message);
        Assert.Contains("Stop-IoTJob both", outcome.Errors[1].ErrorDetails.RecommendedAction, StringComparison.Ordinal);
    }

    [Fact]
    public void A_job_that_is_not_there_is_an_error_and_the_others_are_waited_for()
    {
        var outcome = _shell.Run("Wait-IoTJob nothing, over");

        Assert.Equal("over", Assert.Single(outcome.Output).Properties["JobId"].Value);
        Assert.StartsWith("ResourceNotFoundException,", Assert.Single(outcome.Errors).FullyQualifiedErrorId, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("-Until never", "'never' is nothing to wait for")]
    [InlineData("-Until 'FAILED >> 1'", "is nothing to wait for")]
    [InlineData("-Until 7", "'7' is nothing to wait for")]
    [InlineData("-Timeout soon", "'soon' is no length of time")]
    [InlineData("-Timeout -1", "'-1' is no length of time")]
    public void What_cannot_be_meant_is_refused_with_what_can(string arguments, string message) => Assert.Contains(
        message, _shell.Run($"Wait-IoTJob one {arguments}").Fails("ParameterArgumentTransformationError").Exception.Message, StringComparison.Ordinal);

    [Fact]
    public void A_job_that_nothing_ends_is_warned_of()
    {
        _shell.Run("New-IoTThingGroup g; New-IoTJob agent -Group g -Document '{}' -TargetSelection CONTINUOUS").Succeeds();

        var outcome = _shell.Run("Wait-IoTJob agent -Timeout 0 -ErrorAction SilentlyContinue");
        Assert.Contains("CONTINUOUS and has no end time", Assert.Single(outcome.Warnings), StringComparison.Ordinal);
    }

    [Fact]
    public void The_bar_shows_percent_pace_and_the_time_that_is_left()
    {
        using var waiting = Waits("Wait-IoTJob both -Until 'ENDED >= 2'");
        Report("a", "both", "FAILED");
        var half = waiting.Await(waiting.Streams.Progress, progress => progress.PercentComplete == 50);
        Report("b", "both");
        var outcome = waiting.End().Succeeds();

        Assert.Equal("Waiting for job both", half.Activity);
        Assert.Matches("^IN_PROGRESS; 1 of 2 executions ended, 1 failed; [0-9,]+ a minute$", half.StatusDescription);
        Assert.Equal("until ENDED >= 2", half.CurrentOperation);
        Assert.InRange(half.SecondsRemaining, 1, 60);
        Assert.Equal(ProgressRecordType.Completed, outcome.Progress[^1].RecordType);
        Assert.All(outcome.Progress, record => Assert.InRange(record.PercentComplete, -1, 100));
    }

    /// <summary>A wait that has begun: its bar is shown.</summary>
    private RunningScript Waits(string script, Shell? shell = null)
    {
        var running = new RunningScript(shell ?? _shell, script);
        running.Await(running.Streams.Progress, progress => progress.Activity.StartsWith("Waiting for", StringComparison.Ordinal));
        return running;
    }

    private void Report(string thing, string job, string status = "SUCCEEDED") =>
        _device.Run($"Update-IoTJJobExecution {job} {thing} {status}").Succeeds();
}
