using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>The list of jobs and an execution in a real browser.</summary>
public sealed class JobsBrowserTests(Chromium chromium) : PortalBrowserTest(chromium)
{
    protected override async Task FillAsync(Fleet fleet)
    {
        var things = await fleet.AddThingsAsync(12);
        await fleet.AddJobAsync("update", things, create => create with { Description = "Firmware 4.2 for all pumps" });
        await fleet.AddJobAsync("small", things[..2]);
        await fleet.AddJobAsync("stopped", things[..3]);
        await fleet.ReportAsync("update", things[0], JobExecutionStatus.IN_PROGRESS, new Dictionary<string, string> { ["step"] = "download" });
        await fleet.ReportAsync("update", things[0], JobExecutionStatus.FAILED, new Dictionary<string, string> { ["error"] = "disk full", ["log"] = new string('x', 500) });
        await fleet.ReportAsync("update", things[1], JobExecutionStatus.IN_PROGRESS);
        await fleet.RunAsync(new CancelJob("stopped"));
    }

    private static ILocator Ids(IPage page) => page.Locator("td.job a");

    /// <summary>
    /// Waits until the rows of the first paint have given way to those that the browser asked for, which takes the focus from them, and until the script
    /// listens that moves between rows.
    /// </summary>
    private static async Task RowsStandAsync(IPage page)
    {
        await page.WaitForFunctionAsync("document.querySelector('table.jobs tbody')?.lastElementChild?.matches('tr:not(.job-row)')");
        await page.WaitForFunctionAsync(
            """
            () => {
              const control = document.querySelector('tr.job-row input');
              const isHeard = !control.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown', bubbles: true, cancelable: true }));
              document.activeElement.blur();
              return isHeard;
            }
            """);
    }

    [Fact]
    public async Task Filter_and_order_stand_in_the_address_and_survive_a_reload()
    {
        var page = await OpenAsync("/portal/jobs");
        await page.GetByRole(AriaRole.Button, new() { Name = "In progress", Exact = true }).First.ClickAsync();
        await Expect(Ids(page)).ToHaveTextAsync(["small", "update"]);
        await page.GetByRole(AriaRole.Columnheader, new() { Name = "Total" }).GetByRole(AriaRole.Button).ClickAsync();
        await Expect(Ids(page)).ToHaveTextAsync(["update", "small"]);
        await Expect(page).ToHaveURLAsync(new Uri(Server.Address, "/portal/jobs?status=IN_PROGRESS&sort=Total&descending=true").ToString());

        await page.ReloadAsync();

        await Expect(Ids(page)).ToHaveTextAsync(["update", "small"]);
        await Expect(page.GetByRole(AriaRole.Columnheader, new() { Name = "Total" })).ToHaveAttributeAsync("aria-sort", "descending");
    }

