using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Cmdlets.Tests.Waiting;

/// <summary>Watch-IoTJob, while a device acts from another runspace.</summary>
public abstract class WatchTests : IDisposable
{
    private readonly Shell _shell;
    private readonly Shell _device;

    private WatchTests(Where where)
    {
        _shell = new(where);
        _shell.Run("New-IoTThing a, b; New-IoTJob one -Thing a -Document '{}'; New-IoTJob both -Thing a, b -Document '{}'").Succeeds();
        _device = _shell.SecondRunspace();
    }

    public sealed class InProcess() : WatchTests(Where.InProcess)
    {
        /// <summary>The end of the job is among what was left out, and nothing happens after it.</summary>
        [Fact]
        public void Who_takes_changes_too_slowly_is_told_and_still_learns_of_the_end()
        {
            _shell.Run("$script:acted = $false").Succeeds();
            using var watching = new RunningScript(_shell, """
                Watch-IoTJob both -Execution -Verbose | ForEach-Object {
                    if (-not $acted) {
                        $acted = $true
                        1..2100 | ForEach-Object { Update-IoTJJobExecution both a IN_PROGRESS }
                        'a', 'b' | ForEach-Object { Update-IoTJJobExecution both $_ SUCCEEDED }
                    }
                }
                'ended'
                """);
            watching.Await(watching.Streams.Verbose, line => line.Message.StartsWith("Job both is followed", StringComparison.Ordinal));
            Report("a", "IN_PROGRESS");

            var outcome = watching.End().Succeeds();
            Assert.Equal("ended", outcome.Text[^1]);
            Assert.Contains(outcome.Warnings, warning => warning.Contains("left out", StringComparison.Ordinal));
        }

        [Fact]
        public void An_engine_that_fails_ends_the_watch_of_executions()
        {
            using var watching = new RunningScript(_shell, "Watch-IoTJob both -Execution -Verbose");
            watching.Await(watching.Streams.Verbose, line => line.Message.StartsWith("Job both is followed", StringComparison.Ordinal));
            Faults.FailEngine(_shell.DatabasePath);

            watching.End().Fails("ServiceUnavailableException");
        }
    }

    public sealed class ThroughServer() : WatchTests(Where.ThroughServer);

