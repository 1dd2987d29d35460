using System.Net;
using IoTJobsToolkit.Portal.Components.Layout;
using IoTJobsToolkit.Portal.SignIn;
using IoTJobsToolkit.Portal.Tests.Browser;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Playwright;

namespace IoTJobsToolkit.Portal.Tests.Screenshots;

/// <summary>Every page opens in both themes and sizes, with a picture for whoever asks for them: IOTJOBS_SCREENSHOTS names the folder.</summary>
public sealed class ScreenshotTests(Chromium chromium)
{
    private static readonly (string Name, int Width, int Height)[] Devices = [("desktop", 1440, 900), ("phone", 400, 800)];

    private static readonly (string Name, string Path)[] Pages =
    [
        ("sign-in", PortalSignIn.Path[1..]),
        ("now", PortalLinks.Now),
        ("wall", PortalLinks.Wall),
        ("jobs", PortalLinks.Jobs),
        ("job", PortalLinks.Job(ScreenshotFleet.FailingJob)),
        ("execution", PortalLinks.Execution(ScreenshotFleet.FailingJob, ScreenshotFleet.FailedThing, 1)),
        ("create-job", PortalLinks.CreateJobFrom(ScreenshotFleet.Template)),
        ("things", PortalLinks.Things),
        ("thing", PortalLinks.Thing(ScreenshotFleet.FailedThing)),
        ("groups", PortalLinks.Groups),
        ("group", PortalLinks.Group(ScreenshotFleet.Group)),
        ("templates", PortalLinks.Templates),
        ("template", PortalLinks.Template(ScreenshotFleet.Template)),
        ("activity", PortalLinks.Activity),
        ("import-jobs", PortalLinks.ImportJobs),
        ("settings", PortalLinks.Settings),
        ("notifications", PortalLinks.Notifications),
    ];

    private static string? Folder => Environment.GetEnvironmentVariable("IOTJOBS_SCREENSHOTS");

    [Fact]
    public async Task Every_page_has_its_picture_in_both_themes_and_sizes()
    {
        if (Folder is { Length: > 0 } folder)
        {
            Directory.CreateDirectory(folder);
        }
        await using var server = await PortalServer.StartAsync(
            await ScreenshotFleet.CreateAsync(),
            services: services => services.AddSingleton(new RunningServer { Facts = Facts }).AddSingleton(new SignInChoices(null)),
            map: app => app.MapGet(PortalSignIn.Path, () => new RazorComponentResult<SignInPage>()));
        foreach (var scheme in new[] { ColorScheme.Light, ColorScheme.Dark })
        {
            foreach (var device in Devices)
            {
                var context = await chromium.OpenAsync(scheme, device.Width);
                var page = await context.NewPageAsync();
                await page.SetViewportSizeAsync(device.Width, device.Height);
                foreach (var (name, path) in Pages)
                {
                    await TakeAsync(page, new(server.Address, path), $"{name}-{(scheme == ColorScheme.Dark ? "dark" : "light")}-{device.Name}.png");
                }
                await context.CloseAsync(); // Before the server, which else waits for its connections.
            }
        }
    }

    private static async Task TakeAsync(IPage page, Uri address, string file)
    {
        var answer = await page.GotoAsync(address.ToString());
        Assert.Equal((int)HttpStatusCode.OK, answer?.Status);
        if (!address.AbsolutePath.EndsWith(PortalSignIn.Path, StringComparison.Ordinal))
        {
            await page.WaitForFunctionAsync("window.portalTheme?.isLive() && !document.querySelector('[aria-busy=true]') && [...document.querySelectorAll('table.list')].every(table => table.querySelector('tbody td:not(:empty)'))");
        }
        await page.EvaluateAsync("document.fonts.ready");
        await page.WaitForFunctionAsync("document.getAnimations().every(animation => animation.playState !== 'running')");
        if (Folder is { Length: > 0 } folder)
        {
            await page.ScreenshotAsync(new() { Path = Path.Combine(folder, file), Animations = ScreenshotAnimations.Disabled });
        }
    }

    private static ServerFacts Facts => new(
        StartVersion, "https://jobs.example.com", [
            new("Devices", "https://jobs.example.com:8443", "with a certificate or token of their thing"),
            new("MQTT", "mqtts://jobs.example.com:8883", "with a certificate of the thing, or its token as password"),
            new("MQTT", "wss://jobs.example.com/mqtt", "WebSocket, signed for iotdevicegateway"),
        ],
        "/var/lib/iotjobs/jobs.db", AuthMode.Required, Dialect.Aws, null);

    private static string StartVersion => typeof(RunningServer).Assembly.GetName().Version!.ToString(3);
}
