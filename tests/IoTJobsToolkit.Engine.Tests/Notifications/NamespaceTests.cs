using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;
using Device = IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Engine.Tests.Notifications;

/// <summary>Owners of jobs do not get in each other's way (OPEN-21, mqtt-api 7).</summary>
public sealed class NamespaceTests : IDisposable
{
    private readonly TestEngine _t = new(services: new() { Audience = new Ears() });
    private readonly Heard _heard;

    public NamespaceTests() => _heard = new(_t);

    public void Dispose()
    {
        _heard.Dispose();
        _t.Dispose();
    }

    [Fact]
    public async Task Each_namespace_is_told_its_own()
    {
        await _t.Things("a");
        await _t.Create("plain", "a");
        await _t.Create("x1", "a", job => job with { NamespaceId = "x" });
        await _t.Create("y1", "a", job => job with { NamespaceId = "y" });
        await _t.Create("x2", "a", job => job with { NamespaceId = "x" });
        Assert.Equal(
            ["a: notify [plain#1] next plain#1", "a/x: notify [x1#1] next x1#1", "a/y: notify [y1#1] next y1#1", "a/x: notify [x1#1 x2#1]"],
            await _heard.Lines());

        await Report("x2", "x", IN_PROGRESS);
        Assert.Equal(["a/x: next x2#1"], await _heard.Lines());
        await Report("x2", "x", SUCCEEDED);
        Assert.Equal(["a/x: notify [x1#1] next x1#1"], await _heard.Lines());
    }

    [Fact]
    public async Task One_change_of_several_namespaces_is_a_message_for_each()
    {
        await _t.Things("a");
        await _t.Create("plain", "a");
        await _t.Create("x1", "a", job => job with { NamespaceId = "x" });
        await _heard.Clear();
        await _t.Run(new DeleteThing("a"));
        Assert.Equal(["a: notify [] next -", "a/x: notify [] next -"], await _heard.Lines());
    }

    [Fact]
    public async Task Lists_and_next_keep_to_their_namespace()
    {
        await _t.Things("a");
        await _t.Create("x1", "a", job => job with { NamespaceId = "x" });
        await _t.At(1);
        await _t.Create("plain", "a");

        Assert.Equal(["plain"], (await Pending(null)).QueuedJobs.Select(e => e.JobId));
        Assert.Equal(["x1"], (await Pending("x")).QueuedJobs.Select(e => e.JobId));
        Assert.Empty((await Pending("y")).QueuedJobs);
        Assert.Equal("plain", (await Describe("$next", null)).Execution!.JobId);
        Assert.Equal("x1", (await Describe("$next", "x")).Execution!.JobId);
        Assert.Null((await Describe("$next", "y")).Execution);
        Assert.Equal("plain", (await StartNext(null))!.JobId);
        Assert.Equal("x1", (await StartNext("x"))!.JobId);
        Assert.Null(await StartNext("y"));
    }

    [Fact]
    public async Task A_job_is_reached_by_its_own_namespace_only()
    {
        await _t.Things("a");
        await _t.Create("x1", "a", job => job with { NamespaceId = "x" });
        await _t.Create("plain", "a");
        foreach (var (job, wrong) in new[] { ("x1", null), ("x1", "y"), ("plain", "x") })
        {
            await Refused(Describe(job, wrong), JobsError.ResourceNotFound);
            await Refused(Report(job, wrong, IN_PROGRESS), JobsError.ResourceNotFound);
        }
        Assert.Equal("x1", (await Describe("x1", "x")).Execution!.JobId);
        await Report("x1", "x", SUCCEEDED);
        Assert.Equal(SUCCEEDED, (await _t.Execution("x1", "a")).Status);
        Assert.Equal(QUEUED, (await _t.Execution("plain", "a")).Status);
    }

    [Fact]
    public async Task Operators_see_all()
    {
        await _t.Things("a");
        await _t.Create("x1", "a", job => job with { NamespaceId = "x" });
        await _t.Create("plain", "a");
        Assert.Equal(2, (await _t.Run(new ListJobs())).Jobs.Count);
        Assert.Equal(2, (await _t.Run(new ListJobExecutionsForThing("a"))).ExecutionSummaries.Count);
        await _t.Run(new CancelJobExecution("x1", "a"));
    }

    [Fact]
    public async Task A_namespace_that_cannot_be_is_refused()
    {
        await _t.Things("a");
        await Refused(Pending("a b"), JobsError.InvalidRequest);
        await Refused(StartNext("a b"), JobsError.InvalidRequest);
        await Refused(Describe("$next", ""), JobsError.InvalidRequest);
        await Refused(Report("j", "a/b", SUCCEEDED), JobsError.InvalidRequest);
    }

    private Task<GetPendingJobExecutionsResponse> Pending(string? name) => _t.Run(new GetPendingJobExecutions("a") { NamespaceId = name });

    private Task<Device.DescribeJobExecutionResponse> Describe(string jobId, string? name) =>
        _t.Run(new Device.DescribeJobExecution(jobId, "a") { NamespaceId = name });

    private async Task<DeviceJobExecution?> StartNext(string? name) =>
        (await _t.Run(new StartNextPendingJobExecution("a") { NamespaceId = name })).Execution;

    private Task<UpdateJobExecutionResponse> Report(string jobId, string? name, JobExecutionStatus status) =>
        _t.Report(jobId, "a", status, report => report with { NamespaceId = name });
}