    [Fact]
    public async Task Rows_stand_in_the_page_before_its_script_runs()
    {
        using var client = new HttpClient();

        var page = await client.GetStringAsync(new Uri(Server.Address, "/portal/jobs?status=CANCELED"), TestContext.Current.CancellationToken);

        Assert.Contains("href=\"portal/jobs/stopped\"", page, StringComparison.Ordinal);
        Assert.DoesNotContain("href=\"portal/jobs/update\"", page, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Arrows_move_between_rows_also_after_nothing_had_matched()
    {
        var page = await OpenAsync("/portal/jobs?text=nothing&sort=JobId");
        await Expect(page.GetByText("No job matches.")).ToBeVisibleAsync();
        await page.GetByLabel("Job, description or target").FillAsync("");
        await Expect(Ids(page)).ToHaveTextAsync(["small", "stopped", "update"]);
        await RowsStandAsync(page);

        await page.GetByLabel("Select small").FocusAsync();
        await page.Keyboard.PressAsync("ArrowDown");

        await Expect(page.GetByLabel("Select stopped")).ToBeFocusedAsync();
    }

    [Fact]
    public async Task A_named_filter_is_there_after_a_reload_and_gone_when_deleted()
    {
        var page = await OpenAsync("/portal/jobs");
        foreach (var (before, name, text) in new[] { (0, "Updates", "upd"), (1, "Others", "small") })
        {
            await GoAsync(page, $"/portal/jobs?text={text}");
            await Expect(page.Locator(".chip.own")).ToHaveCountAsync(before);
            await page.GetByRole(AriaRole.Button, new() { Name = "Save this filter" }).ClickAsync();
            await page.GetByLabel("Name of the filter").FillAsync(name);
            await page.Keyboard.PressAsync("Enter");
            await Expect(page.Locator(".chip.own a").Last).ToHaveTextAsync(name);
        }

        await page.GotoAsync(new Uri(Server.Address, "/portal/jobs").ToString());
        await page.Locator(".chip.own a", new() { HasText = "Updates" }).ClickAsync();
        await Expect(Ids(page)).ToHaveTextAsync(["update"]);
        await page.GetByRole(AriaRole.Button, new() { Name = "Delete the filter Updates" }).ClickAsync();
        await Expect(page.Locator(".chip.own a")).ToHaveTextAsync(["Others"]);
        await page.ReloadAsync();
        await Expect(page.Locator(".chip.own a")).ToHaveTextAsync(["Others"]);
    }

    [Fact]
    public async Task An_operator_cancels_two_jobs_with_the_keyboard()
    {
        var page = await OpenAsync("/portal/jobs?status=IN_PROGRESS");
        await RowsStandAsync(page);
        await page.GetByLabel("Select small").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowDown");
        await Expect(page.GetByLabel("Select update")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        var bar = page.GetByRole(AriaRole.Region, new() { Name = "Selected jobs" });
        await Expect(bar).ToContainTextAsync("2 selected");

        await bar.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).PressAsync("Enter");
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Cancels 2 jobs: 12 queued executions are canceled; 1 in progress goes on.");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel 2 jobs" }).PressAsync("Enter");

        await Expect(dialog).ToBeHiddenAsync();
        await Expect(page.GetByText("No job matches.")).ToBeVisibleAsync();
        Assert.Equal(JobStatus.CANCELED, (await Server.Fleet.JobAsync("update")).Status);
    }

