using System.Collections.Concurrent;
using IoTJobsToolkit.Engine.Executions;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>The pages need nothing that their content security policy forbids.</summary>
public sealed class PolicyTests(Chromium chromium)
{
    [Fact]
    public async Task No_page_breaks_the_content_security_policy()
    {
        await using var server = await PortalServer.StartAsync();
        var things = await server.Fleet.AddThingsAsync(3);
        await server.Fleet.AddJobAsync("update", things);
        await server.Fleet.ReportAsync("update", things[0], JobExecutionStatus.FAILED);
        await using var context = await chromium.OpenAsync(isStrict: true);
        var page = await context.NewPageAsync();
        var broken = new ConcurrentQueue<string>();
        page.Console += (_, message) =>
        {
            if (message.Text.Contains("Content Security Policy", StringComparison.OrdinalIgnoreCase))
            {
                broken.Enqueue($"{page.Url}: {message.Text}");
            }
        };
        foreach (var path in new[] { "/", "/portal/jobs", "/portal/jobs/update", $"/portal/things/{things[0]}", "/portal/settings", "/portal/settings/notifications", "/portal/import-jobs", "/portal/nowhere" })
        {
            var answer = await page.GotoAsync(new Uri(server.Address, path).ToString());
            Assert.Contains("default-src 'self'", answer!.Headers["content-security-policy"], StringComparison.Ordinal);
            await LivePage.WaitAsync(page);
        }
        await page.GotoAsync(new Uri(server.Address, "/portal/jobs/update").ToString());
        await LivePage.WaitAsync(page);
        await page.GetByRole(AriaRole.Button, new() { Name = "Cancel", Exact = true }).First.ClickAsync();
        await Expect(page.GetByRole(AriaRole.Dialog)).ToBeVisibleAsync();

        Assert.Empty(broken);

        // The policy is in force: what it forbids is reported.
        await page.EvaluateAsync("() => { const script = document.createElement('script'); script.textContent = 'window.injected = 1'; document.body.append(script); }");
        Assert.False(await page.EvaluateAsync<bool>("'injected' in window"));
    }
}
