using System.Net;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>The pages in a real browser, served by a real host.</summary>
public sealed class BrowserTests(Chromium chromium) : PortalBrowserTest(chromium)
{
    private static readonly string LongJob = new string('j', 32) + "-" + new string('1', 31);
    private static readonly string LongThing = new string('t', 64) + ":" + new string('9', 63);

    protected override async Task FillAsync(Fleet fleet)
    {
        var things = await fleet.AddThingsAsync(12);
        await fleet.RunAsync(new CreateThing(LongThing));
        await fleet.AddJobAsync("update", things);
        await fleet.AddJobAsync(LongJob, [LongThing, things[0]], create => create with { Description = string.Concat(Enumerable.Repeat("A long description. ", 100)) });
        await fleet.ReportAsync("update", things[0], JobExecutionStatus.FAILED, new Dictionary<string, string> { ["error"] = "disk full" });
        await fleet.ReportAsync("update", things[1], JobExecutionStatus.IN_PROGRESS);
        await fleet.ReportAsync(LongJob, things[0], JobExecutionStatus.REJECTED);
        await fleet.AddJobAsync("stopped", things[..3]);
        await fleet.RunAsync(new CancelJob("stopped") { ReasonCode = "OPERATOR", Comment = "not tonight" });
    }

    [Fact]
    public async Task A_change_arrives_on_the_overview_without_reload()
    {
        var page = await OpenAsync("/portal/jobs");
        var row = page.Locator("table.jobs tbody tr", new() { Has = page.Locator("a[href='portal/jobs/update']") });
        await Expect(row).ToContainTextAsync("1 failed");
        await page.EvaluateAsync("window.mark = 1");

        await Server.Fleet.ReportAsync("update", "thing-0003", JobExecutionStatus.FAILED);
        await Expect(row).ToContainTextAsync("2 failed");
        await Server.Fleet.RunAsync(new CancelJob("update"));
        await Expect(row).ToContainTextAsync("Canceled");
        await Server.Fleet.AddJobAsync("newcomer", ["thing-0001"]);
        await Expect(page.Locator("td.job a").First).ToHaveTextAsync("newcomer");

        Assert.Equal(1, await page.EvaluateAsync<int>("window.mark"));
    }

    [Fact]
    public async Task A_change_arrives_on_the_job_page_without_reload()
    {
        var page = await OpenAsync("/portal/jobs/update");
        var row = page.Locator("table.executions tbody tr", new() { HasText = "thing-0003" });
        await Expect(row).ToContainTextAsync("Queued");
        await page.EvaluateAsync("window.mark = 1");

        await Server.Fleet.ReportAsync("update", "thing-0003", JobExecutionStatus.SUCCEEDED);
        await Expect(row).ToContainTextAsync("Succeeded");
        await Expect(page.Locator(".counter", new() { HasText = "Succeeded" })).ToContainTextAsync("1");
        await Server.Fleet.RunAsync(new DeleteJob("update") { Force = true });
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("deleted while you looked at it");

        Assert.Equal(1, await page.EvaluateAsync<int>("window.mark"));
    }

