using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Work;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>jobs-reference 9.3: what else happens to a job while its end time still cancels its executions.</summary>
public sealed class EndSweepTests
{
    [Fact]
    public async Task A_canceled_job_is_told_of_once_when_an_abort_meets_the_sweep_of_the_end()
    {
        var store = new InMemoryJobsStore();
        store.Commit(new() { EventConfigurations = new() { Enabled = [EventType.JOB] } });
        using var t = new TestEngine(store: store);
        await t.Things("a", "b");
        using var events = t.Engine.Subscribe(100_000);
        await t.Run(new CreateJob("j", [ThingArn("a"), ThingArn("b")])
        {
            Document = "{}",
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 60 },
            AbortConfig = new()
            {
                CriteriaList =
                [
                    new() { FailureType = JobExecutionFailureType.TIMED_OUT, Action = AbortAction.CANCEL, ThresholdPercentage = 1, MinNumberOfExecutedThings = 1 },
                ],
            },
            SchedulingConfig = new() { EndTime = "2026-12-01T11:00", EndBehavior = JobEndBehavior.CANCEL },
        });
        await t.StartNext("a");
        await t.At(3600);
        Assert.Equal(JobStatus.CANCELED, (await t.Job("j")).Status);
        t.Engine.Dispose();
        var told = new List<JobEventStatus>();
        while (events.Batches.TryRead(out var batch))
        {
            told.AddRange(batch.Events.OfType<JobEvent>().Select(e => e.Status));
        }
        Assert.Equal([JobEventStatus.CANCELLATION_IN_PROGRESS, JobEventStatus.CANCELED], told);
    }

    [Fact]
    public void What_the_first_cancel_covers_stays_as_that_one_cancels_it_however_many_follow()
    {
        var progress = new JobProgress(1) { Counts = new(5, 5, 0, 0, 0, 0, 0, 0) };
        var end = Cancellation.SweepOf(progress, T0, "system", force: false, ChangeOrigin.EndTime);
        var canceled = Cancellation.SweepOf(progress with { Sweep = end }, T0.AddSeconds(1), "admin", force: false, ChangeOrigin.Operator);
        var forced = Cancellation.SweepOf(progress with { Sweep = canceled }, T0.AddSeconds(2), "admin", force: true, ChangeOrigin.Operator);
        Assert.Equal(end, canceled?.Earlier);
        Assert.Equal(end, forced?.Earlier);
    }
}
