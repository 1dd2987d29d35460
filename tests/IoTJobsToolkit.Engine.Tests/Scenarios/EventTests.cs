using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>Which events are raised, when and in which order: mqtt-api 8, examples.md 9, 10, 19, 20; t in seconds.</summary>
public sealed class EventTests : IDisposable
{
    private readonly TestEngine _t = new();
    private Told _told = null!;

    public void Dispose()
    {
        _told?.Dispose();
        _t.Dispose();
    }

    [Fact]
    public async Task A_forced_cancel_tells_its_begin_then_each_execution_then_its_end()
    {
        await CreateC1();
        await _t.At(100);
        await _t.Run(new CancelJob("c1") { Force = true, ReasonCode = "ROLLBACK_1", Comment = "bad build" });
        var events = _told.Events();
        Assert.Equal(["job cancellation_in_progress", "B canceled", "C canceled", "E canceled", "job canceled"], events.Select(Told.Line));
        Assert.All(events, e => Assert.Equal(T0.AddSeconds(100), e.At));
        foreach (var job in events.OfType<JobEvent>().Select(e => e.Job))
        {
            Assert.Equal(("c1", "ROLLBACK_1", "bad build", T0, T0.AddSeconds(100)), (job.JobId, job.ReasonCode, job.Comment, job.CreatedAt, job.LastUpdatedAt));
        }
        Assert.All(events.OfType<JobExecutionEvent>(), e => Assert.Equal((CANCELED, T0.AddSeconds(100)), (e.Execution.Status, e.Execution.LastUpdatedAt)));
    }

    [Fact]
    public async Task A_cancel_without_force_leaves_the_running_execution_to_tell_its_own_end()
    {
        await CreateC1();
        await _t.Run(new CancelJob("c1"));
        Assert.Equal(["job cancellation_in_progress", "C canceled", "E canceled", "job canceled"], _told.Lines());
        await _t.Report("c1", "B", SUCCEEDED);
        Assert.Equal(["B succeeded"], _told.Lines());
    }

    [Fact]
    public async Task A_cancel_that_finds_nothing_to_cancel_ends_as_it_begins()
    {
        await CreateC1();
        await _t.StartNext("C");
        await _t.StartNext("E");
        await _t.Run(new CancelJob("c1"));
        Assert.Equal(["job cancellation_in_progress", "job canceled"], _told.Lines());
        await _t.Run(new CancelJob("c1") { Force = true });
        Assert.Equal(["job cancellation_in_progress", "B canceled", "C canceled", "E canceled", "job canceled"], _told.Lines());
    }

    [Fact]
    public async Task A_deletion_tells_each_execution_before_the_jobs_end()
    {
        await _t.Things("a", "b");
        await _t.Run(new CreateJob("j", [ThingArn("a"), ThingArn("b")]) { Document = "{}" });
        await _t.StartNext("a");
        _told = await Told.By(_t);
        await _t.Run(new DeleteJob("j") { Force = true });
        var events = _told.Events();
        Assert.Equal(["job deletion_in_progress", "a deleted", "b deleted", "job deleted"], events.Select(Told.Line));
        Assert.Equal([IN_PROGRESS, QUEUED], events.OfType<JobExecutionEvent>().Select(e => e.Execution.Status));
        Assert.All(events.OfType<JobEvent>(), e => Assert.Equal("j", e.Job.JobId));
    }

    [Fact]
    public async Task Ended_executions_are_told_as_deleted_too()
    {
        await CreateC1();
        await _t.Run(new DeleteJob("c1") { Force = true });
        Assert.Equal(["job deletion_in_progress", "A deleted", "B deleted", "C deleted", "D deleted", "E deleted", "job deleted"], _told.Lines());
    }

    [Fact]
    public async Task A_continuous_job_tells_who_ends_and_who_leaves()
    {
        await _t.Things("t1", "t2", "t3", "t4");
        await _t.Run(new CreateThingGroup("Fleet"));
        await Add("t1");
        await Add("t2");
        await Add("t4");
        _told = await Told.By(_t);
        await _t.Create("j1", GroupArn("Fleet"), job => job with { TargetSelection = TargetSelection.CONTINUOUS, JobExecutionsRetryConfig = Retries(RetryableFailureType.FAILED, 5) });
        Assert.Empty(_told.Events());

        await _t.At(70);
        await _t.Report("j1", "t1", SUCCEEDED);
        await _t.At(80);
        await Add("t3");
        await _t.At(90);
        await Remove("t2");
        await _t.At(100);
        await Add("t2");
        await _t.At(110);
        for (var attempt = 0; attempt < 3; attempt++)
        {
            await _t.Report("j1", "t2", FAILED);
        }
        await _t.At(200);
        await Remove("t2");
        await _t.At(210);
        await Add("t2");
        await _t.At(220);
        await _t.StartNext("t3");
        await Remove("t3");
        await _t.At(250);
        await _t.Run(new DeleteThing("t4"));
        await _t.At(260);
        Assert.Equal(
            [
                "t1#1 succeeded 70", "t2#1 removed 90", "t2#2 failed 110", "t2#3 failed 110", "t2#4 failed 110", "t2#5 removed 200",
                "t3#1 removed 220", "t4#1 removed 250",
            ],
            _told.Events().Cast<JobExecutionEvent>().Select(e =>
                $"{e.Execution.ThingName}#{e.Execution.Number} {e.Status.ToString().ToLowerInvariant()} {(e.At - T0).TotalSeconds}"));
    }

