using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Settings;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class AccountsPanelTests : PageTest
{
    private const string Password = "a long enough word";

    [Theory]
    [InlineData(AccessRole.VIEWER)]
    [InlineData(AccessRole.OPERATOR)]
    public async Task Others_than_administrators_see_what_is_for_them_instead(AccessRole role)
    {
        await AddAsync("alice");
        var page = RenderAs(role);

        Assert.Contains("Only administrators", TextOf(page, ".nothing"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button, table, input"));
    }

    [Fact]
    public void Access_keys_too_are_for_administrators()
    {
        var page = Render<CascadingValue<Viewer>>(parameters => parameters
            .Add(value => value.Value, new Viewer("alice", AccessRole.OPERATOR, TimeZoneInfo.Utc))
            .AddChildContent<AccessKeysPanel>());

        Assert.Contains("Only administrators", TextOf(page, ".nothing"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("button, table, input"));
    }

    [Fact]
    public void Without_accounts_it_says_what_to_do()
    {
        var page = RenderAs(AccessRole.ADMINISTRATOR);

        Eventually(page, () => Assert.Contains("Create one above", TextOf(page, ".nobody"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Accounts_show_who_they_are_and_what_state_they_are_in()
    {
        await AddAsync("alice", AccessRole.ADMINISTRATOR);
        await AddAsync("bob");
        await AddAsync("carol");
        await FailAsync("bob", 1);
        await FailAsync("carol", 5);
        var page = RenderAs(AccessRole.ADMINISTRATOR);

        Eventually(page, () => Assert.Equal(3, page.FindAll(".accounts td.name").Count));
        Assert.Equal("alice (you)", TextsOf(page, ".accounts td.name")[0]);
        var rows = page.FindAll(".accounts tbody tr");
        Assert.Equal("1 wrong password in a row", rows[1].QuerySelector(".attempts")!.TextContent);
        Assert.StartsWith("locked until 2", rows[2].QuerySelector(".locked")!.TextContent.Trim(), StringComparison.Ordinal);
        Assert.Equal(["never", "never", "never"], page.FindAll(".accounts td.time .muted").Select(cell => cell.TextContent));
    }

    [Fact]
    public async Task A_new_account_shows_its_password_until_it_is_put_away()
    {
        var page = RenderAs(AccessRole.ADMINISTRATOR);
        await page.InvokeAsync(() => page.Find(".new-account input").Change(" dave "));
        await PressAsync(page, () => page.FindAll(".new-account .pill").Single(pill => pill.TextContent == "Operator"));
        await page.InvokeAsync(() => page.Find(".new-account").Submit());

        Eventually(page, () => Assert.Equal(["dave"], TextsOf(page, ".accounts td.name")));
        Assert.Equal(AccessRole.OPERATOR, Fleet.Engine.Accounts["dave"].Role);
        Assert.True(Fleet.Engine.CheckPassword("dave", page.Find("#new-password").TextContent).Matches);

        await PressAsync(page, () => page.FindAll(".made button")[^1]);
        Assert.Empty(page.FindAll(".made"));
    }

    [Fact]
    public async Task A_name_that_is_taken_or_missing_is_refused_with_a_next_step()
    {
        await AddAsync("alice");
        var page = RenderAs(AccessRole.ADMINISTRATOR);
        await page.InvokeAsync(() => page.Find(".new-account").Submit());
        Eventually(page, () => Assert.Contains("Type the name", TextOf(page, "[role=alert]"), StringComparison.Ordinal));

        await page.InvokeAsync(() => page.Find(".new-account input").Change("ALICE"));
        await page.InvokeAsync(() => page.Find(".new-account").Submit());

        Eventually(page, () => Assert.Contains("already", TextOf(page, "[role=alert]"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_role_is_changed_where_it_stands_after_one_question()
    {
        await AddAsync("alice", AccessRole.ADMINISTRATOR);
        await AddAsync("bob");
        var page = RenderAs(AccessRole.ADMINISTRATOR);
        Eventually(page, () => Assert.Equal(2, page.FindAll(".accounts select").Count));

        await page.InvokeAsync(() => page.FindAll(".accounts select")[1].Change("ADMINISTRATOR"));
        Eventually(Dialogs, () => Assert.Contains("bob is viewer and becomes administrator", TextOf(Dialogs, ".effect"), StringComparison.Ordinal));
        await PressAsync(Dialogs, () => Dialogs.FindAll(".mud-dialog-actions button")[0]);
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".effect")));
        Assert.Equal(AccessRole.VIEWER, Fleet.Engine.Accounts["bob"].Role);

        await page.InvokeAsync(() => page.FindAll(".accounts select")[1].Change("OPERATOR"));
        Eventually(Dialogs, () => Assert.Contains("becomes operator", TextOf(Dialogs, ".effect"), StringComparison.Ordinal));
        await ConfirmAsync();

        Eventually(page, () => Assert.Equal(AccessRole.OPERATOR, Fleet.Engine.Accounts["bob"].Role));
    }

    [Fact]
    public async Task The_last_administrator_keeps_the_role_and_the_page_says_why()
    {
        await AddAsync("alice", AccessRole.ADMINISTRATOR);
        var page = RenderAs(AccessRole.ADMINISTRATOR);
        Eventually(page, () => page.Find(".accounts select"));

        await page.InvokeAsync(() => page.Find(".accounts select").Change("VIEWER"));
        Eventually(Dialogs, () => Dialogs.Find(".effect"));
        await ConfirmAsync();

        Eventually(Dialogs, () => Assert.Contains("only administrator", TextOf(Dialogs, "[role=alert]"), StringComparison.Ordinal));
        Assert.Equal(AccessRole.ADMINISTRATOR, Fleet.Engine.Accounts["alice"].Role);
        await PressAsync(Dialogs, () => Dialogs.FindAll(".mud-dialog-actions button")[0]);
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".effect")));
        await AskInRowAsync(page, "alice", "Delete");
        Assert.Contains("only administrator", TextOf(Dialogs, ".effect"), StringComparison.Ordinal);
        Assert.Empty(Dialogs.FindAll(".mud-dialog-actions .mud-button-filled-error"));
    }

    [Fact]
    public async Task A_password_is_reset_after_one_question_and_shown_once()
    {
        await AddAsync("bob");
        var page = RenderAs(AccessRole.ADMINISTRATOR);
        await AskInRowAsync(page, "bob", "Reset password");
        Assert.True(Fleet.Engine.CheckPassword("bob", Password).Matches);
        await ConfirmAsync();

        Eventually(page, () => Assert.True(Fleet.Engine.CheckPassword("bob", page.Find("#new-password").TextContent).Matches));
        Assert.False(Fleet.Engine.CheckPassword("bob", Password).Matches);
    }

    [Fact]
    public async Task A_locked_account_is_unlocked()
    {
        await AddAsync("bob");
        await FailAsync("bob", 5);
        var page = RenderAs(AccessRole.ADMINISTRATOR);
        Eventually(page, () => page.Find(".accounts .locked"));

        await PressAsync(page, () => page.FindAll(".accounts button").Single(button => button.TextContent.Trim() == "Unlock"));

        Eventually(page, () => Assert.Empty(page.FindAll(".accounts .locked")));
        Assert.Null(Fleet.Engine.Accounts["bob"].LockedUntil);
    }

    [Fact]
    public async Task An_account_is_deleted_after_one_question()
    {
        await AddAsync("alice", AccessRole.ADMINISTRATOR);
        await AddAsync("bob");
        var page = RenderAs(AccessRole.ADMINISTRATOR);
        await AskInRowAsync(page, "bob", "Delete");
        Assert.Contains("signed out at once", TextOf(Dialogs, ".effect"), StringComparison.Ordinal);
        await ConfirmAsync();

        Eventually(page, () => Assert.Equal(["alice (you)"], TextsOf(page, ".accounts td.name")));
        Assert.Equal(["alice"], Fleet.Engine.Accounts.Keys);
    }

    private async Task AddAsync(string name, AccessRole role = AccessRole.VIEWER) => await Fleet.RunAsync(new CreateAccount(name, role, Password));

    private async Task FailAsync(string name, int times)
    {
        for (var i = 0; i < times; i++)
        {
            await Fleet.Engine.CountPasswordAsync(Fleet.Engine.CheckPassword(name, "wrong"), signsIn: true, Xunit.TestContext.Current.CancellationToken);
        }
    }

    private async Task AskInRowAsync(IRenderedComponent<AccountsPanel> page, string name, string label)
    {
        Eventually(page, () => Assert.NotEmpty(page.FindAll(".accounts td.name")));
        await PressAsync(page, () => page.FindAll(".accounts tbody tr")
            .Single(row => row.QuerySelector("td.name")!.TextContent.TrimStart().StartsWith(name, StringComparison.Ordinal))
            .QuerySelectorAll("button").Single(button => button.TextContent.Trim() == label));
        Eventually(Dialogs, () => Dialogs.Find(".effect"));
    }

    private IRenderedComponent<AccountsPanel> RenderAs(AccessRole role) => Render<CascadingValue<Viewer>>(parameters => parameters
        .Add(value => value.Value, new Viewer("alice", role, TimeZoneInfo.Utc))
        .AddChildContent<AccountsPanel>()).FindComponent<AccountsPanel>();
}
