using System.Collections.Concurrent;
using Microsoft.Playwright;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>Pages in a real browser, served by a real host over an engine in memory.</summary>
/// <param name="defaultWidth">Of a page that names none, in pixels.</param>
public abstract class PortalBrowserTest(Chromium chromium, int defaultWidth = 1280, TimeProvider? clock = null) : IAsyncLifetime
{
    private readonly List<IBrowserContext> _contexts = [];

    protected Chromium Chromium { get; } = chromium;

    protected PortalServer Server { get; private set; } = null!;

    /// <summary>All that the pages asked for.</summary>
    protected ConcurrentQueue<string> Addresses { get; } = [];

    public async ValueTask InitializeAsync()
    {
        Server = await PortalServer.StartAsync(clock: clock);
        await FillAsync(Server.Fleet);
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var context in _contexts)
        {
            await context.CloseAsync(); // Before the server, which else waits for its connections.
        }
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>What there is before the first page opens.</summary>
    protected abstract Task FillAsync(Fleet fleet);

    protected async Task<IPage> OpenAsync(string path, ColorScheme scheme = ColorScheme.Light, int? width = null)
    {
        var context = await Chromium.OpenAsync(scheme, width ?? defaultWidth);
        _contexts.Add(context);
        context.Request += (_, request) => Addresses.Enqueue(request.Url);
        var page = await context.NewPageAsync();
        await GoAsync(page, path);
        return page;
    }

    /// <summary>Opens an address and waits until its circuit answers.</summary>
    protected async Task GoAsync(IPage page, string path)
    {
        await page.GotoAsync(new Uri(Server.Address, path).ToString());
        await page.WaitForFunctionAsync("window.portalTheme?.isLive()");
    }
}
