using System.Management.Automation;
using System.Management.Automation.Runspaces;

namespace IoTJobsToolkit.Cmdlets.Tests.Waiting;

/// <summary>-AsJob: a job of the shell, with the cmdlets that PowerShell has for those.</summary>
public abstract class BackgroundTests : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(30);

    private readonly Shell _shell;
    private readonly Shell _device;

    private BackgroundTests(Where where)
    {
        _shell = new(where);
        _shell.Run("New-IoTThing a; New-IoTJob one -Thing a -Document '{}'").Succeeds();
        _device = _shell.SecondRunspace();
    }

    public sealed class InProcess() : BackgroundTests(Where.InProcess)
    {
        [Fact]
        public void It_keeps_the_connection_with_which_it_began()
        {
            using var waiting = new RunningScript(_shell, $"""
                $job = Wait-IoTJob one -AsJob
                Connect-IoTJobs '{_shell.Folder}/other.db'
                $job.Location
                'ready'
                $job | Receive-Job -Wait -AutoRemoveJob
                """);
            Assert.Equal("ready", waiting.Output(1).ToString());
            _device.Run($"Connect-IoTJobs '{_shell.DatabasePath}'; Update-IoTJJobExecution one a SUCCEEDED").Succeeds();

            Assert.Equal("COMPLETED", waiting.Output(2).Status.ToString());
            Assert.Equal(_shell.DatabasePath, waiting.End().Succeeds().Text[0]);
        }

        [Fact]
        public void Remove_Module_ends_it_and_lets_the_file_go()
        {
            Assert.Equal("Running", _shell.One("$job = Watch-IoTJob one -AsJob; while ($job.Output.Count -eq 0) { [System.Threading.Thread]::Yield() > $null }; $job.State").ToString());
            Assert.Throws<IOException>(() => OtherProcess.Holds(_shell.DatabasePath));

            _device.Run("Remove-Module IoTJobsToolkit").Succeeds();
            Assert.Equal("Running", _shell.One("$job.State").ToString());
            _shell.Run("Remove-Module IoTJobsToolkit").Succeeds();
            OtherProcess.Holds(_shell.DatabasePath).Dispose();
            Assert.Equal("Stopped", _shell.One("$job.State").ToString());
            _shell.Run($"Import-Module '{Shell.Manifest}'").Succeeds();
        }

        [Fact]
        public void It_ends_with_the_runspace_that_began_it()
        {
            var other = _shell.SecondRunspace();
            var job = (Job)Assert.Single(other.Run("$job = Watch-IoTJob one -AsJob; while ($job.Output.Count -eq 0) { [System.Threading.Thread]::Yield() > $null }; $job").Succeeds().Output).BaseObject;
            other.Dispose();
            Assert.Equal(JobState.Stopped, job.JobStateInfo.State);
        }

        /// <summary>What it does afterwards would be an exception on its own thread, and that the end of the process.</summary>
        [Fact]
        public async Task Who_removes_it_while_it_ends_waits_for_that()
        {
            var stop = TestContext.Current.CancellationToken;
            var slot = Guid.NewGuid().ToString();
            var job = (Job)Assert.Single(_shell.Run(
                $"Wait-IoTJob one -Until {{ [AppDomain]::CurrentDomain.SetData('{slot}', [runspace]::DefaultRunspace); $_.Status -eq 'COMPLETED' }} -AsJob").Succeeds().Output).BaseObject;
            Assert.True(SpinWait.SpinUntil(() => AppDomain.CurrentDomain.GetData(slot) is not null, Deadline));
            var runspace = (Runspace)AppDomain.CurrentDomain.GetData(slot)!;
            using var closing = new ManualResetEventSlim();
            using var goOn = new ManualResetEventSlim();
            runspace.StateChanged += (_, change) =>
            {
                if (change.RunspaceStateInfo.State == RunspaceState.Closing)
                {
                    closing.Set();
                    goOn.Wait(Deadline, stop);
                }
            };
            _device.Run("Update-IoTJJobExecution one a SUCCEEDED").Succeeds();
            Assert.True(closing.Wait(Deadline, stop));

            var removal = Task.Run(job.Dispose, stop);
            await Assert.ThrowsAsync<TimeoutException>(() => removal.WaitAsync(TimeSpan.FromMilliseconds(200), stop));
            goOn.Set();
            await removal.WaitAsync(Deadline, stop);
            Assert.Equal(JobState.Completed, job.JobStateInfo.State);
        }
    }

    public sealed class ThroughServer() : BackgroundTests(Where.ThroughServer);

    public void Dispose()
    {
        _device.Dispose();
        _shell.Dispose();
    }

    [Fact]
    public void It_is_a_job_with_its_output_and_its_end()
    {
        using var waiting = new RunningScript(_shell, """
            $job = Get-IoTJob one | Wait-IoTJob -AsJob
            "$($job.State) $($job.Command) $((Get-Job -Id $job.Id).PSJobTypeName)"
            $job | Wait-Job | ForEach-Object State
            Receive-Job $job
            Remove-Job $job
            @(Get-Job).Count
            """);
        Assert.Equal("Running Wait-IoTJob one IoTJobsToolkit", waiting.Output(0).ToString());
        _device.Run("Update-IoTJJobExecution one a SUCCEEDED").Succeeds();

        Assert.Equal("Completed", waiting.Output(1).ToString());
        Assert.Equal("COMPLETED", waiting.Output(2).Status.ToString());
        Assert.Equal("0", waiting.Output(3).ToString());
        waiting.End().Succeeds();
    }

    [Fact]
    public void Its_objects_come_while_it_runs_and_Stop_Job_ends_it()
    {
        using var watching = new RunningScript(_shell, """
            $job = Watch-IoTJob one -AsJob
            while ($job.Output.Count -lt 1) { [System.Threading.Thread]::Yield() > $null }
            (Receive-Job $job).Counts.Queued
            while ($job.Output.Count -lt 1) { [System.Threading.Thread]::Yield() > $null }
            (Receive-Job $job).Changes
            Stop-Job $job
            $job.State
            Remove-Job $job
            """);
        Assert.Equal("1", watching.Output(0).ToString());
        _device.Run("Update-IoTJJobExecution one a IN_PROGRESS").Succeeds();
        Assert.Equal("QUEUED -1, IN_PROGRESS +1", watching.Output(1).ToString());
        Assert.Equal("Stopped", watching.Output(2).ToString());
        watching.End().Succeeds();
    }

    [Fact]
    public void Errors_and_progress_are_in_its_streams()
    {
        var outcome = _shell.Run("""
            $job = Wait-IoTJob one, nothing -Timeout 0.6 -AsJob | Wait-Job
            $job.State
            $job.Progress | ForEach-Object Activity | Select-Object -First 1
            Receive-Job $job
            """);
        Assert.Equal(["Completed", "Waiting for job one"], outcome.Text);
        Assert.Equal(
            ["JobWaitTimedOut", "ResourceNotFoundException"],
            outcome.Errors.Select(error => error.FullyQualifiedErrorId.Split(',')[0]).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_script_block_is_run_there() => Assert.Equal(
        "one", _shell.One("Wait-IoTJob one -Until { $_.Job.JobProcessDetails.NumberOfQueuedThings -eq 1 } -AsJob | Receive-Job -Wait -AutoRemoveJob").JobId);

    [Fact]
    public void Remove_Job_with_force_ends_it()
    {
        var job = (Job)Assert.Single(_shell.Run("$job = Watch-IoTJob one -AsJob; $job; Remove-Job $job -Force").Succeeds().Output).BaseObject;
        Assert.Equal(JobState.Stopped, job.JobStateInfo.State);
    }

    [Fact]
    public void Waits_run_in_parallel_too()
    {
        using var waiting = new RunningScript(_shell, $$"""
            'ready'
            1..3 | ForEach-Object -Parallel { Import-Module '{{Shell.Manifest}}'; Wait-IoTJob one | ForEach-Object { "$using:n $($_.Status)" } } -ThrottleLimit 3
            """.Replace("'ready'", "$n = 7; 'ready'", StringComparison.Ordinal));
        waiting.Output(0);
        _device.Run("Update-IoTJJobExecution one a SUCCEEDED").Succeeds();
        Assert.Equal(["ready", "7 COMPLETED", "7 COMPLETED", "7 COMPLETED"], waiting.End().Succeeds().Text);
    }
}
