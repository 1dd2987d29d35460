using Bunit;
using IoTJobsToolkit.Engine.Blockages;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Executions;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>The column that says why: the reason of a failure, or what an execution waits for.</summary>
public sealed class WaitingForTests : PageTest
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    [Fact]
    public async Task Each_row_says_what_it_waits_for_or_why_it_failed_and_follows()
    {
        var things = await Fleet.AddThingsAsync(4);
        await Fleet.AddJobAsync("first", things[..1]);
        await Fleet.AddJobAsync("update", things);
        await Fleet.ReportAsync("update", things[1], JobExecutionStatus.IN_PROGRESS);
        await Fleet.ReportAsync("update", things[2], JobExecutionStatus.FAILED, new Dictionary<string, string> { ["reason"] = "disk full" });
        var page = Render<JobPage>(parameters => parameters.Add(p => p.JobId, "update"));
        Eventually(page, () => Assert.Equal(
            ["behind first, QUEUED", "device at it", "disk full", "device never connected"], TextsOf(page, ".executions td.why")));

        await Fleet.RunAsync(new PauseJob("update"));
        Eventually(page, () => Assert.Equal(["job is paused", "device at it", "disk full", "job is paused"], TextsOf(page, ".executions td.why")));
    }

    [Theory]
    [InlineData(BlockageCause.JOB_SCHEDULED, "starts in 2 h")]
    [InlineData(BlockageCause.WINDOW_CLOSED, "window opens in 2 h")]
    [InlineData(BlockageCause.ROLLOUT_RATE, "place 1,234 of the rollout")]
    [InlineData(BlockageCause.AWAITS_APPROVAL, "job awaits approval")]
    [InlineData(BlockageCause.DEPENDENCY, "after fw-7, QUEUED")]
    [InlineData(BlockageCause.ROLLOUT_IN_FLIGHT, "rollout waits for those in flight")]
    [InlineData(BlockageCause.ROLLOUT_STAGE, "rollout stands at its stage")]
    [InlineData(BlockageCause.ROLLOUT_QUOTA, "rollout waits for others")]
    [InlineData(BlockageCause.OTHER_JOB_AHEAD, "behind fw-7, QUEUED")]
    [InlineData(BlockageCause.NOT_CONNECTED, "device away for 3 min")]
    [InlineData(BlockageCause.DEVICE_IDLE, "device has not asked")]
    [InlineData(BlockageCause.DEVICE_WORKING, "device at it, times out in 2 h")]
    public void Causes_are_said_in_a_few_words(BlockageCause cause, string words) => Assert.Equal(words, WaitingFor.Words(
        new("j", "a", cause) { Since = Now.AddMinutes(-3).AddSeconds(-20), Until = Now.AddHours(2), Position = 1_234, Detail = "fw-7, QUEUED" }, Now));

    [Fact]
    public void What_no_time_ends_says_so()
    {
        Assert.Equal("no window opens any more", WaitingFor.Words(new("j", "a", BlockageCause.WINDOW_CLOSED), Now));
        Assert.Equal("starts now", WaitingFor.Words(new("j", "a", BlockageCause.JOB_SCHEDULED) { Until = Now }, Now));
    }
}
