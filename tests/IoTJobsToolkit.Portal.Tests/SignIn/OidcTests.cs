using System.Net;
using System.Text.Json.Nodes;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Server.Hosting;

namespace IoTJobsToolkit.Portal.Tests.SignIn;

public sealed class OidcTests
{
    [Fact]
    public async Task Who_has_a_role_at_the_provider_signs_in_with_the_highest_of_them()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        provider.Claims = new() { ["preferred_username"] = "alice", ["roles"] = new JsonArray("staff", "something else", "on-call") };
        await using var server = await SignInServer.StartAsync(provider.Settings);
        using var browser = new SignInBrowser(server.Address);
        Assert.Contains("Sign in at 127.0.0.1", await browser.TextAsync("/portal/sign-in"), StringComparison.Ordinal);

        using var last = await WalkAsync(browser, "/portal/sign-in/openid?returnUrl=/portal/settings");

        Assert.Equal((HttpStatusCode.Redirect, "/portal/settings"), (last.StatusCode, last.Headers.Location!.ToString()));
        Assert.Contains("alice (OpenID), operator", await browser.TextAsync("/portal/settings"), StringComparison.Ordinal);
        Assert.Equal("S256", provider.Asked!["code_challenge_method"]);
        Assert.Contains("You have no password here", await browser.TextAsync("/portal/account"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_has_no_role_is_told_which_claim_is_needed()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        provider.Claims = new() { ["email"] = "bob@example.com", ["groups"] = new JsonArray("guests") };
        await using var server = await SignInServer.StartAsync([.. provider.Settings, "--Portal:Oidc:RoleClaim=groups"]);
        using var browser = new SignInBrowser(server.Address);

        using var last = await WalkAsync(browser, "/portal/sign-in/openid");

        Assert.Equal(HttpStatusCode.Forbidden, last.StatusCode);
        var text = await last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        Assert.All(["bob@example.com", "groups", "iot-admins", "root", "on-call", "staff"], word => Assert.Contains(word, text, StringComparison.Ordinal));
        Assert.Equal("DENY", last.Headers.GetValues("X-Frame-Options").Single());
        await browser.AssertSignedInAsync(false);
    }

    [Fact]
    public async Task A_token_that_somebody_else_signed_signs_nobody_in()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        provider.Claims = new() { ["roles"] = "root" };
        provider.IsForged = true;
        await using var server = await SignInServer.StartAsync(provider.Settings);
        using var browser = new SignInBrowser(server.Address);

        using var last = await WalkAsync(browser, "/portal/sign-in/openid");

        Assert.Equal(HttpStatusCode.Unauthorized, last.StatusCode);
        Assert.Contains("did not sign you in", await last.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        await browser.AssertSignedInAsync(false);
    }

    [Fact]
    public async Task What_strangers_bring_to_the_callback_fills_neither_log_nor_activity()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        await using var server = await SignInServer.StartAsync(provider.Settings);
        using var browser = new SignInBrowser(server.Address);
        var statuses = new List<HttpStatusCode>();
        for (var i = 0; i < 12; i++)
        {
            using var challenge = await browser.GetAsync("/portal/sign-in/openid");
            var state = Microsoft.AspNetCore.WebUtilities.QueryHelpers.ParseQuery(challenge.Headers.Location!.Query)["state"].ToString();
            using var answer = await browser.GetAsync(
                $"/portal/sign-in/openid/callback?error=x&error_description=a%0A{new string('z', 4_000)}&state={Uri.EscapeDataString(state)}");
            statuses.Add(answer.StatusCode);
        }

        Assert.Equal([.. Enumerable.Repeat(HttpStatusCode.Unauthorized, 10), HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], statuses);
        var activity = await server.RunAsync(new ListActivity { By = "somebody unknown" });
        Assert.Equal(10, activity.Activities.Count);
        Assert.All(activity.Activities, record =>
        {
            Assert.Contains("error: 'x'", record.Details, StringComparison.Ordinal);
            Assert.True(record.Details!.Length < 300 && !record.Details.Any(char.IsControl));
        });
    }

