using Bunit;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Portal.Components.Things;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class ThingPageTests : PageTest
{
    private IRenderedComponent<ThingPage> Open(string thing) => Render<ThingPage>(parameters => parameters.Add(page => page.ThingName, thing));

    [Fact]
    public async Task It_shows_the_things_executions_newest_first_and_follows_them()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("first", things);
        var page = Open(things[0]);
        Eventually(page, () => Assert.Equal(["first"], TextsOf(page, ".executions td.name")));

        await Fleet.AddJobAsync("second", things);
        Eventually(page, () => Assert.Equal(["second", "first"], TextsOf(page, ".executions td.name")));

        await Fleet.ReportAsync("first", things[0], JobExecutionStatus.FAILED);
        Eventually(page, () => Assert.Contains("Failed", TextsOf(page, ".executions .mark")));
    }

    [Fact]
    public async Task A_status_narrows_its_executions()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("bad", things);
        await Fleet.AddJobAsync("open", things);
        await Fleet.ReportAsync("bad", things[0], JobExecutionStatus.FAILED);
        var page = Open(things[0]);

        await PressAsync(page, () => page.FindAll(".pill").Single(pill => pill.TextContent == "Failed"));

        Eventually(page, () => Assert.Equal(["bad"], TextsOf(page, ".executions td.name")));
    }

    [Fact]
    public async Task Its_executions_are_paged_forward_and_back()
    {
        var things = await Fleet.AddThingsAsync(1);
        var jobs = Enumerable.Range(0, 60).Select(i => $"job-{i:00}").ToArray();
        foreach (var job in jobs)
        {
            await Fleet.AddJobAsync(job, things);
        }
        var page = Open(things[0]);
        Eventually(page, () => Assert.Equal(50, page.FindAll(".executions td.name").Count));

        await PressAsync(page, () => page.FindAll(".pager button")[1]);
        Eventually(page, () => Assert.Equal(10, page.FindAll(".executions td.name").Count));

        await PressAsync(page, () => page.FindAll(".pager button")[0]);
        Eventually(page, () => Assert.Equal(50, page.FindAll(".executions td.name").Count));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("not a name")]
    public void An_unknown_thing_is_told_with_a_next_step(string name)
    {
        var page = Open(name);

        Eventually(page, () => Assert.Contains($"There is no thing {name}", TextOf(page, "[role=alert]")));
    }
}
