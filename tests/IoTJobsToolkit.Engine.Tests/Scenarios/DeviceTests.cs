using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using DeviceDescribe = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>examples.md 14 (without its messages) and 15: what devices ask and report.</summary>
public class DeviceTests : IDisposable
{
    private readonly TestEngine _t;

    public DeviceTests()
        : this(isCut: false)
    {
    }

    protected DeviceTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task Reports_are_checked_in_the_order_of_the_rules()
    {
        await _t.Things("p");
        await _t.Create("v", "p");
        var mismatch = await TestEngine.Refused(_t.Report("v", "p", SUCCEEDED, u => u with { ExpectedVersion = 99 }), JobsError.InvalidStateTransition);
        Assert.True(mismatch.IsVersionMismatch);
        Assert.Equal("Expected version 99 but found version 1", mismatch.Message);
        Assert.Equal((QUEUED, 1L), (mismatch.ExecutionState!.Status, mismatch.ExecutionState.VersionNumber));
        await TestEngine.Refused(_t.Run(new CancelJobExecution("v", "p") { ExpectedVersion = 5 }), JobsError.VersionConflict);
        foreach (var status in new[] { QUEUED, CANCELED, REMOVED, TIMED_OUT, (JobExecutionStatus)99 })
        {
            await TestEngine.Refused(_t.Report("v", "p", status), JobsError.InvalidRequest);
        }
        await TestEngine.Refused(_t.Report("v", "p", IN_PROGRESS, u => u with { Status = null }), JobsError.InvalidRequest);

        var started = await _t.Report("v", "p", IN_PROGRESS, u => u with { ExpectedVersion = 1, IncludeJobExecutionState = true, IncludeJobDocument = true });
        Assert.Equal((IN_PROGRESS, 2L, """{"op":"x"}"""), (started.ExecutionState!.Status, started.ExecutionState.VersionNumber, started.JobDocument));

        foreach (var details in BadDetails())
        {
            await TestEngine.Refused(_t.Report("v", "p", IN_PROGRESS, u => u with { StatusDetails = details }), JobsError.InvalidRequest);
        }
        await _t.Report("v", "p", IN_PROGRESS, u => u with { StatusDetails = Details(("a", "1")) });
        await _t.Report("v", "p", IN_PROGRESS);
        Assert.Equal(Details(("a", "1")), (await _t.Execution("v", "p")).StatusDetails.DetailsMap);
        await _t.Report("v", "p", IN_PROGRESS, u => u with { StatusDetails = Details(("b", "2")) });
        Assert.Equal(Details(("b", "2")), (await _t.Execution("v", "p")).StatusDetails.DetailsMap);

        await _t.Report("v", "p", SUCCEEDED);
        Assert.Equal((6L, JobStatus.COMPLETED), ((await _t.Execution("v", "p")).VersionNumber, (await _t.Job("v")).Status));
        var ended = await TestEngine.Refused(_t.Report("v", "p", FAILED, u => u with { ExpectedVersion = 1 }), JobsError.InvalidStateTransition);
        Assert.False(ended.IsVersionMismatch);
        Assert.Equal((SUCCEEDED, 6L), (ended.ExecutionState!.Status, ended.ExecutionState.VersionNumber));
        await TestEngine.Refused(_t.Report("v", "p", FAILED, u => u with { ExecutionNumber = 2 }), JobsError.ResourceNotFound);
        await TestEngine.Refused(As("p", new DeviceDescribe("v", "p")), JobsError.TerminalState);
        Assert.Equal(6, (await _t.Execution("v", "p")).VersionNumber);
    }