    [Fact]
    public async Task A_provider_that_cannot_be_reached_leaves_the_accounts()
    {
        var provider = await OpenIdProvider.StartAsync();
        var settings = provider.Settings;
        await provider.DisposeAsync();
        await using var server = await SignInServer.StartAsync(settings);
        using var browser = new SignInBrowser(server.Address);

        using var answer = await browser.GetAsync("/portal/sign-in/openid?returnUrl=/portal/settings");

        Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.StatusCode);
        Assert.Contains("cannot be reached", await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken), StringComparison.Ordinal);
        using var signedIn = await browser.SignInAsync("admin", SignInServer.Password);
        await browser.AssertSignedInAsync();
    }

    [Fact]
    public async Task A_name_that_an_account_has_is_not_taken_for_the_account()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        provider.Claims = new() { ["preferred_username"] = "admin", ["roles"] = "staff" };
        await using var server = await SignInServer.StartAsync(provider.Settings);
        using var browser = new SignInBrowser(server.Address);

        using var last = await WalkAsync(browser, "/portal/sign-in/openid");
        Assert.Contains("admin (OpenID), viewer", await browser.TextAsync("/portal/settings"), StringComparison.Ordinal);

        using var changed = await browser.PostAsync(
            "/portal/account", "/portal/settings", ("oldPassword", SignInServer.Password), ("newPassword", "quite another word"), ("repeated", "quite another word"));
        Assert.Equal(HttpStatusCode.BadRequest, changed.StatusCode);
        Assert.True(server.Engine.CheckPassword("admin", SignInServer.Password).Matches);
    }

    [Fact]
    public async Task What_a_provider_vouched_for_ends_after_twelve_hours()
    {
        await using var provider = await OpenIdProvider.StartAsync();
        provider.Claims = new() { ["roles"] = "staff" };
        var clock = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(DateTimeOffset.UtcNow);
        await using var server = await SignInServer.StartAsync(clock, provider.Settings);
        using var browser = new SignInBrowser(server.Address);
        using var last = await WalkAsync(browser, "/portal/sign-in/openid");
        await browser.AssertSignedInAsync();

        clock.Advance(TimeSpan.FromHours(7)); // Each request makes the cookie itself last longer.
        await browser.AssertSignedInAsync();
        clock.Advance(TimeSpan.FromHours(5));
        await browser.AssertSignedInAsync(false);
    }

    [Theory]
    [InlineData("ClientId", "Authority=https://login.example.com", "ClientSecret=s", "Roles:VIEWER=staff")]
    [InlineData("Authority", "RoleClaim=groups")]
    [InlineData("https", "Authority=http://login.example.com", "ClientId=c", "ClientSecret=s", "Roles:VIEWER=staff")]
    [InlineData("https", "Authority=login", "ClientId=c", "ClientSecret=s", "Roles:VIEWER=staff")]
    [InlineData("Roles:ADMINISTRATOR", "Authority=https://login.example.com", "ClientId=c", "ClientSecret=s")]
    [InlineData("one role only", "Authority=https://login.example.com", "ClientId=c", "ClientSecret=s", "Roles:VIEWER=staff", "Roles:OPERATOR=staff")]
    [InlineData("There is no setting", "Authority=https://login.example.com", "ClientId=c", "ClientSecret=s", "Roles:VIEWR=staff")]
    public async Task Settings_that_are_wrong_or_not_whole_end_the_start_with_a_sentence(string named, params string[] settings)
    {
        var refused = await Assert.ThrowsAsync<StartException>(() => SignInServer.StartAsync([.. settings.Select(setting => $"--Portal:Oidc:{setting}")]));

        Assert.Equal(StartException.BadSetting, refused.ExitCode);
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("ClientSecret=s", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_provider_there_is_no_way_to_one()
    {
        await using var server = await SignInServer.StartAsync();
        using var browser = new SignInBrowser(server.Address);

        Assert.DoesNotContain("openid", await browser.TextAsync("/portal/sign-in"), StringComparison.OrdinalIgnoreCase);
        using var answer = await browser.GetAsync("/portal/sign-in/openid");
        Assert.Equal(HttpStatusCode.Redirect, answer.StatusCode); // As any page that is not there, it asks to sign in.
        Assert.StartsWith("/portal/sign-in?", answer.Headers.Location!.PathAndQuery, StringComparison.Ordinal);
    }

    /// <summary>Follows to the provider and back, to the answer of the callback.</summary>
    private static async Task<HttpResponseMessage> WalkAsync(SignInBrowser browser, string path)
    {
        using var challenge = await browser.GetAsync(path);
        Assert.Equal(HttpStatusCode.Redirect, challenge.StatusCode);
        using var vouched = await browser.GetAsync(challenge.Headers.Location!.ToString());
        Assert.Equal(HttpStatusCode.Redirect, vouched.StatusCode);
        return await browser.GetAsync(vouched.Headers.Location!.ToString());
    }
}
