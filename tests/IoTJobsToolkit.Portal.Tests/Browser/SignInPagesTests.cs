using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Tests.SignIn;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>Signing in and out in a real browser, at the whole server.</summary>
public sealed class SignInPagesTests(Chromium chromium) : IAsyncLifetime
{
    private SignInServer _server = null!;
    private OpenIdProvider _provider = null!;

    public async ValueTask InitializeAsync()
    {
        _provider = await OpenIdProvider.StartAsync();
        _server = await SignInServer.StartAsync(TimeProvider.System, _provider.Settings);
        await _server.AddAsync("alice", AccessRole.OPERATOR);
    }

    public async ValueTask DisposeAsync()
    {
        await _server.DisposeAsync();
        await _provider.DisposeAsync();
    }

    [Fact]
    public async Task Somebody_signs_in_and_out_with_the_keyboard()
    {
        await using var context = await chromium.OpenAsync(isStrict: true);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(_server.Address, "/portal/settings").ToString());
        await Expect(page.GetByLabel("Account")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync("alice");
        await page.Keyboard.PressAsync("Tab");
        await page.Keyboard.TypeAsync("wrong");
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("do not match");
        await Expect(page.GetByLabel("Password")).ToBeFocusedAsync();
        await page.Keyboard.TypeAsync(SignInServer.Password);
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Settings");
        await LivePage.WaitAsync(page);
        await Expect(page.GetByText("Only administrators see and change accounts")).ToBeVisibleAsync();

        var menu = page.Locator("details.user summary");
        await menu.PressAsync("Enter");
        await page.Keyboard.PressAsync("Escape");
        await Expect(page.GetByRole(AriaRole.Button, new() { Name = "Sign out" })).ToBeHiddenAsync();
        await menu.PressAsync("Enter");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change password" }).PressAsync("Enter");
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Your account");
        await page.GetByRole(AriaRole.Link, new() { Name = "Back to the portal" }).ClickAsync();
        await LivePage.WaitAsync(page);
        await menu.ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("Sign in");
    }

    [Fact]
    public async Task An_open_page_asks_to_sign_in_when_its_account_is_gone()
    {
        await using var context = await chromium.OpenAsync(isStrict: true);
        var page = await SignInAsync(context);

        await _server.RunAsync(new DeleteAccount("alice"));

        await page.WaitForURLAsync("**/portal/sign-in?returnUrl=**");
    }

    [Fact]
    public async Task A_second_tab_asks_to_sign_in_when_the_first_signs_out()
    {
        await using var context = await chromium.OpenAsync(isStrict: true);
        var first = await SignInAsync(context);
        var second = await context.NewPageAsync();
        await second.GotoAsync(new Uri(_server.Address, "/portal/jobs").ToString());
        await LivePage.WaitAsync(second);

        await first.Locator("details.user summary").ClickAsync();
        await first.GetByRole(AriaRole.Button, new() { Name = "Sign out" }).ClickAsync();

        await second.WaitForURLAsync("**/portal/sign-in?returnUrl=**");
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing_and_400_pixels_are_enough(ColorScheme scheme)
    {
        await using var context = await chromium.OpenAsync(scheme, width: 400);
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(_server.Address, "/portal/sign-in").ToString());
        await AssertFineAsync(page, "the sign-in page");
        await FillAsync(page, new string('w', 64), "wrong");
        await Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await AssertFineAsync(page, "the refusal");

        _provider.Claims = new() { ["preferred_username"] = new string('w', 64) };
        await page.GetByRole(AriaRole.Link, new() { Name = "Sign in at" }).ClickAsync();
        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("No access");
        await AssertFineAsync(page, "the page of those without a role");

        await page.GotoAsync(new Uri(_server.Address, "/portal/sign-in").ToString());
        await FillAsync(page, "admin", SignInServer.Password);
        await LivePage.WaitAsync(page);
        await page.Locator("details.user summary").ClickAsync();
        await AssertFineAsync(page, "a page with the user's menu");
        await page.GetByRole(AriaRole.Link, new() { Name = "Change password" }).ClickAsync();
        await Expect(page.GetByLabel("Old password")).ToBeVisibleAsync();
        await AssertFineAsync(page, "the account's page");

        await page.GotoAsync(new Uri(_server.Address, "/portal/settings").ToString());
        await LivePage.WaitAsync(page);
        await page.GetByLabel("Account name").FillAsync(new string('w', 64));
        await page.Keyboard.PressAsync("Enter");
        await Expect(page.GetByText("Copy the password now")).ToBeVisibleAsync();
        await AssertFineAsync(page, "the accounts with a new one");
    }

    private static async Task AssertFineAsync(IPage page, string what)
    {
        await Axe.AssertCleanAsync(page, what);
        await PageWidth.AssertFitsAsync(page);
    }

    private async Task<IPage> SignInAsync(IBrowserContext context)
    {
        var page = await context.NewPageAsync();
        await page.GotoAsync(new Uri(_server.Address, "/portal/sign-in?returnUrl=%2Fportal%2Fjobs").ToString());
        await FillAsync(page, "alice", SignInServer.Password);
        await LivePage.WaitAsync(page);
        return page;
    }

    private static async Task FillAsync(IPage page, string account, string password)
    {
        await page.GetByLabel("Account").FillAsync(account);
        await page.GetByLabel("Password").FillAsync(password);
        await page.Keyboard.PressAsync("Enter");
    }
}
