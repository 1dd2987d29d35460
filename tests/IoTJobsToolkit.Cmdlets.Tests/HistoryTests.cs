using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Tests;

public abstract class HistoryTests : IDisposable
{
    private readonly Shell _shell;

    private HistoryTests(Where where)
    {
        _shell = new(where);
        _shell.Run("""
            New-IoTThing lamp-1; New-IoTThing lamp-2
            Get-IoTThing | New-IoTJob -JobId fw-7 -Document '{}'
            Start-IoTJNextPendingJobExecution lamp-1 | Update-IoTJJobExecution -Status FAILED -StatusDetails @{ reason = 'battery low' }
            Stop-IoTJob fw-7 -Force -Confirm:$false
            """).Succeeds();
    }

    public sealed class InProcess() : HistoryTests(Where.InProcess);

    public sealed class ThroughServer() : HistoryTests(Where.ThroughServer);

    public void Dispose() => _shell.Dispose();

    [Theory]
    [InlineData("Get-IoTJobHistory fw-7")]
    [InlineData("Get-IoTJobHistory FW-*")]
    [InlineData("Get-IoTJob fw-7 | Get-IoTJobHistory -MaxResult 1")]
    public void A_job_tells_what_happened_to_it(string command)
    {
        var changes = _shell.Run(command).Succeeds().Output.Select(item => Assert.IsType<JobHistoryEntry>(item.BaseObject)).ToList();

        Assert.Equal(["created", "rollout finished", "canceled", "all executions canceled"], changes.Select(change => change.What));
    }

    [Theory]
    [InlineData("Get-IoTJobExecutionHistory fw-7 lamp-1")]
    [InlineData("Get-IoTJobExecution fw-7 lamp-1 | Get-IoTJobExecutionHistory")]
    [InlineData("Get-IoTJobExecutionsForJobList fw-7 -Status FAILED | Get-IoTJobExecutionHistory -MaxResult 1")]
    public void An_execution_tells_how_it_came_to_its_end(string command)
    {
        var changes = _shell.Run(command).Succeeds().Output.Select(item => Assert.IsType<JobExecutionHistoryEntry>(item.BaseObject)).ToList();

        Assert.Equal(["QUEUED", "IN_PROGRESS", "FAILED"], changes.Select(change => change.To.ToString()));
        Assert.Equal("battery low", changes[^1].StatusDetails!["reason"]);
    }

    [Fact]
    public void A_moment_before_everything_shows_nothing_and_this_one_shows_the_end()
    {
        Assert.Empty(_shell.Run("Get-IoTJobExecutionHistory fw-7 -At 1").Succeeds().Output);
        Assert.Equal(["CANCELED", "FAILED"], _shell.Run("Get-IoTJobExecutionHistory fw-7 -At 0 | ForEach-Object To | Sort-Object { \"$_\" }").Succeeds().Text);
    }

    [Fact]
    public void It_reads_in_a_table_and_goes_into_a_file()
    {
        Assert.Contains("battery low", _shell.Run("Get-IoTJobExecutionHistory fw-7 | ConvertTo-Json -Compress").Succeeds().Text[0], StringComparison.Ordinal);
        Assert.Matches("QUEUED +IN_PROGRESS +fw-7 +lamp-1", _shell.Show("Get-IoTJobExecutionHistory fw-7"));
        Assert.Matches("StatusDetails +: reason = battery low", _shell.Show("Get-IoTJobExecutionHistory fw-7 | Format-List"));
        Assert.Contains("created", _shell.Show("Get-IoTJobHistory fw-7"), StringComparison.Ordinal);
    }
}
