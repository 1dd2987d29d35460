using Microsoft.Playwright;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>A page whose circuit is up, waited for in a way that the strictest policy allows.</summary>
internal static class LivePage
{
    private const string Live = "() => new Promise(resolve => { const look = () => window.portalTheme?.isLive() ? resolve(true) : requestAnimationFrame(look); look(); })";

    public static async Task WaitAsync(IPage page)
    {
        await page.WaitForURLAsync(url => !url.Contains("/portal/sign-in", StringComparison.Ordinal));
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            try
            {
                await page.EvaluateAsync(Live).WaitAsync(deadline.Token);
                return;
            }
            catch (PlaywrightException) when (!deadline.IsCancellationRequested)
            {
                // The page loads itself again where the server did not know the zone or the colours yet.
            }
        }
    }
}
