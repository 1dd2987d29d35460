using IoTJobsToolkit.Portal.Tests.Browser;
using Microsoft.Playwright;

[assembly: AssemblyFixture(typeof(Chromium))]

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>One browser for all browser tests; absent without Chromium, which fails the tests only under CI.</summary>
public sealed class Chromium : IAsyncLifetime
{
    private static readonly string[] Flags =
    [
        "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run", "--disable-background-networking",
        "--disable-component-update", "--disable-sync",
    ];

    /// <summary>Of whatever a page is waited for, in milliseconds; it costs nothing where all is well.</summary>
    private const float Deadline = 60_000;

    private IPlaywright? _playwright;
    private IBrowser? _browser;

    /// <summary>Places of the installed browser: IOTJOBS_CHROMIUM, then PATH.</summary>
    private static string? Path => Environment.GetEnvironmentVariable("IOTJOBS_CHROMIUM") is { Length: > 0 } given
        ? given
        : (Environment.GetEnvironmentVariable("PATH") ?? "").Split(System.IO.Path.PathSeparator)
            .Where(folder => folder.Length > 0)
            .SelectMany(folder => new[] { "chromium", "chromium-browser", "google-chrome" }.Select(name => System.IO.Path.Combine(folder, name)))
            .FirstOrDefault(File.Exists);

    public async ValueTask InitializeAsync()
    {
        if (Path is not { } path)
        {
            return;
        }
        Assertions.SetDefaultExpectTimeout(Deadline);
        _playwright = await Playwright.CreateAsync();
        _browser = await _playwright.Chromium.LaunchAsync(new() { ExecutablePath = path, Args = Flags });
    }

    /// <param name="isStrict">Whether the pages' content security policy holds for Playwright too, whose WaitForFunctionAsync it forbids.</param>
    public async Task<IBrowserContext> OpenAsync(ColorScheme scheme = ColorScheme.Light, int width = 1280, bool isStrict = false)
    {
        if (_browser is null)
        {
            const string reason = "No Chromium: install the package chromium, or set IOTJOBS_CHROMIUM to its path.";
            Assert.SkipUnless(Environment.GetEnvironmentVariable("CI") == "true", reason);
            Assert.Fail(reason);
        }
        var context = await _browser.NewContextAsync(new() { ColorScheme = scheme, ViewportSize = new() { Width = width, Height = 900 }, BypassCSP = !isStrict });
        context.SetDefaultTimeout(Deadline);
        return context;
    }

    public async ValueTask DisposeAsync()
    {
        if (_browser is not null)
        {
            await _browser.DisposeAsync();
        }
        _playwright?.Dispose();
    }
}
