using AngleSharp.Dom;
using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Jobs;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>What the list shows, and in which order.</summary>
public sealed class JobsFilterTests : PageTest
{
    private NavigationManager Navigation => Services.GetRequiredService<NavigationManager>();

    private static IReadOnlyList<string> Ids(IRenderedComponent<JobsPage> page) => TextsOf(page, "td.job a");

    private IRenderedComponent<JobsPage> Open(string query, AccessRole role = AccessRole.OPERATOR)
    {
        Navigation.NavigateTo("/portal/jobs" + query);
        return Render<JobsPage>(parameters => parameters.AddCascadingValue(new Viewer("somebody", role, TimeZoneInfo.Utc)));
    }

    /// <summary>calm: one of three succeeded; bad: CONTINUOUS, one of two failed; done: ended.</summary>
    private async Task AddJobsAsync()
    {
        var things = await Fleet.AddThingsAsync(3);
        await Fleet.AddJobAsync("calm", things);
        await Fleet.AddJobAsync("bad", things[..2], create => create with { TargetSelection = TargetSelection.CONTINUOUS });
        await Fleet.AddJobAsync("done", things[..1]);
        await Fleet.ReportAsync("calm", things[0], JobExecutionStatus.SUCCEEDED);
        await Fleet.ReportAsync("bad", things[0], JobExecutionStatus.FAILED);
        await Fleet.RunAsync(new CancelJob("done"));
    }

    [Theory]
    [InlineData("?failures=true", "bad")]
    [InlineData("?selection=CONTINUOUS", "bad")]
    [InlineData("?selection=SNAPSHOT&status=IN_PROGRESS", "calm")]
    [InlineData("?ended=Today", "done")]
    [InlineData("?created=Hour&sort=JobId", "bad calm done")]
    [InlineData("?sort=Total&descending=true", "calm bad done")]
    [InlineData("?sort=FailedShare&descending=true&status=IN_PROGRESS", "bad calm")]
    public async Task The_address_says_which_and_in_which_order(string query, string expected)
    {
        await AddJobsAsync();

        var page = Open(query);

        Eventually(page, () => Assert.Equal(expected.Split(' '), Ids(page)));
    }

    [Fact]
    public async Task A_press_on_a_column_sorts_by_it_and_a_second_turns_it_round()
    {
        await AddJobsAsync();
        var page = Open("");

        await PressAsync(page, () => Column(page, "Total"));
        Eventually(page, () => Assert.Equal(["calm", "bad", "done"], Ids(page)));
        Assert.EndsWith("?sort=Total&descending=true", Navigation.Uri);
        Assert.Equal("descending", Column(page, "Total").ParentElement!.GetAttribute("aria-sort"));

        await PressAsync(page, () => Column(page, "Total"));
        Eventually(page, () => Assert.Equal(["done", "bad", "calm"], Ids(page)));
    }

    [Fact]
    public async Task Choices_go_into_the_address()
    {
        await AddJobsAsync();
        var page = Open("?status=IN_PROGRESS");

        await PressAsync(page, () => page.Find(".with-failures"));
        Eventually(page, () => Assert.Equal(["bad"], Ids(page)));
        await page.InvokeAsync(() => page.FindAll(".choices select")[1].Change("Week"));

        Assert.Contains("status=IN_PROGRESS", Navigation.Uri);
        Assert.Contains("failures=true", Navigation.Uri);
        Assert.Contains("created=Week", Navigation.Uri);
    }

    [Fact]
    public async Task Rows_show_the_share_that_failed_and_move_with_it()
    {
        await AddJobsAsync();
        var page = Open("?sort=FailedShare&descending=true");
        Eventually(page, () => Assert.Equal("Failed 100%", TextsOf(page, "td.figure")[0]));

        await Fleet.ReportAsync("bad", "thing-0002", JobExecutionStatus.SUCCEEDED);
        await Fleet.ReportAsync("calm", "thing-0002", JobExecutionStatus.REJECTED);
        await Fleet.ReportAsync("calm", "thing-0003", JobExecutionStatus.FAILED);

        Eventually(page, () =>
        {
            Assert.Equal(["calm"], Ids(page).Take(1));
            Assert.Equal("Failed 67%", TextsOf(page, "td.figure")[0]);
        });
    }

    [Fact]
    public async Task Built_in_filters_are_links_and_the_one_shown_says_so()
    {
        await AddJobsAsync();
        var page = Open("?status=IN_PROGRESS&failures=true&sort=FailedShare&descending=true");

        Assert.Equal(["Running", "Failing", "Being deleted", "Ended today"], TextsOf(page, ".chip"));
        Assert.Equal("Failing", TextOf(page, ".chip[aria-current]"));
    }

