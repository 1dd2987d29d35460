using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using UpdateJobExecution = IoTJobsToolkit.Engine.Operations.Device.UpdateJobExecution;

namespace IoTJobsToolkit.Engine.Tests.Jobs;

public sealed class HistoryTests : IDisposable
{
    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_job_tells_who_did_what_to_it_oldest_first()
    {
        await StoryAsync();
        await _t.Run(new CancelJob("fw") { Comment = "wrong image", Force = true });
        await _t.At(60);

        var changes = (await _t.Run(new ListJobHistory("fw"))).Changes;

        Assert.Equal(["created", "rollout finished", "canceled", "all executions canceled"], changes.Select(change => change.What));
        Assert.All(changes, change => Assert.Equal("fw", change.JobId));
        Assert.Equal(changes.OrderBy(change => change.At), changes);
    }

    [Fact]
    public async Task Executions_tell_their_changes_with_what_devices_said()
    {
        await StoryAsync();

        var changes = (await _t.Run(new ListJobExecutionHistory("fw"))).Changes;

        Assert.Equal(
            ["lamp-1  > QUEUED", "lamp-1 QUEUED > IN_PROGRESS", "lamp-1 IN_PROGRESS > FAILED", "lamp-2  > QUEUED"],
            changes.Select(change => $"{change.ThingName} {change.From} > {change.To}"));
        Assert.Equal([ChangeOrigin.Rollout, ChangeOrigin.Device, ChangeOrigin.Device, ChangeOrigin.Rollout], changes.Select(change => change.Origin));
        Assert.Equal(("lamp-1", 3, "battery low"), (changes[2].By, changes[2].VersionNumber, changes[2].StatusDetails!["reason"]));
        Assert.Equal([0, 10, 20, 0], changes.Select(change => (int)(change.At - TestEngine.T0).TotalSeconds));
    }

    [Theory]
    [InlineData(-1, "")]
    [InlineData(0, "lamp-1 QUEUED, lamp-2 QUEUED")]
    [InlineData(19.999, "lamp-1 IN_PROGRESS, lamp-2 QUEUED")]
    [InlineData(20, "lamp-1 FAILED, lamp-2 QUEUED")]
    public async Task A_moment_of_the_past_can_be_seen_again(double seconds, string expected)
    {
        await StoryAsync();

        var then = (await _t.Run(new ListJobExecutionHistory("fw") { At = TestEngine.T0.AddSeconds(seconds) })).Changes;

        Assert.Equal(expected, string.Join(", ", then.Select(change => $"{change.ThingName} {change.To}")));
    }

    [Fact]
    public async Task The_history_of_one_thing_is_all_of_its_attempts()
    {
        await _t.Things("lamp-1", "lamp-2");
        await _t.Run(new CreateJob("fw", [TestEngine.ThingArn("lamp-1"), TestEngine.ThingArn("lamp-2")])
        {
            Document = "{}",
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 1 }] },
        });
        await _t.At(1);
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await _t.Device("lamp-1").ExecuteAsync(new UpdateJobExecution("fw", "lamp-1") { Status = JobExecutionStatus.FAILED }, TestContext.Current.CancellationToken);
            await _t.At(2 + attempt);
        }

        var changes = (await _t.Run(new ListJobExecutionHistory("fw") { ThingName = "lamp-1" })).Changes;

        Assert.Equal(["1 QUEUED", "1 FAILED", "2 QUEUED", "2 FAILED"], changes.Select(change => $"{change.ExecutionNumber} {change.To}"));
    }

    [Fact]
    public async Task Pages_hold_whole_executions_and_nothing_twice()
    {
        await StoryAsync();
        var whole = (await _t.Run(new ListJobExecutionHistory("fw"))).Changes;
        var (pages, token) = (new List<JobExecutionHistoryEntry>(), (string?)null);
        do
        {
            var page = await _t.Run(new ListJobExecutionHistory("fw") { MaxResults = 1, NextToken = token });
            Assert.Single(page.Changes.Select(change => change.ThingName).Distinct());
            pages.AddRange(page.Changes);
            token = page.NextToken;
        }
        while (token is not null);

        Assert.Equal(whole.Select(change => (change.ThingName, change.To)), pages.Select(change => (change.ThingName, change.To)));
        var first = await _t.Run(new ListJobHistory("fw") { MaxResults = 1 });
        Assert.Single(first.Changes);
    }

    [Fact]
    public async Task A_job_or_thing_that_is_not_there_is_named()
    {
        await StoryAsync();

        await TestEngine.Refused(_t.Run(new ListJobHistory("other")), JobsError.ResourceNotFound);
        await TestEngine.Refused(_t.Run(new ListJobExecutionHistory("other")), JobsError.ResourceNotFound);
        await TestEngine.Refused(_t.Run(new ListJobExecutionHistory("fw") { ThingName = "car" }), JobsError.ResourceNotFound);
        await TestEngine.Refused(_t.Run(new ListJobExecutionHistory("fw") { NextToken = "other" }), JobsError.InvalidRequest);
    }

    /// <summary>lamp-1 starts at 10 s and fails at 20 s; lamp-2 does nothing.</summary>
    private async Task StoryAsync()
    {
        await _t.Things("lamp-1", "lamp-2");
        await _t.Run(new CreateJob("fw", [TestEngine.ThingArn("lamp-1"), TestEngine.ThingArn("lamp-2")]) { Document = "{}" });
        await _t.At(10);
        await _t.Device("lamp-1").ExecuteAsync(new StartNextPendingJobExecution("lamp-1"), TestContext.Current.CancellationToken);
        await _t.At(20);
        await _t.Device("lamp-1").ExecuteAsync(
            new UpdateJobExecution("fw", "lamp-1") { Status = JobExecutionStatus.FAILED, StatusDetails = new Dictionary<string, string> { ["reason"] = "battery low" } },
            TestContext.Current.CancellationToken);
        await _t.At(30);
    }
}