    [Fact]
    public async Task Each_deleted_execution_is_told_and_the_job_completes_when_the_rest_has_ended()
    {
        await _t.Things("A", "B", "C");
        await _t.Run(new CreateJob("x1", [ThingArn("A"), ThingArn("B"), ThingArn("C")]) { Document = "{}" });
        await _t.StartNext("A");
        _told = await Told.By(_t);
        await _t.Report("x1", "C", SUCCEEDED);
        await _t.Run(new DeleteJobExecution("x1", "B") { ExecutionNumber = 1 });
        Assert.Equal(["C succeeded", "B deleted"], _told.Lines());
        await Refused(_t.Run(new DeleteJobExecution("x1", "B") { ExecutionNumber = 1 }), JobsError.ResourceNotFound);
        await Refused(_t.Run(new DeleteJobExecution("x1", "A") { ExecutionNumber = 1 }), JobsError.InvalidStateTransition);
        Assert.Empty(_told.Events());
        await _t.Run(new DeleteJobExecution("x1", "A") { ExecutionNumber = 1, Force = true });
        var events = _told.Events();
        Assert.Equal(["A deleted", "job completed"], events.Select(Told.Line));
        Assert.Equal(new ExecutionCounts { Succeeded = 1 }, ((JobEvent)events[1]).Counts);
        await _t.Run(new DeleteJobExecution("x1", "C"));
        Assert.Equal(["C deleted"], _told.Lines());
    }

    [Fact]
    public async Task A_completed_job_is_told_once_after_its_last_execution_with_all_counters()
    {
        await CreateC1();
        await _t.At(5);
        await _t.Report("c1", "B", REJECTED);
        await _t.Run(new CancelJobExecution("c1", "C"));
        Assert.Equal(["B rejected", "C canceled"], _told.Lines());
        await _t.At(9.25);
        await _t.Run(new DeleteThing("E"));
        var events = _told.Events();
        Assert.Equal(["E removed", "job completed"], events.Select(Told.Line));
        var completed = (JobEvent)events[1];
        Assert.Equal(new(0, 0, 1, 1, 0, 1, 1, 1), completed.Counts);
        Assert.Equal((JobStatus.COMPLETED, T0.AddSeconds(9.25), T0.AddSeconds(9.25)), (completed.Job.Status, completed.Job.CompletedAt, completed.At));
    }

    [Fact]
    public async Task Creation_start_progress_and_changes_are_no_events()
    {
        await _t.Things("a");
        _told = await Told.By(_t);
        await _t.Create("j", "a", job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 5 } });
        await _t.StartNext("a");
        await _t.Report("j", "a", IN_PROGRESS, update => update with { StatusDetails = new Dictionary<string, string> { ["p"] = "1" } });
        await _t.Run(new UpdateJob("j") { Description = "d" });
        await _t.Report("j", "a", IN_PROGRESS);
        Assert.Empty(_told.Events());
    }

    [Theory]
    [InlineData(new EventType[0], "")]
    [InlineData(new[] { EventType.JOB }, "job cancellation_in_progress,job canceled,job deletion_in_progress,job deleted")]
    [InlineData(new[] { EventType.JOB_EXECUTION }, "C canceled,E canceled,A deleted,B deleted,C deleted,D deleted,E deleted")]
    [InlineData(new[] { EventType.THING, EventType.THING_GROUP, EventType.POLICY }, "")]
    public async Task A_family_that_is_off_is_silent(EventType[] on, string expected)
    {
        await CreateC1();
        await Told.Switch(_t, on);
        await _t.Run(new CancelJob("c1"));
        await _t.Run(new DeleteJob("c1"));
        Assert.Equal(expected, string.Join(',', _told.Lines()));
    }

    /// <summary>Things A..E: A SUCCEEDED, B IN_PROGRESS, C QUEUED, D FAILED, E QUEUED; from now on all is told.</summary>
    private async Task CreateC1()
    {
        await _t.Things("A", "B", "C", "D", "E");
        await _t.Run(new CreateJob("c1", [.. "ABCDE".Select(thing => ThingArn(thing.ToString()))]) { Document = "{}" });
        foreach (var thing in new[] { "A", "B", "D" })
        {
            await _t.StartNext(thing);
        }
        await _t.Report("c1", "A", SUCCEEDED);
        await _t.Report("c1", "D", FAILED);
        _told = await Told.By(_t);
    }

    private static JobExecutionsRetryConfig Retries(RetryableFailureType type, int count) =>
        new() { CriteriaList = [new() { FailureType = type, NumberOfRetries = count }] };

    private async Task Add(string thing) => await _t.Run(new AddThingToThingGroup { ThingGroupName = "Fleet", ThingName = thing });

    private async Task Remove(string thing) => await _t.Run(new RemoveThingFromThingGroup { ThingGroupName = "Fleet", ThingName = thing });
}