    [Fact]
    public async Task An_operator_cancels_a_job_with_the_keyboard()
    {
        var page = await OpenAsync("/portal/jobs/update");
        var cancel = page.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true });
        await cancel.PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog);
        var focused = dialog.Locator(":focus, :scope:focus");
        await Expect(dialog).ToContainTextAsync("Cancels 10 queued; 1 in progress goes on.");

        await Expect(focused).ToHaveCountAsync(1);
        await page.Keyboard.PressAsync("Escape");
        await Expect(dialog).ToBeHiddenAsync();
        await Expect(cancel).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(focused).ToHaveCountAsync(1); // An opening dialog takes the focus: not before it has.
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel 10 executions" }).PressAsync("Enter");

        await Expect(page.Locator(".head-line .job-mark")).ToHaveTextAsync("Canceled");
        await Expect(page.Locator(".counter", new() { HasText = "Canceled" })).ToContainTextAsync("10");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing(ColorScheme scheme)
    {
        var page = await OpenAsync("/portal/jobs", scheme);
        await Axe.AssertCleanAsync(page, "the overview");

        await GoAsync(page, "/portal/jobs?text=nothing");
        await Expect(page.GetByText("No job matches.")).ToBeVisibleAsync();
        await Axe.AssertCleanAsync(page, "the empty overview");

        await GoAsync(page, "/portal/jobs/update");
        await page.Locator(".opener").First.ClickAsync();
        await Expect(page.Locator(".details dl")).ToContainTextAsync("disk full");
        await Axe.AssertCleanAsync(page, "a job with open details");

        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Cancels 10 queued");
        await Axe.AssertCleanAsync(page, "a question");

        await GoAsync(page, "/portal/settings");
        await MakeKeyAsync(page);
        await Axe.AssertCleanAsync(page, "the settings with a new key");

        await GoAsync(page, $"/portal/things/{LongThing}");
        await Axe.AssertCleanAsync(page, "a thing");

        await GoAsync(page, "/portal/nowhere");
        await page.GetByRole(AriaRole.Button, new() { Name = "Colours" }).ClickAsync();
        await Expect(page.GetByText("As the system")).ToBeVisibleAsync();
        await Axe.AssertCleanAsync(page, "an unknown page with the menu of colours");
    }

    private static async Task MakeKeyAsync(IPage page)
    {
        await page.GetByLabel("User or program").FillAsync(new string('w', 64));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Copy the secret now")).ToBeVisibleAsync();
        await Expect(page.Locator("table.keys td.name").First).ToBeVisibleAsync();
    }

    [Theory]
    [InlineData("/portal/jobs")]
    [InlineData("/portal/jobs?text=nothing")]
    [InlineData("/portal/jobs/update")]
    [InlineData("/portal/jobs/{longJob}")]
    [InlineData("/portal/things/{longThing}")]
    [InlineData("/portal/jobs/unknown")]
    public async Task At_400_pixels_no_page_scrolls_sideways(string path)
    {
        var page = await OpenAsync(path.Replace("{longJob}", LongJob, StringComparison.Ordinal).Replace("{longThing}", LongThing, StringComparison.Ordinal), width: 400);

        await PageWidth.AssertFitsAsync(page);
    }

    [Fact]
    public async Task At_400_pixels_a_new_access_key_does_not_scroll_sideways()
    {
        var page = await OpenAsync("/portal/settings", width: 400);
        await MakeKeyAsync(page);

        await PageWidth.AssertFitsAsync(page);
    }

    [Fact]
    public async Task No_request_leaves_this_machine_and_nothing_is_empty()
    {
        var page = await OpenAsync("/portal/jobs");
        await GoAsync(page, "/portal/jobs/update");
        await page.EvaluateAsync("document.fonts.ready");
        Assert.True(await page.EvaluateAsync<bool>("document.fonts.check('14px Roboto')"));

        Assert.All(Addresses, address => Assert.StartsWith(Server.Address.ToString(), address, StringComparison.Ordinal));
        var assets = Addresses.Where(address => Path.GetExtension(new Uri(address).AbsolutePath) is ".css" or ".js" or ".woff2" or ".svg").Distinct().ToList();
        Assert.Contains(assets, asset => asset.Contains("MudBlazor", StringComparison.Ordinal));
        Assert.Contains(assets, asset => asset.EndsWith(".woff2", StringComparison.Ordinal));
        using var client = new HttpClient();
        foreach (var asset in assets)
        {
            Assert.NotEmpty(await client.GetByteArrayAsync(new Uri(asset), TestContext.Current.CancellationToken));
        }
    }

    [Fact]
    public async Task Chosen_colours_are_remembered_and_rendered_by_theServer()
    {
        var page = await OpenAsync("/portal/jobs");
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");

        await page.GetByRole(AriaRole.Button, new() { Name = "Colours" }).ClickAsync();
        await page.GetByText("Dark", new() { Exact = true }).ClickAsync();
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        var answer = await page.ReloadAsync();
        Assert.Contains("data-theme=\"dark\"", await answer!.TextAsync());
    }

    [Fact]
    public async Task The_system_colours_are_followed_from_the_first_page_on()
    {
        var page = await OpenAsync("/portal/jobs", ColorScheme.Dark);
        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "dark");

        await page.EmulateMediaAsync(new() { ColorScheme = ColorScheme.Light });

        await Expect(page.Locator("html")).ToHaveAttributeAsync("data-theme", "light");
    }

    [Fact]
    public async Task An_unknown_address_is_answered_404_with_a_page()
    {
        using var client = new HttpClient();
        var answer = await client.GetAsync(new Uri(Server.Address, "/portal/nowhere"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, answer.StatusCode);
        Assert.Contains("Page not found", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task The_bar_goes_to_a_thing()
    {
        var page = await OpenAsync("/portal/jobs");
        await page.GetByRole(AriaRole.Searchbox, new() { Name = "Go to thing" }).FillAsync("thing-0001");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("thing-0001");
        await Expect(page.Locator("table.executions td.name")).ToHaveCountAsync(3);
    }

    [Fact]
    public async Task Typing_narrows_the_jobs()
    {
        var page = await OpenAsync("/portal/jobs");
        await page.GetByLabel("Job, description or target").FillAsync("STOPP");

        await Expect(page.Locator("td.job a")).ToHaveTextAsync(["stopped"]);
        await Expect(page).ToHaveURLAsync(new Regex(@"\?text=STOPP$"));
    }
}
