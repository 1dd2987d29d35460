using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;
using DeviceDescribe = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>examples.md 8, 9, 19: stopping and deleting.</summary>
public class CancelAndDeleteTests : IDisposable
{
    private readonly TestEngine _t;

    public CancelAndDeleteTests()
        : this(isCut: false)
    {
    }

    protected CancelAndDeleteTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Theory]
    [InlineData(false, "A SUCCEEDED 3 -,B IN_PROGRESS 2 -,C CANCELED 2 False,D FAILED 3 -,E CANCELED 2 False", "0 1 1 1 0 0 0 2")]
    [InlineData(true, "A SUCCEEDED 3 -,B CANCELED 3 True,C CANCELED 2 True,D FAILED 3 -,E CANCELED 2 True", "0 0 1 1 0 0 0 3")]
    public async Task A_cancel_reaches_what_the_table_says(bool force, string expected, string counts)
    {
        await CreateC1();
        var answer = await _t.Run(new CancelJob("c1") { Force = force, ReasonCode = "ROLLBACK_1", Comment = "bad build" });
        Assert.Equal(("c1", "arn:aws:iot:us-east-1:123456789012:job/c1"), (answer.JobId, answer.JobArn));
        var states = new List<string>();
        foreach (var thing in "ABCDE")
        {
            var execution = await _t.Execution("c1", thing.ToString());
            states.Add($"{thing} {execution.Status} {execution.VersionNumber} {execution.ForceCanceled?.ToString() ?? "-"}");
        }
        Assert.Equal(expected, string.Join(',', states));
        Assert.Equal(counts, await _t.Counts("c1"));
        var job = await _t.Job("c1");
        Assert.Equal((JobStatus.CANCELED, force, "ROLLBACK_1", "bad build", false), (job.Status, job.ForceCanceled, job.ReasonCode, job.Comment, job.IsConcurrent));
    }

    [Fact]
    public async Task After_a_cancel_without_force_the_running_device_may_finish()
    {
        await CreateC1();
        await _t.Run(new CancelJob("c1"));
        await _t.Report("c1", "B", SUCCEEDED);
        Assert.Equal(("0 0 2 1 0 0 0 2", JobStatus.CANCELED), (await _t.Counts("c1"), (await _t.Job("c1")).Status));
        Assert.Null((await _t.Job("c1")).CompletedAt);
    }

    [Fact]
    public async Task A_canceled_job_can_be_canceled_once_more_with_force()
    {
        await CreateC1();
        await _t.Run(new CancelJob("c1"));
        await Refused(_t.Run(new CancelJob("c1")), JobsError.InvalidRequest);
        await _t.Run(new CancelJob("c1") { Force = true });
        Assert.Equal((CANCELED, 3L, true), ((await _t.Execution("c1", "B")).Status, (await _t.Execution("c1", "B")).VersionNumber, (await _t.Job("c1")).ForceCanceled));
        await Refused(_t.Run(new CancelJob("c1") { Force = true }), JobsError.InvalidRequest);
    }

    [Fact]
    public async Task The_device_of_a_forced_cancel_can_no_longer_report()
    {
        await CreateC1();
        await _t.Run(new CancelJob("c1") { Force = true });
        var refusal = await Refused(_t.Report("c1", "B", SUCCEEDED), JobsError.InvalidStateTransition);
        Assert.Equal("The job execution is in terminal status CANCELED.", refusal.Message);
        Assert.Equal((CANCELED, 3L), (refusal.ExecutionState!.Status, refusal.ExecutionState.VersionNumber));
        await Refused(_t.Device("B").ExecuteAsync(new DeviceDescribe("c1", "B"), TestContext.Current.CancellationToken), JobsError.TerminalState);
        Assert.Null(await _t.StartNext("B"));
    }

    [Fact]
    public async Task Canceling_an_execution_asks_for_force_and_version()
    {
        await CreateC1();
        await _t.Run(new CancelJobExecution("c1", "C"));
        Assert.Equal(2, (await _t.Execution("c1", "C")).VersionNumber);
        await Refused(_t.Run(new CancelJobExecution("c1", "C")), JobsError.InvalidStateTransition);
        await Refused(_t.Run(new CancelJobExecution("c1", "B")), JobsError.InvalidStateTransition);
        var conflict = await Refused(_t.Run(new CancelJobExecution("c1", "B") { Force = true, ExpectedVersion = 1 }), JobsError.VersionConflict);
        Assert.Equal("Expected version 1 but found version 2", conflict.Message);
        await _t.Run(new CancelJobExecution("c1", "B") { Force = true, ExpectedVersion = 2 });
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("c1")).Status);
        await _t.Run(new CancelJobExecution("c1", "E"));
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("c1")).Status);
    }

    [Fact]
    public async Task A_large_job_is_canceled_for_everyone_before_the_sweep_gets_there()
    {
        using var t = new TestEngine(new() { Limits = LimitsProfile.None, SliceSize = 10 });
        await t.Group("g", 400);
        await t.Create("j", GroupArn("g"));
        await t.At(0);
        // Ten executions a slice: when the call returns, only the first have been reached.
        await t.Run(new CancelJob("j"));
        Assert.Null(await t.StartNext(Member("g", 399)));
        await Refused(t.Report("j", Member("g", 399), SUCCEEDED), JobsError.InvalidStateTransition);
        Assert.Equal(CANCELED, (await t.Execution("j", Member("g", 399))).Status);
        await t.Run(new DeleteJobExecution("j", Member("g", 398)));
        await t.At(0);
        Assert.Equal("0 0 0 0 0 0 0 399", await t.Counts("j"));
        Assert.False((await t.Job("j")).IsConcurrent);
    }

    [Fact]
    public async Task Ten_deletions_at_a_time_are_the_limit()
    {
        await _t.Things("a");
        _t.Configure(new() { DeletionPaused = true });
        for (var i = 1; i <= 11; i++)
        {
            await _t.Create($"d{i:D2}", "a");
            await _t.Report($"d{i:D2}", "a", SUCCEEDED);
        }
        for (var i = 1; i <= 10; i++)
        {
            await _t.Run(new DeleteJob($"d{i:D2}"));
            Assert.Equal(JobStatus.DELETION_IN_PROGRESS, (await _t.Job($"d{i:D2}")).Status);
        }
        Assert.Equal(10, (await _t.Run(new ListJobs { Status = JobStatus.DELETION_IN_PROGRESS })).Jobs.Count);
        await Refused(_t.Run(new DeleteJob("d11")), JobsError.LimitExceeded);
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("d11")).Status);
        await Refused(_t.Run(new DeleteJob("d01")), JobsError.InvalidStateTransition);
        await Refused(_t.Run(new CancelJob("d01")), JobsError.InvalidRequest);
        var taken = await Refused(_t.Create("d01", "a"), JobsError.ResourceAlreadyExists);
        Assert.Equal("d01", taken.ResourceId);
        await Refused(_t.Report("d01", "a", SUCCEEDED), JobsError.ResourceNotFound);
        await Refused(_t.Device("a").ExecuteAsync(new DeviceDescribe("d01", "a"), TestContext.Current.CancellationToken), JobsError.ResourceNotFound);

        _t.Configure(new());
        await _t.At(0);
        for (var i = 1; i <= 10; i++)
        {
            await Refused(_t.Job($"d{i:D2}"), JobsError.ResourceNotFound);
        }
        await _t.Run(new DeleteJob("d11"));
        await _t.Create("d01", "a");
        Assert.Equal(1, (await _t.Execution("d01", "a")).ExecutionNumber);
    }

    [Fact]
    public async Task A_running_job_is_deleted_only_by_force_and_its_devices_find_nothing()
    {
        await _t.Things("a", "b");
        await _t.Run(new CreateJob("j", [ThingArn("a"), ThingArn("b")]) { Document = "{}" });
        await _t.StartNext("a");
        await Refused(_t.Run(new DeleteJob("j")), JobsError.InvalidStateTransition);
        await _t.Run(new DeleteJob("j") { Force = true });
        await Refused(_t.Report("j", "a", SUCCEEDED), JobsError.ResourceNotFound);
        var pending = await _t.Device("b").ExecuteAsync(new GetPendingJobExecutions("b"), TestContext.Current.CancellationToken);
        Assert.Empty(pending.QueuedJobs);
    }

    [Fact]
    public async Task Executions_are_deleted_one_by_one()
    {
        await _t.Things("A", "B", "C");
        await _t.Run(new CreateJob("x1", [ThingArn("A"), ThingArn("B"), ThingArn("C")]) { Document = "{}" });
        await _t.StartNext("A");
        await _t.Report("x1", "C", SUCCEEDED);
        await _t.Run(new DeleteJobExecution("x1", "B") { ExecutionNumber = 1 });
        Assert.Equal("0 1 1 0 0 0 0 0", await _t.Counts("x1"));
        await Refused(_t.Run(new DeleteJobExecution("x1", "B") { ExecutionNumber = 1 }), JobsError.ResourceNotFound);
        await Refused(_t.Run(new DeleteJobExecution("x1", "A") { ExecutionNumber = 2 }), JobsError.ResourceNotFound);
        await Refused(_t.Run(new DeleteJobExecution("x1", "A") { ExecutionNumber = 1 }), JobsError.InvalidStateTransition);
        await _t.Run(new DeleteJobExecution("x1", "A") { ExecutionNumber = 1, Force = true });
        await Refused(_t.Report("x1", "A", SUCCEEDED), JobsError.ResourceNotFound);
        Assert.Equal(JobStatus.COMPLETED, (await _t.Job("x1")).Status);
        await _t.Run(new DeleteJobExecution("x1", "C"));
        Assert.Equal(("0 0 0 0 0 0 0 0", JobStatus.COMPLETED), (await _t.Counts("x1"), (await _t.Job("x1")).Status));
    }

    [Fact]
    public async Task A_deleted_thing_leaves_its_executions_removed_and_its_name_free()
    {
        await _t.Things("a", "b");
        await _t.Run(new CreateJob("j", [ThingArn("a"), ThingArn("b")]) { Document = "{}" });
        await _t.Run(new DeleteThing("a"));
        Assert.Equal("1 0 0 0 0 0 1 0", await _t.Counts("j"));
        Assert.Equal(["a", "b"], (await _t.Executions("j")).Select(e => e.ThingName));
        await _t.Things("a");
        Assert.Empty((await _t.Run(new ListJobExecutionsForThing("a"))).ExecutionSummaries);
        Assert.Null(await _t.StartNext("a"));
        await _t.Run(new DeleteThing("never-was"));
    }

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
    }
}
