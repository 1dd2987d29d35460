using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Executions;

public sealed class ReadJobExecutionsTests : IDisposable
{
    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task Pages_hold_every_execution_once_with_what_the_device_reported()
    {
        var things = Enumerable.Range(1, 5).Select(i => $"thing-{i}").ToArray();
        await _t.Things(things);
        await _t.Run(new CreateJob("job", [.. things.Select(TestEngine.ThingArn)]) { Document = "{}" });
        await _t.Engine.SettleAsync("job", null, TestContext.Current.CancellationToken);
        await _t.Engine.As(Caller.Device("thing-3")).ExecuteAsync(
            new UpdateJobExecution("job", "thing-3") { Status = JobExecutionStatus.FAILED, StatusDetails = new Dictionary<string, string> { ["reason"] = "disk" } },
            TestContext.Current.CancellationToken);

        var read = new List<JobExecution>();
        ExecutionKey? next = null;
        do
        {
            var page = await _t.Engine.ReadExecutionsAsync("job", next, 2, TestContext.Current.CancellationToken);
            read.AddRange(page.Executions);
            next = page.Next;
        }
        while (next is not null);

        Assert.Equal(things, read.Select(execution => execution.ThingName));
        Assert.Equal("disk", read[2].StatusDetails["reason"]);
    }

    [Fact]
    public async Task A_job_that_is_not_there_is_refused() =>
        await TestEngine.Refused(_t.Engine.ReadExecutionsAsync("none", null, 10, TestContext.Current.CancellationToken), JobsError.ResourceNotFound);
}
