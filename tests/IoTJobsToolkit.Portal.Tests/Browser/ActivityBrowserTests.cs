using System.Text.Json;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Portal.Components.Activity;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>The activity in a real browser, and its export.</summary>
public sealed class ActivityBrowserTests(Chromium chromium) : IAsyncLifetime
{
    private readonly HttpClient _http = new();
    private PortalServer _server = null!;
    private IBrowserContext? _context;

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public async ValueTask InitializeAsync() => _server = await PortalServer.StartAsync();

    public async ValueTask DisposeAsync()
    {
        if (_context is not null)
        {
            await _context.CloseAsync(); // Before the server, which else waits for its connections.
        }
        _http.Dispose();
        await _server.DisposeAsync();
    }

    [Theory]
    [InlineData(ColorScheme.Light, 1280)]
    [InlineData(ColorScheme.Dark, 400)]
    public async Task What_somebody_does_appears_by_itself_and_the_page_is_clean_and_fits(ColorScheme scheme, int width)
    {
        var fleet = _server.Fleet;
        _context = await chromium.OpenAsync(scheme, width);
        var page = await _context.NewPageAsync();
        await GoAsync(page, "/portal/activity");
        await Expect(page.GetByText("Nothing has been changed yet")).ToBeVisibleAsync();
        await AssertCleanAndFittingAsync(page);

        var things = await fleet.AddThingsAsync(60);
        await fleet.RunAsync(new CreateThing(new string('t', 128)));
        await fleet.AddJobAsync(new string('j', 64), things);
        await fleet.Engine.As(Caller.Operator(new string('w', 64), origin: CallOrigin.PORTAL)).ExecuteAsync(
            new CancelJob(new string('j', 64)) { Force = true, Comment = new('c', 400) }, Cancellation);

        await Expect(page.Locator("td.what").First).ToContainTextAsync("Canceled job");
        await AssertCleanAndFittingAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Next" }).PressAsync("Enter");
        await Expect(page.GetByText("Page 2")).ToBeVisibleAsync();
        await fleet.RunAsync(new CreateThing("newcomer"));
        await page.GetByRole(AriaRole.Button, new() { Name = "1 new" }).PressAsync("Enter");
        await Expect(page.Locator("td.what").First).ToHaveTextAsync(new Regex("Created thing\\s+newcomer"));

        await page.GetByLabel("Job, thing, operation, reason").FillAsync("newcomer");
        await Expect(page.Locator("td.what")).ToHaveCountAsync(1);
        await Expect(page).ToHaveURLAsync(new Regex(@"\?text=newcomer$"));
        var download = await page.RunAndWaitForDownloadAsync(() => page.GetByRole(AriaRole.Link, new() { Name = "CSV" }).ClickAsync());
        Assert.Matches("^activity-.*\\.csv$", download.SuggestedFilename);
        Assert.Contains("newcomer", await File.ReadAllTextAsync((await download.PathAsync())!, Cancellation), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_export_as_CSV_is_for_spreadsheets_and_lets_no_formula_in()
    {
        foreach (var by in new[] { "=cmd|' /C calc'!A0", "+1", "-1", "@SUM(1)", "plain, with \"quotes\"" })
        {
            await _server.Fleet.Engine.RecordActivityAsync(new(by, "SignIn", ActivitySubject.PORTAL_ACCOUNT, by), Cancellation);
        }
        var answer = await _http.GetAsync(new Uri(_server.Address, "/portal/activity/export?format=csv"), Cancellation);
        var lines = (await answer.Content.ReadAsStringAsync(Cancellation)).Split("\r\n");

        Assert.Equal("text/csv", answer.Content.Headers.ContentType!.MediaType);
        Assert.Equal("attachment", answer.Content.Headers.ContentDisposition!.DispositionType);
        Assert.True(answer.Headers.CacheControl!.NoStore);
        Assert.Equal("At,By,Role,Origin,Operation,SubjectKind,Subject,Details", lines[0]);
        Assert.Equal(
            [
                "\"plain, with \"\"quotes\"\"\",,,SignIn,PORTAL_ACCOUNT,\"plain, with \"\"quotes\"\"\",",
                "\"'@SUM(1)\",,,SignIn,PORTAL_ACCOUNT,\"'@SUM(1)\",",
                "\"'-1\",,,SignIn,PORTAL_ACCOUNT,\"'-1\",",
                "\"'+1\",,,SignIn,PORTAL_ACCOUNT,\"'+1\",",
                "\"'=cmd|' /C calc'!A0\",,,SignIn,PORTAL_ACCOUNT,\"'=cmd|' /C calc'!A0\",",
                "",
            ],
            lines[1..].Select(line => line[(line.IndexOf(',', StringComparison.Ordinal) + 1)..]));
    }

    [Fact]
    public async Task The_export_as_JSON_lines_holds_all_pages_of_what_is_filtered()
    {
        await _server.Fleet.AddThingsAsync(600, "lamp-");
        await _server.Fleet.AddThingsAsync(10, "gate-");
        var text = await _http.GetStringAsync(new Uri(_server.Address, "/portal/activity/export?format=jsonl&text=LAMP&last=hour"), Cancellation);
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => JsonDocument.Parse(line).RootElement).ToList();

        Assert.Equal(600, lines.Select(line => line.GetProperty("subjectName").GetString()).Distinct().Count(name => name!.StartsWith("lamp-", StringComparison.Ordinal)));
        Assert.Equal(("CreateThing", "THING", "API"), (lines[0].GetProperty("operationName").GetString(), lines[0].GetProperty("subjectKind").GetString(), lines[0].GetProperty("origin").GetString()));
    }

    [Theory]
    [InlineData("", "format=csv or format=jsonl")]
    [InlineData("?format=xlsx", "format=csv or format=jsonl")]
    [InlineData("?format=csv&from=2026-02-02&until=2026-01-01", "later than from")]
    public async Task An_export_that_cannot_be_meant_is_refused_in_words(string query, string words)
    {
        var answer = await _http.GetAsync(new Uri(_server.Address, $"/{ActivityExport.Path}{query}"), Cancellation);

        Assert.Equal(System.Net.HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains(words, await answer.Content.ReadAsStringAsync(Cancellation), StringComparison.Ordinal);
    }

    /// <summary>Opens an address and waits until its circuit answers.</summary>
    private async Task GoAsync(IPage page, string path)
    {
        await page.GotoAsync(new Uri(_server.Address, path).ToString());
        await page.WaitForFunctionAsync("window.portalTheme?.isLive()");
    }

    private static async Task AssertCleanAndFittingAsync(IPage page)
    {
        await Axe.AssertCleanAsync(page, "the activity");
        await PageWidth.AssertFitsAsync(page);
    }
}
