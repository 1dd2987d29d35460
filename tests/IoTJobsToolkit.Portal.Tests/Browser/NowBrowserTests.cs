using System.Globalization;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>The start page, the wall and the tab in a real browser, with every kind of trouble.</summary>
public sealed class NowBrowserTests : PortalBrowserTest
{
    private readonly ShiftedClock _clock;

    public NowBrowserTests(Chromium chromium)
        : this(chromium, new())
    {
    }

    private NowBrowserTests(Chromium chromium, ShiftedClock clock)
        : base(chromium, 1440, clock) => _clock = clock;

    protected override async Task FillAsync(Fleet fleet)
    {
        var things = await fleet.AddThingsAsync(60);
        foreach (var job in Enumerable.Range(1, 9).Select(i => $"nightly-inventory-{i}"))
        {
            await fleet.AddJobAsync(job, things[..1]);
        }
        await fleet.AddJobAsync("firmware-2-14-eu-west-" + new string('x', 40), things[40..50], create => create with { Description = "Firmware of the west" });
        await fleet.AddJobAsync("certificates", things[..6]);
        foreach (var thing in things[..4])
        {
            await fleet.ReportAsync("certificates", thing, JobExecutionStatus.IN_PROGRESS);
        }
        _clock.Jump(TimeSpan.FromMinutes(34));
        await fleet.AddJobAsync("firmware-2-14", things, create => create with
        {
            AbortConfig = new()
            {
                CriteriaList =
                [
                    new() { FailureType = JobExecutionFailureType.FAILED, Action = AbortAction.CANCEL, ThresholdPercentage = 30, MinNumberOfExecutedThings = 20 },
                ],
            },
        });
        var reasons = new[] { "disk full", "signature does not match the certificate of the manifest that came with the package", "battery low", "E17" };
        for (var i = 0; i < 40; i++)
        {
            _clock.Jump(TimeSpan.FromSeconds(20));
            await fleet.ReportAsync("firmware-2-14", things[i], JobExecutionStatus.IN_PROGRESS);
            var isFailed = i % 4 == 3;
            await fleet.ReportAsync(
                "firmware-2-14", things[i], isFailed ? JobExecutionStatus.FAILED : JobExecutionStatus.SUCCEEDED,
                isFailed ? new Dictionary<string, string> { ["reason"] = reasons[i / 4 % reasons.Length] } : null);
        }
        foreach (var job in Enumerable.Range(1, 5).Select(i => $"nightly-inventory-{i}"))
        {
            await fleet.ReportAsync(job, things[0], JobExecutionStatus.REJECTED, new Dictionary<string, string> { ["reason"] = $"not in {job}" });
        }
        await fleet.AddJobAsync("urgent-patch", things[50..55], create => create with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 20 } });
        foreach (var thing in things[50..54])
        {
            await fleet.ReportAsync("urgent-patch", thing, JobExecutionStatus.IN_PROGRESS);
        }
        _clock.Jump(TimeSpan.FromMinutes(13));
        await fleet.AddJobAsync("weekly", things, create => create with
        {
            SchedulingConfig = new() { StartTime = _clock.GetUtcNow().AddMinutes(45).ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture) },
        });
    }

    [Fact]
    public async Task Trouble_comes_and_goes_on_an_open_page_and_in_its_tab_without_reload()
    {
        var page = await OpenAsync("/");
        var fleet = Server.Fleet;
        await page.EvaluateAsync("window.mark = 1");
        var silent = page.Locator(".troubles li", new() { HasText = "devices silent" });
        await Expect(silent).ToContainTextAsync("4 devices silent");
        await Expect(page).ToHaveTitleAsync(new Regex(@"^\(\d+\) Now · IoT Jobs$"));

        await fleet.ReportAsync("certificates", "thing-0001", JobExecutionStatus.SUCCEEDED);

        await Expect(silent).ToContainTextAsync("3 devices silent");
        Assert.Equal(1, await page.EvaluateAsync<int>("window.mark"));
    }

    [Fact]
    public async Task The_tab_of_every_page_shows_trouble_and_is_quiet_without()
    {
        var page = await OpenAsync("/portal/jobs/certificates");
        await Expect(page).ToHaveTitleAsync(new Regex(@"^\(\d+\) certificates · IoT Jobs$"));
        var icon = page.Locator("link[rel=icon]");
        await Expect(icon).ToHaveAttributeAsync("href", new Regex("favicon-trouble"));

        await page.Locator("nav a", new() { HasText = "Jobs" }).ClickAsync();
        await Expect(page).ToHaveTitleAsync(new Regex(@"^\(\d+\) Jobs · IoT Jobs$"));
        await page.Locator("nav a", new() { HasText = "Now" }).ClickAsync();
        await Expect(page).ToHaveTitleAsync(new Regex(@"^\(\d+\) Now · IoT Jobs$"));

        foreach (var job in (await Server.Fleet.RunAsync(new ListJobs { Status = JobStatus.IN_PROGRESS })).Jobs)
        {
            await Server.Fleet.RunAsync(new CancelJob(job.JobId) { Force = true });
        }
        await Expect(page).ToHaveTitleAsync("Now · IoT Jobs");
        await Expect(icon).ToHaveAttributeAsync("href", new Regex(@"favicon(\.\w+)?\.svg"));
        await Expect(page.Locator("#troubles")).ToContainTextAsync("Nothing needs anybody");
    }

    [Fact]
    public async Task The_tab_says_that_the_connection_is_lost()
    {
        var page = await OpenAsync("/portal/jobs");
        await Expect(page).ToHaveTitleAsync(new Regex(@"^\(\d+\) Jobs · IoT Jobs$"));

        await Server.StopAsync();

        await Expect(page).ToHaveTitleAsync("(connection lost) Jobs · IoT Jobs");
    }

    [Fact]
    public async Task The_wall_loads_itself_again_when_its_connection_is_given_up_and_theServer_is_back()
    {
        var page = await OpenAsync("/portal/wall");
        await page.EvaluateAsync("window.mark = 1");

        await page.EvaluateAsync(
            "document.getElementById('components-reconnect-modal').dispatchEvent(new CustomEvent('components-reconnect-state-changed', { detail: { state: 'failed' } }))");

        await page.WaitForFunctionAsync("window.mark === undefined && window.portalTheme?.isLive()");
    }

    [Fact]
    public async Task The_wall_loads_itself_again_when_its_page_has_stopped()
    {
        var page = await OpenAsync("/portal/wall");
        await page.EvaluateAsync("window.mark = 1");

        await page.EvaluateAsync("document.getElementById('blazor-error-ui').style.display = 'block'"); // As the framework's script does.

        await page.WaitForFunctionAsync("window.mark === undefined && window.portalTheme?.isLive()");
    }

    [Theory]
    [InlineData("/", 1440)]
    [InlineData("/portal/wall", 1440)]
    [InlineData("/portal/wall", 1920)]
    public async Task One_look_is_enough_without_scrolling(string path, int width)
    {
        var page = await OpenAsync(path, width: width);
        await Expect(page.Locator(".troubles li").First).ToBeVisibleAsync();

        // Once its letters are there and all is counted.
        await page.EvaluateAsync("document.fonts.ready");
        await page.WaitForFunctionAsync(
            "document.documentElement.scrollWidth === document.documentElement.clientWidth && document.documentElement.scrollHeight <= 900");
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/portal/wall")]
    public async Task At_400_pixels_nothing_scrolls_sideways(string path)
    {
        var page = await OpenAsync(path, width: 400);
        await Expect(page.Locator(".troubles li").First).ToBeVisibleAsync();

        await PageWidth.AssertFitsAsync(page);
    }

    [Theory]
    [InlineData("/", ColorScheme.Light)]
    [InlineData("/", ColorScheme.Dark)]
    [InlineData("/portal/wall", ColorScheme.Light)]
    [InlineData("/portal/wall", ColorScheme.Dark)]
    public async Task Axe_finds_nothing(string path, ColorScheme scheme)
    {
        var page = await OpenAsync(path, scheme);
        await Expect(page.Locator(".troubles li").First).ToBeVisibleAsync();

        await Axe.AssertCleanAsync(page, path);
    }

    [Fact]
    public async Task The_wall_has_no_navigation_and_a_way_back()
    {
        var page = await OpenAsync("/");
        await page.GetByRole(AriaRole.Link, new() { Name = "Wall view" }).ClickAsync();
        await Expect(page.Locator(".wall-clock")).ToBeVisibleAsync();
        await Expect(page.Locator("nav")).ToHaveCountAsync(0);

        await page.GetByRole(AriaRole.Link, new() { Name = "Leave the wall view" }).ClickAsync();

        await Expect(page.Locator("nav")).ToHaveCountAsync(1);
    }
}