    [Fact]
    public async Task A_filter_is_kept_under_a_name_in_the_browser_and_deleted_again()
    {
        await AddJobsAsync();
        var browser = JSInterop.SetupModule("./jobs.js");
        browser.Mode = JSRuntimeMode.Loose;
        browser.Setup<SavedFilter[]>("savedFilters").SetResult([new("Old ones", "?created=Month")]);
        browser.Setup<bool>("saveFilters", _ => true).SetResult(true);
        var page = Open("?text=bad");
        Eventually(page, () => Assert.Contains("Old ones ×", TextsOf(page, ".chip")));

        await PressAsync(page, () => page.Find(".chip.add"));
        await ChangeAsync(page, () => page.Find(".name-filter input"), "  The bad ones ");
        await page.InvokeAsync(() => page.Find(".name-filter").Submit());
        Eventually(page, () => Assert.Equal("The bad ones", TextOf(page, ".chip [aria-current]")));
        Assert.Equal(
            [new("Old ones", "?created=Month"), new("The bad ones", "?text=bad")],
            Assert.IsAssignableFrom<IEnumerable<SavedFilter>>(browser.Invocations["saveFilters"].Single().Arguments[0]));

        await PressAsync(page, () => page.Find("[aria-label='Delete the filter Old ones']"));
        Eventually(page, () => Assert.DoesNotContain("Old ones ×", TextsOf(page, ".chip")));
        Assert.Empty(page.FindAll(".saved [role=alert]"));
    }

    [Fact]
    public async Task A_browser_that_keeps_nothing_is_told_of()
    {
        var browser = JSInterop.SetupModule("./jobs.js");
        browser.Mode = JSRuntimeMode.Loose;
        browser.Setup<SavedFilter[]>("savedFilters").SetResult([]);
        browser.Setup<bool>("saveFilters", _ => true).SetResult(false);
        var page = Open("?text=bad");

        await PressAsync(page, () => page.Find(".chip.add"));
        await ChangeAsync(page, () => page.Find(".name-filter input"), "mine");
        await page.InvokeAsync(() => page.Find(".name-filter").Submit());

        Eventually(page, () => Assert.Contains("keeps nothing", TextOf(page, ".saved [role=alert]")));
    }

    [Fact]
    public async Task A_filter_that_is_saved_before_the_others_are_read_stands_beside_them()
    {
        var browser = JSInterop.SetupModule("./jobs.js");
        browser.Mode = JSRuntimeMode.Loose;
        var read = browser.Setup<SavedFilter[]>("savedFilters");
        browser.Setup<bool>("saveFilters", _ => true).SetResult(true);
        var page = Open("?text=bad");
        await PressAsync(page, () => page.Find(".chip.add"));
        await ChangeAsync(page, () => page.Find(".name-filter input"), "mine");
        await page.InvokeAsync(() => page.Find(".name-filter").Submit());

        await page.InvokeAsync(() => read.SetResult([new("Old ones", "?created=Month")]));

        Eventually(page, () => Assert.Equal("mine", TextOf(page, ".chip [aria-current]")));
        Assert.Equal(
            ["Old ones", "mine"],
            Assert.IsAssignableFrom<IEnumerable<SavedFilter>>(browser.Invocations["saveFilters"].Single().Arguments[0]).Select(filter => filter.Name));
    }

    [Fact]
    public async Task Operators_create_clone_and_select_and_viewers_only_look()
    {
        await AddJobsAsync();

        var page = Open("");
        Eventually(page, () => Assert.Equal(3, Ids(page).Count));
        Assert.Equal("portal/create-job", page.Find(".page-head .button").GetAttribute("href"));
        Assert.Equal("portal/create-job?clone=bad", page.FindAll(".row-menu a").Single(link => link.GetAttribute("href")!.EndsWith("=bad", StringComparison.Ordinal) && link.TextContent.Contains("Clone", StringComparison.Ordinal)).GetAttribute("href"));
        Assert.Equal(4, page.FindAll("input[type=checkbox]").Count);

        var looking = Open("", AccessRole.VIEWER);
        Eventually(looking, () => Assert.Equal(3, Ids(looking).Count));
        Assert.Empty(looking.FindAll("input[type=checkbox]"));
        Assert.Empty(looking.FindAll(".page-head .button"));
        Assert.DoesNotContain("Clone", looking.Markup);
    }

    private static IElement Column(IRenderedComponent<JobsPage> page, string label) =>
        page.FindAll(".sort").Single(button => button.TextContent.Trim().StartsWith(label, StringComparison.Ordinal));
}