    [Fact]
    public async Task The_next_execution_is_the_running_one_then_the_oldest_queued()
    {
        await _t.Things("lamp");
        foreach (var (at, job) in new[] { (0, "a"), (10, "b"), (30, "c") })
        {
            await _t.At(at);
            await _t.Create(job, "lamp");
        }
        Assert.Equal("a", (await _t.StartNext("lamp"))!.JobId);
        var again = await _t.StartNext("lamp");
        Assert.Equal(("a", 2L), (again!.JobId, again.VersionNumber));
        await _t.Report("a", "lamp", SUCCEEDED);
        Assert.Equal(("b", QUEUED), await Next());
        await _t.Report("c", "lamp", IN_PROGRESS);
        Assert.Equal(("c", IN_PROGRESS), await Next());
        await _t.Report("b", "lamp", REJECTED);
        var pending = await As("lamp", new GetPendingJobExecutions("lamp"));
        Assert.Equal(["c"], pending.InProgressJobs.Select(e => e.JobId));
        Assert.Empty(pending.QueuedJobs);
        await _t.Run(new DeleteJob("c") { Force = true });
        Assert.Null((await As("lamp", new DeviceDescribe("$next", "lamp"))).Execution);
        Assert.Null(await _t.StartNext("lamp"));
        await TestEngine.Refused(As("lamp", new DeviceDescribe("a", "lamp")), JobsError.TerminalState);
        await TestEngine.Refused(As("lamp", new DeviceDescribe("c", "lamp")), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task A_step_timer_given_to_a_running_execution_changes_only_the_timer()
    {
        await _t.Things("lamp");
        await _t.Create("a", "lamp");
        await _t.StartNext("lamp");
        var again = await As("lamp", new StartNextPendingJobExecution("lamp") { StepTimeoutInMinutes = 5, StatusDetails = Details(("s", "2")) });
        Assert.Equal((2L, 300L), (again.Execution!.VersionNumber, again.Execution.ApproximateSecondsBeforeTimedOut));
        Assert.Null(again.Execution.StatusDetails);
        await _t.At(300);
        Assert.Equal(TIMED_OUT, (await _t.Execution("a", "lamp")).Status);
    }

    [Fact]
    public async Task Ten_pending_executions_are_shown()
    {
        await _t.Things("lamp");
        for (var i = 0; i < 12; i++)
        {
            await _t.Create($"j{i:D2}", "lamp");
        }
        var pending = await As("lamp", new GetPendingJobExecutions("lamp"));
        Assert.Equal(Enumerable.Range(0, 10).Select(i => $"j{i:D2}"), pending.QueuedJobs.Select(e => e.JobId));
    }

    [Fact]
    public async Task A_device_may_act_for_its_own_thing_only()
    {
        await _t.Things("mine", "other");
        await _t.Create("j", "other");
        await TestEngine.Refused(As("mine", new GetPendingJobExecutions("other")), JobsError.AccessDenied);
        await TestEngine.Refused(As("mine", new UpdateJobExecution("j", "other") { Status = SUCCEEDED }), JobsError.AccessDenied);
        await TestEngine.Refused(As("mine", new CancelJob("j")), JobsError.AccessDenied);
        Assert.Equal(1, (await _t.Execution("j", "other")).VersionNumber);
    }

    [Fact]
    public async Task An_unknown_thing_is_not_found() =>
        await TestEngine.Refused(As("ghost", new GetPendingJobExecutions("ghost")), JobsError.ResourceNotFound);

    private async Task<(string, JobExecutionStatus)> Next()
    {
        var next = (await As("lamp", new DeviceDescribe("$next", "lamp"))).Execution!;
        return (next.JobId, next.Status);
    }

    private Task<T> As<T>(string thing, Operation<T> operation) => _t.Device(thing).ExecuteAsync(operation, TestContext.Current.CancellationToken);

    private static Dictionary<string, string> Details(params (string Key, string Value)[] pairs) => pairs.ToDictionary(p => p.Key, p => p.Value);

    private static IEnumerable<Dictionary<string, string>> BadDetails() =>
    [
        Enumerable.Range(0, 11).ToDictionary(i => $"k{i}", _ => "v"),
        Details((new('k', 129), "v")),
        Details(("a b", "v")),
        Details(("k", new('v', 1025))),
        Details(("k", "")),
    ];
}
