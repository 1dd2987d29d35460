using Bunit;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>How often the order is read, in the page's own time.</summary>
public sealed class OverviewPaceTests : PageTest
{
    private readonly FakeTimeProvider _clock;

    public OverviewPaceTests()
        : this(new(DateTimeOffset.UtcNow))
    {
    }

    private OverviewPaceTests(FakeTimeProvider clock)
        : base(clock) => _clock = clock;

    private static IReadOnlyList<string> Ids(IRenderedComponent<JobsList> list) => TextsOf(list, "td.job a");

    private async Task<IRenderedComponent<JobsList>> OpenAsync(JobsView view)
    {
        await Fleet.AddJobAsync("b", await Fleet.AddThingsAsync(1));
        var list = Render<JobsList>(parameters => parameters.Add(l => l.View, view));
        await Fleet.AddJobAsync("d", ["thing-0001"]);
        await UntilAsync(list, () => Ids(list).SequenceEqual(["b", "d"])); // What it reads afresh at its beginning is read then.
        await PaintAsync(list, TimeSpan.FromSeconds(5));
        return list;
    }

    /// <summary>Lets time pass until the feed's events have come to the page and been painted.</summary>
    private async Task PaintAsync(IRenderedComponent<JobsList> list, TimeSpan span)
    {
        for (var passed = TimeSpan.Zero; passed < span; passed += TimeSpan.FromMilliseconds(250))
        {
            _clock.Advance(TimeSpan.FromMilliseconds(250));
            await list.InvokeAsync(() => { });
        }
    }

    [Fact]
    public async Task The_order_is_read_again_within_a_second_of_a_new_job()
    {
        var list = await OpenAsync(new() { Order = new(JobsSort.JobId) });

        await Fleet.AddJobAsync("c", ["thing-0001"]);

        await UntilAsync(list, () => Ids(list).SequenceEqual(["b", "c", "d"]));
    }

    [Fact]
    public async Task Rows_stay_where_they_are_while_somebody_points_at_them_and_the_page_says_so()
    {
        var list = await OpenAsync(new() { Order = new(JobsSort.JobId) });
        await list.InvokeAsync(list.Instance.Hold);
        await Fleet.AddJobAsync("c", ["thing-0001"]);
        await UntilAsync(list, () => list.Markup.Contains("Jobs came or moved", StringComparison.Ordinal), hold: true);
        Assert.Equal(["b", "d"], Ids(list));

        await UntilAsync(list, () => Ids(list).SequenceEqual(["b", "c", "d"]));
        Assert.DoesNotContain("Jobs came or moved", list.Markup);
    }

    [Fact]
    public async Task Whoever_presses_gets_the_new_order_at_once()
    {
        var list = await OpenAsync(new() { Order = new(JobsSort.JobId) });
        await list.InvokeAsync(list.Instance.Hold);
        await Fleet.AddJobAsync("c", ["thing-0001"]);
        await UntilAsync(list, () => list.Markup.Contains("Jobs came or moved", StringComparison.Ordinal), hold: true);

        await PressAsync(list, () => list.Find(".jobs-count .link"));

        Eventually(list, () => Assert.Equal(["b", "c", "d"], Ids(list)));
    }

    [Fact]
    public async Task A_job_that_is_gone_says_so_in_its_place_until_the_order_is_read_again()
    {
        var list = await OpenAsync(new() { Order = new(JobsSort.JobId) });
        await list.InvokeAsync(list.Instance.Hold);

        await Fleet.RunAsync(new DeleteJob("b") { Force = true });
        await UntilAsync(list, () => list.Markup.Contains("This job is gone", StringComparison.Ordinal), hold: true);
        Assert.Equal(["b", "d"], Ids(list));

        await UntilAsync(list, () => Ids(list).SequenceEqual(["d"]));
    }

    private async Task UntilAsync(IRenderedComponent<JobsList> list, Func<bool> isTrue, bool hold = false)
    {
        for (var until = DateTimeOffset.UtcNow + Deadline; !await list.InvokeAsync(isTrue);)
        {
            Assert.True(DateTimeOffset.UtcNow < until, list.Markup);
            if (hold)
            {
                await list.InvokeAsync(list.Instance.Hold);
            }
            await PaintAsync(list, TimeSpan.FromMilliseconds(250));
            await Task.Yield();
        }
    }
}