    public void Dispose()
    {
        _device.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void A_job_is_written_each_time_that_it_has_changed_until_it_has_ended()
    {
        using var watching = new RunningScript(_shell, "Watch-IoTJob both");
        Assert.Equal(("both", "IN_PROGRESS", 2L, ""), Facts(watching.Output(0)));
        Report("a", "IN_PROGRESS");
        Assert.Equal(("both", "IN_PROGRESS", 1L, "QUEUED -1, IN_PROGRESS +1"), Facts(watching.Output(1)));
        Report("a", "FAILED");
        Assert.Equal(("both", "IN_PROGRESS", 1L, "IN_PROGRESS -1, FAILED +1"), Facts(watching.Output(2)));
        Report("b", "SUCCEEDED");
        Assert.Equal(("both", "COMPLETED", 0L, "IN_PROGRESS to COMPLETED, QUEUED -1, SUCCEEDED +1"), Facts(watching.Output(3)));

        var last = watching.End().Succeeds().Output[^1];
        Assert.Equal(4, watching.End().Output.Count);
        Assert.Equal("IN_PROGRESS", last.Properties["StatusBefore"].Value.ToString());
    }

    [Fact]
    public void Several_jobs_are_watched_together_and_a_deleted_one_is_gone()
    {
        using var watching = new RunningScript(_shell, "Watch-IoTJob o*, both");
        Assert.Equal("both one", string.Join(' ', new[] { (string)watching.Output(0).JobId, (string)watching.Output(1).JobId }.Order(StringComparer.Ordinal)));
        _device.Run("Remove-IoTJob one -Force").Succeeds();
        _device.Run("Stop-IoTJob both").Succeeds();

        var outcome = watching.End().Succeeds();
        Assert.Contains(outcome.Output, item => item.Properties["JobId"].Value is "one" && item.Properties["Status"].Value?.ToString() is null or "DELETION_IN_PROGRESS");
        Assert.Contains(outcome.Output, item => item.Properties["JobId"].Value is "both" && item.Properties["Status"].Value?.ToString() == "CANCELED");
    }

    [Fact]
    public void Executions_are_written_when_their_status_changes()
    {
        using var watching = new RunningScript(_shell, "Watch-IoTJob both -Execution -Verbose");
        watching.Await(watching.Streams.Verbose, line => line.Message.StartsWith("Job both is followed", StringComparison.Ordinal));
        Report("a", "FAILED");
        Assert.Equal("a 1 QUEUED FAILED", Execution(watching.Output(0)));
        Report("b", "IN_PROGRESS");
        Assert.Equal("b 1 QUEUED IN_PROGRESS", Execution(watching.Output(1)));
        Report("b", "SUCCEEDED");
        Assert.Equal("b 1 IN_PROGRESS SUCCEEDED", Execution(watching.Output(2)));
        Assert.Equal(3, watching.End().Succeeds().Output.Count);
    }

    [Fact]
    public void Executions_that_a_cancellation_ends_are_all_written()
    {
        using var watching = new RunningScript(_shell, "Watch-IoTJob both -Execution -Verbose | ForEach-Object { \"$($_.ThingName) $($_.Status)\" }");
        watching.Await(watching.Streams.Verbose, line => line.Message.StartsWith("Job both is followed", StringComparison.Ordinal));
        _device.Run("Stop-IoTJob both").Succeeds();

        Assert.Equal(["a CANCELED", "b CANCELED"], watching.End().Succeeds().Text.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("Watch-IoTJob over")]
    [InlineData("Watch-IoTJob over -Execution; Get-IoTJob over | Watch-IoTJob -Select *")]
    public void A_job_that_has_ended_is_written_once(string command)
    {
        _shell.Run("New-IoTJob over -Thing a -Document '{}'; Stop-IoTJob over").Succeeds();
        Assert.Equal("CANCELED", _shell.One(command).Status.ToString());
    }

    [Fact]
    public void Its_tables_fit_120_columns()
    {
        var thing = "lamp-" + new string('t', 123);
        _shell.Run($"New-IoTThing {thing}; New-IoTJob over -Thing {thing} -Document '{{}}'; Stop-IoTJob over").Succeeds();
        var job = Lines("Watch-IoTJob over");
        Assert.Equal("Time Status Queued Running OK Failed Changes JobId", string.Join(' ', job[0].Split(' ', StringSplitOptions.RemoveEmptyEntries)));
        using var watching = new RunningScript(_shell, "Watch-IoTJob both -Execution -Verbose | Select-Object -First 1 | Out-Default");
        watching.Await(watching.Streams.Verbose, line => line.Message.StartsWith("Job both is followed", StringComparison.Ordinal));
        Report("a", "FAILED");
        watching.End().Succeeds();
        var shown = Regex.Replace(_shell.Host.Text, "\x1b\\[[0-9;]*m", "");
        Assert.Matches("Time +Before +Status +Number JobId +ThingName", shown);
        Assert.All(shown.Split('\n'), line => Assert.InRange(line.TrimEnd().Length, 0, 120));
    }

    [Fact]
    public void A_job_that_is_not_there_is_an_error() => _shell.Run("Watch-IoTJob nothing").Fails("ResourceNotFoundException");

    [Fact]
    public void What_is_watched_pipes_into_other_cmdlets()
    {
        Assert.Equal("both", _shell.Run("Watch-IoTJob both | Select-Object -First 1 | Get-IoTJob | ForEach-Object JobId").Succeeds().Text.Single());
        using var watching = new RunningScript(_shell, "Watch-IoTJob both -Execution -Verbose | Select-Object -First 1 | Get-IoTJobExecution");
        watching.Await(watching.Streams.Verbose, line => line.Message.StartsWith("Job both is followed", StringComparison.Ordinal));
        Report("a", "REJECTED");
        Assert.Equal("REJECTED", watching.Output(0).Status.ToString());
    }

    private List<string> Lines(string command) => [.. _shell.Show(command).Split('\n').Select(line => line.TrimEnd()).Where(line => line.Length > 0)];

    private static (string JobId, string Status, long Queued, string Changes) Facts(dynamic change) =>
        ((string)change.JobId, (string)change.Status.ToString(), (long)change.Counts.Queued, (string)change.Changes);

    private static string Execution(dynamic change) => $"{change.ThingName} {change.ExecutionNumber} {change.StatusBefore} {change.Status}";

    private void Report(string thing, string status) => _device.Run($"Update-IoTJJobExecution both {thing} {status}").Succeeds();
}