    [Fact]
    public async Task A_rows_menu_opens_with_the_keyboard_leads_to_a_clone_and_closes_with_escape()
    {
        var page = await OpenAsync("/portal/jobs");
        await RowsStandAsync(page);
        var menu = page.GetByLabel("More about small");
        await menu.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Clone as a new job" })).ToHaveAttributeAsync("href", "portal/create-job?clone=small");

        await page.Keyboard.PressAsync("Escape");

        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "Clone as a new job" })).ToBeHiddenAsync();
        await Expect(menu).ToBeFocusedAsync();
    }

    [Fact]
    public async Task Rows_do_not_move_under_the_pointer()
    {
        var page = await OpenAsync("/portal/jobs?sort=JobId");
        await RowsStandAsync(page);
        var row = page.Locator("tr.job-row", new() { HasText = "small" });
        await row.HoverAsync();
        var moving = MoveAsync();
        await Server.Fleet.AddJobAsync("another", ["thing-0001"]);
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Jobs came or moved" })).ToBeVisibleAsync();
        await Expect(Ids(page)).ToHaveTextAsync(["small", "stopped", "update"]);

        _isMoving = false;
        await moving;
        await Expect(Ids(page)).ToHaveTextAsync(["another", "small", "stopped", "update"]);

        async Task MoveAsync()
        {
            var box = (await row.BoundingBoxAsync())!;
            for (var i = 0; _isMoving; i++)
            {
                await page.Mouse.MoveAsync(box.X + 300 + i % 40, box.Y + 20);
            }
        }
    }

    private volatile bool _isMoving = true;

    [Fact]
    public async Task Ten_thousand_jobs_scroll_in_a_moment()
    {
        await using var server = await PortalServer.StartAsync(new Fleet(store: ManyJobs.Store(10_000)));
        await using var context = await Chromium.OpenAsync(); // Closes before the server, which else waits for its connections.
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(server.Address, "/portal/jobs").ToString());
        await page.WaitForFunctionAsync("window.portalTheme?.isLive()");
        await Expect(page.GetByText("10,000 jobs")).ToBeVisibleAsync();
        await Expect(Ids(page).First).ToHaveTextAsync("wave-010000");

        var times = new List<double>();
        foreach (var part in new[] { 0.5, 0.1, 0.9, 0.3, 0.7, 1 })
        {
            times.Add(await page.EvaluateAsync<double>(JumpAndWait, part));
        }
        await Expect(Ids(page).Last).ToHaveTextAsync("wave-000001");

        TestContext.Current.TestOutputHelper?.WriteLine(string.Join(", ", times.Select(time => $"{time:0} ms")));
        Assert.InRange(times.Min(), 0, 1_500); // The best of six: 200 ms where nothing else is going on.
    }

    /// <summary>Milliseconds from a jump of the scroll bar until rows stand at the top of the window.</summary>
    private const string JumpAndWait =
        """
        part => new Promise(done => {
          const began = performance.now();
          const page = document.documentElement;
          window.scrollTo(0, part * (page.scrollHeight - page.clientHeight));
          const look = () => document.elementFromPoint(640, 450)?.closest('tr.job-row') ? done(performance.now() - began) : requestAnimationFrame(look);
          requestAnimationFrame(look);
        })
        """;

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing(ColorScheme scheme)
    {
        var page = await OpenAsync("/portal/jobs?text=t", scheme);
        await page.GetByRole(AriaRole.Button, new() { Name = "Save this filter" }).ClickAsync();
        await page.GetByLabel("Name of the filter").FillAsync("Mine");
        await page.Keyboard.PressAsync("Enter");
        await RowsStandAsync(page);
        await page.GetByLabel("Select all").CheckAsync();
        await page.GetByLabel("More about update").ClickAsync();
        await Axe.AssertCleanAsync(page, "the list with a selection and an open menu");

        await page.GetByRole(AriaRole.Button, new() { Name = "Force cancel" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Cancels 2 jobs");
        await Axe.AssertCleanAsync(page, "the question about many jobs");

        await page.GotoAsync(new Uri(Server.Address, "/portal/jobs/update/executions/thing-0001/1").ToString());
        await Expect(page.Locator(".timeline")).ToContainTextAsync("Failed, as the device reported");
        await Axe.AssertCleanAsync(page, "an execution");
    }

    [Fact]
    public async Task At_400_pixels_jobs_are_cards_and_nothing_scrolls_sideways()
    {
        var page = await OpenAsync("/portal/jobs", width: 400);
        await RowsStandAsync(page);
        await page.GetByLabel("Select update").CheckAsync();
        await page.GetByLabel("More about update").ClickAsync();
        await PageWidth.AssertFitsAsync(page);

        await page.GetByRole(AriaRole.Button, new() { Name = "Force delete" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToContainTextAsync("Deletes 1 job");
        await PageWidth.AssertFitsAsync(page);

        await page.GotoAsync(new Uri(Server.Address, "/portal/jobs/update/executions/thing-0001/1").ToString());
        await Expect(page.Locator(".timeline")).ToContainTextAsync("Failed, as the device reported");
        await PageWidth.AssertFitsAsync(page);
    }

    [Fact]
    public async Task An_execution_follows_its_device_without_reload()
    {
        var page = await OpenAsync("/portal/jobs/update/executions/thing-0002/1");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("Started by the device");
        await page.EvaluateAsync("window.mark = 1");

        await Server.Fleet.ReportAsync("update", "thing-0002", JobExecutionStatus.REJECTED, new Dictionary<string, string> { ["reason"] = "battery low" });

        await Expect(page.Locator(".timeline")).ToContainTextAsync("Rejected by the device");
        await Expect(page.Locator(".timeline")).ToContainTextAsync("battery low");
        Assert.Equal(1, await page.EvaluateAsync<int>("window.mark"));
    }
}
