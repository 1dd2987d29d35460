using Microsoft.Playwright;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>Whether a page is as wide as its window.</summary>
internal static class PageWidth
{
    public const string Excess = "document.documentElement.scrollWidth - document.documentElement.clientWidth";

    /// <summary>Once its letters are there and nothing is being read any more, nothing of a page has to be scrolled to sideways.</summary>
    public static async Task AssertFitsAsync(IPage page)
    {
        await page.EvaluateAsync("document.fonts.ready");
        await page.WaitForFunctionAsync("!document.querySelector('[aria-busy=true]')");
        Assert.Equal(0, await page.EvaluateAsync<int>(Excess));
    }
}
