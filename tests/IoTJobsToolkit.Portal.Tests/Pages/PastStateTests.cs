using Bunit;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Portal.Components.Jobs;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>The history tells how the job stood at a moment.</summary>
public sealed class PastStateTests : PageTest
{
    private readonly FakeTimeProvider _clock;

    public PastStateTests()
        : this(new FakeTimeProvider(new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero)))
    {
    }

    private PastStateTests(FakeTimeProvider clock)
        : base(clock, new Fleet(clock: clock)) => _clock = clock;

    [Fact]
    public async Task It_says_the_status_and_the_counts_of_the_moment()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("update", things);
        _clock.Advance(TimeSpan.FromHours(2));
        await Fleet.ReportAsync("update", things[0], JobExecutionStatus.SUCCEEDED);
        var page = Render<JobPage>(parameters => parameters.Add(p => p.JobId, "update"));
        Eventually(page, () => page.Find(".past input"));

        await ChooseAsync(page, "2026-12-01T11:00:00");
        Eventually(page, () => Assert.StartsWith("In progress with 0 succeeded, 0 failed, 0 timed out, 0 rejected, 0 in progress, 2 queued", TextOf(page, ".past p"), StringComparison.Ordinal));
        await ChooseAsync(page, "2026-12-01T12:00:00");
        Eventually(page, () => Assert.StartsWith("In progress with 1 succeeded", TextOf(page, ".past p"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_moment_before_the_job_is_refused_in_words()
    {
        await Fleet.AddJobAsync("update", await Fleet.AddThingsAsync(1));
        var page = Render<JobPage>(parameters => parameters.Add(p => p.JobId, "update"));
        Eventually(page, () => page.Find(".past input"));

        await ChooseAsync(page, "2026-11-30T00:00:00");
        Eventually(page, () => Assert.Contains("was not there", TextOf(page, ".past [role=alert]"), StringComparison.Ordinal));
    }

    private static Task ChooseAsync(IRenderedComponent<JobPage> page, string at) =>
        page.InvokeAsync(() => page.Find(".past input").TriggerEventAsync("onchange", new ChangeEventArgs { Value = at }));
}
