using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Portal.Components.Activity;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class ActivityPageTests : PageTest
{
    private readonly FailingJobs _door = new();

    protected override IJobs Door(IJobs jobs)
    {
        _door.Inner = jobs;
        return _door;
    }

    private IRenderedComponent<ActivityPage> Open(string query = "")
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo($"portal/activity{query}");
        return Render<ActivityPage>();
    }

    private static IReadOnlyList<string> Whats(IRenderedComponent<ActivityPage> page) => Cells(page, "td.what");

    /// <summary>Both lines of a cell.</summary>
    private static IReadOnlyList<string> Cells(IRenderedComponent<ActivityPage> page, string selector) =>
    [
        .. page.FindAll(selector).Select(cell =>
        {
            var second = cell.QuerySelector(".second")?.TextContent ?? "";
            var words = cell.TextContent[..cell.TextContent.LastIndexOf(second, StringComparison.Ordinal)] + " " + second;
            return string.Join(' ', words.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
        }),
    ];

    [Fact]
    public void Before_anything_is_changed_it_says_what_will_appear()
    {
        var page = Open();

        Eventually(page, () => Assert.Contains("Nothing has been changed yet", TextOf(page, ".empty")));
        Assert.Contains("kept for 90 days", TextOf(page, ".activity-about"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task While_it_is_read_it_says_so()
    {
        var gate = new TaskCompletionSource();
        _door.Before = _ => gate.Task;
        var page = Open();
        Assert.Contains("Reading the activity", TextOf(page, "[aria-busy=true]"), StringComparison.Ordinal);

        gate.SetResult();
        Eventually(page, () => page.Find(".empty"));
        await Task.CompletedTask;
    }

    [Fact]
    public async Task A_refusal_says_what_to_do_and_is_gone_after_another_try()
    {
        await Fleet.AddThingsAsync(1);
        _door.Refusal = new(JobsError.ServiceUnavailable, "The disk is full.");
        var page = Open();
        Eventually(page, () => Assert.Contains("The disk is full.", TextOf(page, "[role=alert]")));

        await page.InvokeAsync(() =>
        {
            var again = page.Find("[role=alert] button");
            _door.Refusal = null; // Not before: the page tries by itself, too.
            again.Click();
        });
        Eventually(page, () => Assert.Equal(["Created thing thing-0001"], Whats(page)));
    }

    [Fact]
    public async Task A_line_says_who_did_what_with_links_to_what_is_still_there()
    {
        await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("fw-7", ["thing-0001"], create => create with { TargetSelection = Engine.Jobs.TargetSelection.CONTINUOUS });
        await Fleet.RunAsync(new CancelJobExecution("fw-7", "thing-0001"));
        await Fleet.Engine.As(Caller.Operator("grace", AccessRole.OPERATOR, CallOrigin.PORTAL)).ExecuteAsync(
            new CancelJob("fw-7") { Force = true, ReasonCode = "BAD_IMAGE" }, Xunit.TestContext.Current.CancellationToken);
        await Fleet.RunAsync(new DeleteThing("thing-0001"));
        var page = Open();

        Eventually(page, () => Assert.Equal(
            [
                "Deleted thing thing-0001",
                "Canceled job fw-7 with force; reason BAD_IMAGE",
                "Canceled job fw-7 on thing-0001",
                "Created job fw-7 1 target; CONTINUOUS",
                "Created thing thing-0001",
            ],
            Whats(page)));
        Assert.Equal("grace operator · Portal", Cells(page, "td.who")[1]);
        Assert.Equal("ops administrator · API", Cells(page, "td.who")[0]);
        Assert.Equal(
            ["portal/jobs/fw-7", "portal/jobs/fw-7", "portal/things/thing-0001", "portal/jobs/fw-7", "portal/things/thing-0001"],
            page.FindAll("td.what a").Select(link => link.GetAttribute("href")));
        Assert.Contains("UTC", page.Find("td.time time").GetAttribute("title"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("?text=LAMP", "Created thing lamp")]
    [InlineData("?by=grace", "Created thing gate")]
    [InlineData("?origin=portal", "Created thing gate")]
    [InlineData("?origin=api&text=thing", "Created thing lamp")]
    [InlineData("?origin=1&last=9&from=yesterday", "Created thing gate|Created thing lamp")]
    [InlineData("?last=hour&from=1999-01-01&until=1999-01-01", "Created thing gate|Created thing lamp")]
    [InlineData("?from=2020-01-01", "Created thing gate|Created thing lamp")]
    [InlineData("?from=9999-12-31", "")]
    [InlineData("?until=2020-01-01", "")]
    [InlineData("?text=nothing", "")]
    public async Task The_address_says_what_is_shown(string query, string lines)
    {
        await Fleet.RunAsync(new CreateThing("lamp"));
        await Fleet.Engine.As(Caller.Operator("grace", origin: CallOrigin.PORTAL)).ExecuteAsync(new CreateThing("gate"), Xunit.TestContext.Current.CancellationToken);
        var page = Open(query);

        Eventually(page, () => Assert.Equal(lines, string.Join('|', Whats(page))));
        if (lines.Length == 0)
        {
            Eventually(page, () => Assert.Contains("No change matches.", TextOf(page, ".empty")));
            Assert.Equal("portal/activity", page.Find(".empty a").GetAttribute("href"));
        }
    }

    [Fact]
    public async Task Filters_go_into_the_address_and_into_that_of_the_export()
    {
        await Fleet.AddThingsAsync(1);
        var page = Open("?text=x");
        var navigation = Services.GetRequiredService<NavigationManager>();
        await PressAsync(page, () => page.FindAll(".pill").Single(pill => pill.TextContent == "PowerShell"));
        Assert.Equal("portal/activity?text=x&origin=cmdlet", navigation.ToBaseRelativePath(navigation.Uri));
        page = Open("?text=x&origin=cmdlet&from=2026-01-01");
        await PressAsync(page, () => page.FindAll(".pill").Single(pill => pill.TextContent == "Last week"));
        Assert.Equal("portal/activity?text=x&origin=cmdlet&last=week", navigation.ToBaseRelativePath(navigation.Uri));

        page = Open("?text=a%26b&last=day");
        Assert.Equal(
            ["portal/activity/export?text=a%26b&last=day&format=csv", "portal/activity/export?text=a%26b&last=day&format=jsonl"],
            page.FindAll(".exports a").Select(link => navigation.ToBaseRelativePath(link.GetAttribute("href")!)));
        await page.InvokeAsync(() => page.FindAll(".days input")[1].Change("2026-11-30"));
        Assert.Equal("portal/activity?text=a%26b&until=2026-11-30", navigation.ToBaseRelativePath(navigation.Uri));
    }

    [Fact]
    public async Task What_is_new_appears_on_the_first_page_by_itself()
    {
        await Fleet.AddThingsAsync(1);
        var page = Open();
        Eventually(page, () => Assert.Single(Whats(page)));

        await Fleet.RunAsync(new CreateThing("newcomer"));
        Eventually(page, () => Assert.Equal(["Created thing newcomer", "Created thing thing-0001"], Whats(page)));
    }

    [Fact]
    public async Task Further_down_a_button_says_how_much_is_new_and_goes_there()
    {
        await Fleet.AddThingsAsync(120);
        var page = Open("?text=thing");
        Eventually(page, () => Assert.Equal(50, Whats(page).Count));
        await PressAsync(page, () => page.FindAll(".pager button")[1]);
        Eventually(page, () => Assert.Equal("Page 2", TextOf(page, ".pager span.muted")));
        var second = Whats(page);

        await Fleet.RunAsync(new CreateThing("newcomer-1"));
        await Fleet.RunAsync(new CreateThing("newcomer-2"));
        Eventually(page, () => Assert.Equal("2 new", TextOf(page, ".newer button")));
        Assert.Equal(second, Whats(page));

        await PressAsync(page, () => page.FindAll(".pager button")[1]);
        Eventually(page, () => Assert.Equal("Page 3", TextOf(page, ".pager span.muted")));
        Assert.Equal(20, Whats(page).Count);
        await PressAsync(page, () => page.FindAll(".pager button")[0]);
        Eventually(page, () => Assert.Equal(second, Whats(page)));

        await PressAsync(page, () => page.Find(".newer button"));
        Eventually(page, () => Assert.Equal("Created thing newcomer-2", Whats(page)[0]));
        Assert.Equal("Page 1", TextOf(page, ".pager span.muted"));
        Assert.Empty(page.FindAll(".newer button"));
    }

    [Fact]
    public async Task A_period_stands_still_while_its_pages_are_turned()
    {
        await Fleet.AddThingsAsync(60);
        var page = Open("?last=hour");
        Eventually(page, () => Assert.Equal(50, Whats(page).Count));

        await PressAsync(page, () => page.FindAll(".pager button")[1]);
        Eventually(page, () => Assert.Equal(10, Whats(page).Count));
        Assert.Empty(page.FindAll("[role=alert]"));
    }
}
