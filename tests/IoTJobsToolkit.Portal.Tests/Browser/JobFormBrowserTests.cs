using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Things;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>The form for a job and the templates in a real browser.</summary>
public sealed class JobFormBrowserTests(Chromium chromium) : PortalBrowserTest(chromium)
{
    protected override async Task FillAsync(Fleet fleet)
    {
        await fleet.RunAsync(new CreateThingGroup("eu"));
        foreach (var thing in await fleet.AddThingsAsync(30, "pump-"))
        {
            await fleet.RunAsync(new AddThingToThingGroup { ThingGroupName = "eu", ThingName = thing });
        }
        await fleet.RunAsync(new CreateJob("fw-7", [fleet.Engine.Settings.ThingGroupArn("eu"), fleet.ThingArn("pump-0001")])
        {
            Document = """{"operation":"install","from":"${aws:iot:code-sign-signature:x}"}""",
            Description = "Firmware 7",
            TargetSelection = TargetSelection.CONTINUOUS,
            Tags = [new() { Key = "team", Value = "ops" }],
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 20, ExponentialRate = new() { BaseRatePerMinute = 2, IncrementFactor = 1.5m, RateIncreaseCriteria = new() { NumberOfSucceededThings = 4 } } },
            AbortConfig = new() { CriteriaList = [new() { FailureType = JobExecutionFailureType.FAILED, Action = AbortAction.CANCEL, ThresholdPercentage = 20, MinNumberOfExecutedThings = 10 }] },
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 90 },
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 2 }] },
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(0 22 * * ? *)", DurationInMinutes = 120 }] },
        });
        await fleet.RunAsync(new CreateJobTemplate("nightly-restart", "Restarts the pumps at night, slowly") { Document = """{"operation":"restart"}""", TimeoutConfig = new() { InProgressTimeoutInMinutes = 5 } });
    }

    /// <summary>Presses Tab until the field or button has the focus whose label begins so.</summary>
    private static async Task TabToAsync(IPage page, string label)
    {
        const string labelOfFocus = "(document.activeElement.labels?.[0]?.innerText ?? document.activeElement.getAttribute('aria-label') ?? document.activeElement.innerText ?? '').trim()";
        for (var i = 0; i < 80; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if ((await page.EvaluateAsync<string>(labelOfFocus)).StartsWith(label, StringComparison.Ordinal))
            {
                return;
            }
        }
        Assert.Fail($"No Tab reached {label}.");
    }

    [Fact]
    public async Task A_job_is_created_with_the_keyboard_alone()
    {
        var page = await OpenAsync("/portal/create-job");
        await Expect(page.Locator(".job-form")).ToBeVisibleAsync();

        await TabToAsync(page, "Job id");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("by-keyboard");
        await TabToAsync(page, "Group's name");
        await page.Keyboard.TypeAsync("eu");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator(".chip")).ToContainTextAsync("group eu");
        await Expect(page.Locator(".counted b")).ToHaveTextAsync("30 things");
        await TabToAsync(page, "Job document");
        await page.Keyboard.TypeAsync("""{"operation":"install"}""");
        await Expect(page.Locator(".editor-line")).ToContainTextAsync("valid JSON");
        await TabToAsync(page, "Constant");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByLabel("At most, a minute")).ToBeVisibleAsync();
        await TabToAsync(page, "At most, a minute");
        await page.Keyboard.PressAsync("Control+A");
        await page.Keyboard.TypeAsync("10");
        await Expect(page.Locator(".plan")).ToContainTextAsync("All 30 executions are created after 2 min");
        await TabToAsync(page, "Add a rule");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.Locator("#part-abort .sentence")).ToContainTextAsync("20 % of at least 100");
        await TabToAsync(page, "Minutes (empty");
        await page.Keyboard.TypeAsync("60");
        await Expect(page.Locator(".create button")).ToHaveTextAsync("Create by-keyboard for 30 things");
        await TabToAsync(page, "Create by-keyboard for 30 things");
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("by-keyboard");
        var job = await Server.Fleet.JobAsync("by-keyboard");
        Assert.Equal((10, 60L, 20m), (job.JobExecutionsRolloutConfig.MaximumPerMinute, job.TimeoutConfig.InProgressTimeoutInMinutes, job.AbortConfig!.CriteriaList![0].ThresholdPercentage));
    }

    [Fact]
    public async Task A_start_and_an_end_that_a_browser_gives_are_taken()
    {
        var page = await OpenAsync("/portal/create-job?clone=fw-7");
        await Expect(page.Locator(".job-form")).ToBeVisibleAsync();
        var day = TimeProvider.System.GetUtcNow().AddDays(3).ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        await page.GetByLabel("Start (empty").FillAsync($"{day}T10:00");
        await Expect(page.Locator("#powershell-command")).ToContainTextAsync($"-SchedulingConfig_StartTime '{day}T10:00");
        await page.GetByLabel("End (empty").FillAsync($"{day}T11:30");
        await Expect(page.Locator("#powershell-command")).ToContainTextAsync($"-SchedulingConfig_EndTime '{day}T11:30");
        Assert.Equal($"{day}T10:00", (await page.GetByLabel("Start (empty").InputValueAsync())[..16]);
    }

    [Fact]
    public async Task How_a_job_stood_is_told_for_a_moment_that_a_browser_gives()
    {
        var page = await OpenAsync("/portal/jobs/fw-7");
        await page.GetByLabel("How it stood on").FillAsync("2020-01-01T10:00");

        await Expect(page.Locator(".past [role=alert]")).ToContainTextAsync("Job fw-7 was not there at 2020-01-01T10:00:00Z");
    }

    [Fact]
    public async Task A_document_far_too_long_is_refused_and_the_page_lives_on()
    {
        var page = await OpenAsync("/portal/create-job");
        var document = page.GetByLabel("Job document");

        await document.FillAsync($"\"{new string('€', 4 * JobDocument.MaxLength)}\"");
        await Expect(page.Locator(".editor-line")).ToContainTextAsync("65,536 of 32,768 characters");

        await document.FillAsync($"\"{new string('€', JobDocument.MaxLength - 2)}\"");
        await Expect(page.Locator(".editor-line")).ToContainTextAsync("valid JSON");
    }

    [Fact]
    public async Task Copy_puts_the_command_on_the_clipboard()
    {
        var page = await OpenAsync("/portal/create-job?clone=fw-7");
        await page.Context.GrantPermissionsAsync(["clipboard-read", "clipboard-write"]);
        await page.EvaluateAsync("new MutationObserver(() => { window.copied = true; }).observe(document.body, { subtree: true, attributeFilter: ['data-copied'] })");

        await page.GetByRole(AriaRole.Button, new() { Name = "Copy the PowerShell command" }).ClickAsync();

        await page.WaitForFunctionAsync("window.copied"); // It is said for two seconds only.
        Assert.Equal(await page.Locator("#powershell-command").TextContentAsync(), await page.EvaluateAsync<string>("navigator.clipboard.readText()"));
        await Expect(page.Locator("#powershell-command")).ToContainTextAsync("New-IoTJob -JobId 'fw-8'");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing(ColorScheme scheme)
    {
        var page = await OpenAsync("/portal/create-job", scheme);
        await page.Locator(".create button").ClickAsync();
        await Expect(page.Locator(".create .problem")).ToBeVisibleAsync();
        await Axe.AssertCleanAsync(page, "the empty form after Create");

        foreach (var (path, sign) in new[]
        {
            ("/portal/create-job?clone=fw-7", ".windows li"), ("/portal/create-job?template=AWS-Run-Command", ".template-text"),
            ("/portal/templates", ".templates"), ("/portal/templates/nightly-restart", ".facts"), ("/portal/create-template?job=fw-7", ".narrow"),
            ("/portal/import-jobs", "#definitions"), ("/portal/settings/notifications", "#rules"),
        })
        {
            await page.GotoAsync(new Uri(Server.Address, path).ToString());
            await page.WaitForFunctionAsync("window.portalTheme?.isLive()");
            await Expect(page.Locator(sign).First).ToBeVisibleAsync();
            await Axe.AssertCleanAsync(page, path);
        }
    }

    [Theory]
    [InlineData("/portal/create-job", ".job-form")]
    [InlineData("/portal/create-job?clone=fw-7", ".windows li")]
    [InlineData("/portal/templates", ".templates")]
    [InlineData("/portal/templates/nightly-restart", ".facts")]
    [InlineData("/portal/create-template?job=fw-7", ".narrow")]
    [InlineData("/portal/import-jobs", "#definitions")]
    [InlineData("/portal/settings/notifications", "#rules")]
    public async Task At_400_pixels_no_page_scrolls_sideways(string path, string sign)
    {
        var page = await OpenAsync(path, width: 400);
        await Expect(page.Locator(sign).First).ToBeVisibleAsync();

        await PageWidth.AssertFitsAsync(page);
    }
}
