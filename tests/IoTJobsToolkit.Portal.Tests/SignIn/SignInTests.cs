using System.Net;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.SignIn;

public sealed partial class SignInTests : IAsyncLifetime
{
    private const string Password = SignInServer.Password;
    private readonly FakeTimeProvider _clock = new(DateTimeOffset.UtcNow);
    private readonly List<SignInBrowser> _browsers = [];
    private SignInServer _server = null!;

    public async ValueTask InitializeAsync() => _server = await SignInServer.StartAsync(_clock);

    public async ValueTask DisposeAsync()
    {
        _browsers.ForEach(browser => browser.Dispose());
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task An_account_signs_in_by_its_name_in_whatever_case_and_out_again()
    {
        await _server.AddAsync("alice");
        var browser = Open();
        await browser.AssertSignedInAsync(false);

        using var signedIn = await browser.SignInAsync(" ALICE ", Password, "/portal/settings");
        Assert.Equal((HttpStatusCode.Redirect, "/portal/settings"), (signedIn.StatusCode, signedIn.Headers.Location!.ToString()));
        Assert.Contains("alice, viewer", await browser.TextAsync("/portal/settings"), StringComparison.Ordinal);
        Assert.Equal(_clock.GetUtcNow(), _server.Engine.Accounts["alice"].LastSignInAt!.Value, TimeSpan.FromMilliseconds(1));
        using var again = await browser.GetAsync("/portal/sign-in?returnUrl=%2Fportal%2Fsettings");
        Assert.Equal("/portal/settings", again.Headers.Location!.ToString());

        using var out1 = await browser.PostAsync("/portal/sign-out", "/portal/account");
        Assert.Equal(HttpStatusCode.Redirect, out1.StatusCode);
        await browser.AssertSignedInAsync(false);
    }

    [Theory]
    [InlineData("//example.com")]
    [InlineData("https://example.com/")]
    [InlineData("/\\example.com")]
    public async Task A_link_that_leads_elsewhere_leads_home(string returnUrl)
    {
        using var signedIn = await Open().SignInAsync("admin", Password, returnUrl);

        Assert.Equal("/", signedIn.Headers.Location!.ToString());
    }

    [Fact]
    public async Task A_stranger_cannot_tell_a_wrong_password_from_an_unknown_or_locked_account()
    {
        await _server.AddAsync("alice");
        await _server.AddAsync("bob");
        for (var i = 0; i < 5; i++)
        {
            using var wrong = await Open().SignInAsync("alice", "wrong");
        }

        var answers = new List<string>();
        foreach (var (name, password) in new[] { ("bob", "wrong"), ("nobody", "wrong"), ("alice", Password), ("alice", "wrong") })
        {
            using var answer = await Open().SignInAsync(name, password);
            Assert.Equal(HttpStatusCode.Unauthorized, answer.StatusCode);
            var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
            answers.Add(Values().Replace(text, ""));
        }
        Assert.Single(answers.Distinct());
        Assert.Contains("locked", answers[0], StringComparison.Ordinal);

        _clock.Advance(Account.LockTime);
        using var later = await Open().SignInAsync("alice", Password);
        Assert.Equal(HttpStatusCode.Redirect, later.StatusCode);
    }

    [Fact]
    public async Task One_address_has_ten_attempts_a_minute()
    {
        for (var i = 0; i < 10; i++)
        {
            using var wrong = await Open().SignInAsync("nobody", "wrong");
            Assert.Equal(HttpStatusCode.Unauthorized, wrong.StatusCode);
        }
        using var refused = await Open().SignInAsync("admin", Password);

        Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
        Assert.Equal("60", refused.Headers.GetValues("Retry-After").Single());
    }

    [Theory]
    [InlineData("role")]
    [InlineData("password")]
    [InlineData("deleted")]
    [InlineData("made again")]
    public async Task What_happens_to_an_account_ends_its_cookies_at_once(string what)
    {
        await _server.AddAsync("alice", AccessRole.OPERATOR);
        var browser = Open();
        using var signedIn = await browser.SignInAsync("alice", Password);
        await browser.AssertSignedInAsync();

        switch (what)
        {
            case "role":
                await _server.RunAsync(new UpdateAccount("alice") { Role = AccessRole.VIEWER });
                break;
            case "password":
                await _server.RunAsync(new UpdateAccount("alice") { Password = "quite another word" });
                break;
            default:
                await _server.RunAsync(new DeleteAccount("alice"));
                break;
        }
        if (what == "made again")
        {
            await _server.AddAsync("alice", AccessRole.OPERATOR);
        }

        await browser.AssertSignedInAsync(false);
    }

    [Fact]
    public async Task A_copy_of_a_cookie_ends_with_the_session_that_is_signed_out()
    {
        var browser = Open();
        using var signedIn = await browser.SignInAsync("admin", Password);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("iotjobs=", StringComparison.Ordinal)).Split(';')[0];
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, UseCookies = false });
        http.DefaultRequestHeaders.Add("Cookie", cookie);
        Assert.Equal(HttpStatusCode.OK, (await http.GetAsync(new Uri(_server.Address, "/portal/settings"), TestContext.Current.CancellationToken)).StatusCode);

        using var out1 = await browser.PostAsync("/portal/sign-out", "/portal/account");

        Assert.Equal(HttpStatusCode.Redirect, (await http.GetAsync(new Uri(_server.Address, "/portal/settings"), TestContext.Current.CancellationToken)).StatusCode);
    }

    [Fact]
    public async Task Ones_own_password_is_changed_here_and_ends_all_other_sessions()
    {
        await _server.AddAsync("alice");
        var (here, elsewhere) = (Open(), Open());
        using var first = await here.SignInAsync("alice", Password);
        using var second = await elsewhere.SignInAsync("alice", Password);

        using var wrong = await ChangeAsync(here, "not it at all", "quite another word", "quite another word");
        Assert.Contains("is not right", await wrong.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var unlike = await ChangeAsync(here, Password, "quite another word", "quite another wort");
        Assert.Contains("not repeated", await unlike.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var changed = await ChangeAsync(here, Password, "quite another word", "quite another word");
        Assert.Contains("Your password is changed", await changed.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);

        await here.AssertSignedInAsync();
        await elsewhere.AssertSignedInAsync(false);
        using var old = await Open().SignInAsync("alice", Password);
        Assert.Equal(HttpStatusCode.Unauthorized, old.StatusCode);
        using var now = await Open().SignInAsync("alice", "quite another word");
        Assert.Equal(HttpStatusCode.Redirect, now.StatusCode);
    }

    [Theory]
    [InlineData("/portal/sign-in")]
    [InlineData("/portal/sign-out")]
    [InlineData("/portal/account")]
    public async Task A_form_without_its_token_is_refused(string path)
    {
        var browser = Open();
        using var signedIn = await browser.SignInAsync("admin", Password);

        using var answer = await browser.PostAsync(path, null, ("account", "admin"), ("password", Password));

        Assert.Equal(HttpStatusCode.BadRequest, answer.StatusCode);
        Assert.Contains("Nothing was done", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await browser.AssertSignedInAsync();
    }

    [Fact]
    public async Task A_cookie_is_for_this_site_and_no_script()
    {
        using var signedIn = await Open().SignInAsync("admin", Password);
        var cookie = signedIn.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("iotjobs=", StringComparison.Ordinal));

        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.DoesNotContain("secure", cookie, StringComparison.OrdinalIgnoreCase);
    }

    private static Task<HttpResponseMessage> ChangeAsync(SignInBrowser browser, string old, string next, string again) =>
        browser.PostAsync("/portal/account", "/portal/account", ("oldPassword", old), ("newPassword", next), ("repeated", again));

    private SignInBrowser Open()
    {
        var browser = new SignInBrowser(_server.Address);
        _browsers.Add(browser);
        return browser;
    }

    [GeneratedRegex(" value=\"[^\"]*\"")]
    private static partial Regex Values();
}
