using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Portal.Tests.SignIn;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>What somebody on call does of a night, from the sign-in to the record of it, at the whole server.</summary>
public sealed class StoryTests(Chromium chromium) : IAsyncLifetime
{
    private static readonly string[] Pumps = ["pump-1", "pump-2", "pump-3", "pump-4"];

    private SignInServer _server = null!;

    public async ValueTask InitializeAsync()
    {
        _server = await SignInServer.StartAsync(TimeProvider.System);
        await _server.AddAsync("alice", AccessRole.OPERATOR);
        await _server.RunAsync(new CreateThingGroup("pumps"));
        foreach (var pump in Pumps)
        {
            await _server.RunAsync(new CreateThing(pump));
            await _server.RunAsync(new AddThingToThingGroup { ThingGroupName = "pumps", ThingName = pump });
        }
    }

    public ValueTask DisposeAsync() => _server.DisposeAsync();

    private Task<UpdateJobExecutionResponse> ReportAsync(string pump, JobExecutionStatus status, string? reason = null) =>
        _server.Engine.As(Caller.Device(pump)).ExecuteAsync(
            new UpdateJobExecution("night-fix", pump) { Status = status, StatusDetails = reason is null ? null : new Dictionary<string, string> { ["reason"] = reason } },
            TestContext.Current.CancellationToken);

    [Fact]
    public async Task Somebody_signs_in_creates_a_job_watches_it_sees_why_it_fails_cancels_it_and_finds_that_in_the_activity()
    {
        await using var context = await chromium.OpenAsync(isStrict: true);
        var page = await context.NewPageAsync();

        // The address that was asked for opens after the sign-in.
        await page.GotoAsync(new Uri(_server.Address, "/portal/create-job").ToString());
        await page.GetByLabel("Account").FillAsync("alice");
        await page.GetByLabel("Password").FillAsync(SignInServer.Password);
        await page.Keyboard.PressAsync("Enter");
        await LivePage.WaitAsync(page);

        await page.GetByLabel("Job id").FillAsync("night-fix");
        await page.GetByLabel("Group's name").FillAsync("pumps");
        await page.GetByRole(AriaRole.Button, new() { Name = "Add", Exact = true }).ClickAsync();
        await Expect(page.Locator(".counted b")).ToHaveTextAsync("4 things");
        await page.GetByLabel("Job document").FillAsync("""{"operation":"install","version":"7"}""");
        await page.GetByRole(AriaRole.Button, new() { Name = "Create night-fix for 4 things" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("night-fix");
        await Expect(Counter(page, "Queued")).ToContainTextAsync("4");
        await page.EvaluateAsync("window.mark = 1");

        await ReportAsync("pump-1", JobExecutionStatus.IN_PROGRESS);
        await ReportAsync("pump-2", JobExecutionStatus.IN_PROGRESS);
        await ReportAsync("pump-1", JobExecutionStatus.SUCCEEDED);
        await ReportAsync("pump-3", JobExecutionStatus.FAILED, "no space left on flash");
        await Expect(Counter(page, "Succeeded")).ToContainTextAsync("1");
        await Expect(Counter(page, "In progress")).ToContainTextAsync("1");
        await Expect(Counter(page, "Failed")).ToContainTextAsync("1");
        await page.Locator("button.reason", new() { HasText = "no space left on flash" }).ClickAsync();
        await Expect(page.Locator("table.executions td.name")).ToHaveTextAsync(["pump-3"]);

        await page.GetByRole(AriaRole.Button, new() { Name = "Force cancel", Exact = true }).ClickAsync();
        var dialog = page.GetByRole(AriaRole.Dialog);
        await Expect(dialog).ToContainTextAsync("Cancels 1 queued and 1 in progress, whose devices can no longer report.");
        await dialog.GetByLabel("Reason code").FillAsync("BAD_IMAGE");
        await dialog.GetByRole(AriaRole.Button, new() { Name = "Cancel 2 executions" }).ClickAsync();
        await Expect(page.Locator(".head-line .job-mark")).ToHaveTextAsync("Canceled");
        await Expect(Counter(page, "Canceled")).ToContainTextAsync("2");
        Assert.Equal(1, await page.EvaluateAsync<int>("window.mark"));

        await page.GetByRole(AriaRole.Navigation, new() { Name = "Main" }).GetByRole(AriaRole.Link, new() { Name = "Activity" }).ClickAsync();
        var rows = page.Locator("table.activity tbody tr");
        await Expect(rows.First).ToContainTextAsync("Canceled job night-fix");
        await Expect(rows.First).ToContainTextAsync("with force");
        await Expect(rows.First).ToContainTextAsync("BAD_IMAGE");
        await Expect(rows.First.Locator("td.who")).ToContainTextAsync("alice");
        await Expect(rows.First.Locator("td.who")).ToContainTextAsync("Portal");
        await Expect(rows.Nth(1)).ToContainTextAsync("Created job night-fix");
        await Expect(rows.Nth(2)).ToContainTextAsync("Signed in");
    }

    private static ILocator Counter(IPage page, string label) => page.Locator(".counter", new() { HasText = label });
}
