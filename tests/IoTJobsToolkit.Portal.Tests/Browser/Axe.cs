using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>Whether everybody can use a page, as far as axe can tell.</summary>
internal static class Axe
{
    public static async Task AssertCleanAsync(IPage page, string what)
    {
        // Mud's dialogs and menus fade in: colours are judged when they stand.
        await page.WaitForFunctionAsync("document.getAnimations().every(animation => animation.playState !== 'running')");
        var result = await page.RunAxe();
        Assert.True(
            result.Violations.Length == 0,
            $"{what}: " + string.Join("; ", result.Violations.Select(v => $"{v.Id}: {string.Join(" | ", v.Nodes.Take(3).Select(node => node.Html))}")));
    }
}
