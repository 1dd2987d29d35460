using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Settings;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class AccessKeysPanelTests : PageTest
{
    [Fact]
    public void Without_keys_it_says_what_to_do()
    {
        var page = Render<AccessKeysPanel>();

        Eventually(page, () => Assert.Contains("Create one above", TextOf(page, ".nothing")));
    }

    [Fact]
    public async Task A_new_key_shows_its_secret_until_it_is_put_away()
    {
        var page = Render<AccessKeysPanel>();
        await page.InvokeAsync(() => page.Find(".new-key input").Change(" build server "));
        await PressAsync(page, () => page.FindAll(".pill").Single(pill => pill.TextContent == "Viewer"));
        await page.InvokeAsync(() => page.Find(".new-key").Submit());

        Eventually(page, () => Assert.Equal(["build server"], TextsOf(page, ".keys td.name")));
        var key = Assert.Single(Fleet.Engine.AccessKeys.Values);
        Assert.Equal(("build server", AccessRole.VIEWER), (key.UserName, key.Role));
        Eventually(page, () => Assert.Contains("secret of " + key.AccessKeyId, TextOf(page, ".made"), StringComparison.Ordinal));

        await PressAsync(page, () => page.FindAll(".made button")[^1]);
        Assert.DoesNotContain("secret of", page.Markup, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_without_a_name_is_refused_with_a_next_step()
    {
        var page = Render<AccessKeysPanel>();
        await page.InvokeAsync(() => page.Find(".new-key").Submit());

        Eventually(page, () => Assert.Contains("Type who will use it", TextOf(page, "[role=alert]")));
        Assert.Empty(Fleet.Engine.AccessKeys);
    }

    [Fact]
    public async Task A_key_is_deleted_after_one_question()
    {
        var made = await Fleet.RunAsync(new CreateAccessKey("old script", AccessRole.OPERATOR));
        await Fleet.RunAsync(new CreateAccessKey("other", AccessRole.VIEWER));
        var page = Render<AccessKeysPanel>();
        Eventually(page, () => Assert.Equal(2, page.FindAll(".keys td.name").Count));

        await PressAsync(page, () => page.FindAll(".keys tr").Single(row => row.TextContent.Contains("old script", StringComparison.Ordinal)).QuerySelector("button")!);
        Eventually(Dialogs, () => Assert.Contains(made.AccessKeyId, TextOf(Dialogs, ".effect"), StringComparison.Ordinal));
        Assert.Equal(2, Fleet.Engine.AccessKeys.Count);
        await ConfirmAsync();

        Eventually(page, () => Assert.Equal(["other"], TextsOf(page, ".keys td.name")));
        Assert.Equal(["other"], Fleet.Engine.AccessKeys.Values.Select(key => key.UserName));
    }
}
