using System.Net;

namespace IoTJobsToolkit.Portal.Tests.SignIn;

public sealed class PortalHeadersTests
{
    [Theory]
    [InlineData("/", true)]
    [InlineData("/portal/settings", true)]
    [InlineData("/portal/nowhere", true)]
    [InlineData("/portal/sign-in", true)]
    [InlineData("/portal/account", true)]
    [InlineData("/portal/activity/export?format=csv", true)]
    [InlineData("/portal/activity/export?format=none", true)]
    [InlineData("/_blazor", false)]
    [InlineData("/_blazor/initializers", false)]
    [InlineData("/portal.css", false)]
    [InlineData("/_content/MudBlazor/MudBlazor.min.js", false)]
    public async Task Every_answer_of_the_portal_is_strict(string path, bool isPage)
    {
        await using var server = await SignInServer.StartAsync();
        using var browser = new SignInBrowser(server.Address);
        using var asked = await browser.GetAsync(path);
        AssertStrict(asked, isPage);
        if (path != "/portal/sign-in")
        {
            using var signedIn = await browser.SignInAsync("admin", SignInServer.Password);
            using var shown = await browser.GetAsync(path);
            AssertStrict(shown, isPage);
        }
    }

    [Theory]
    [InlineData("/jobs")]
    [InlineData("/healthz")]
    [InlineData("/toolkit/openapi.json")]
    public async Task No_answer_of_the_API_carries_headers_for_browsers(string path)
    {
        await using var server = await SignInServer.StartAsync();
        using var browser = new SignInBrowser(server.Address);
        using var answer = await browser.GetAsync(path);

        Assert.All(
            new[] { "Content-Security-Policy", "X-Frame-Options", "Referrer-Policy", "Permissions-Policy", "Strict-Transport-Security" },
            name => Assert.False(answer.Headers.Contains(name), name));
    }

    [Fact]
    public async Task Only_https_is_told_to_stay_and_gets_cookies_that_stay_there()
    {
        await using var server = await SignInServer.StartAsync("--urls=https://127.0.0.1:0", "--Jobs:DeviceNames=jobs.example.com");
        using var http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, SslOptions = server.Tls });
        foreach (var (host, told) in new[] { ("jobs.example.com", true), ("localhost", false) })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/portal/sign-in")) { Headers = { Host = host } };
            using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

            Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
            Assert.Equal(told, answer.Headers.Contains("Strict-Transport-Security"));
        }

        using var browser = new SignInBrowser(server.Address, server.Tls);
        using var signedIn = await browser.SignInAsync("admin", SignInServer.Password);
        Assert.Contains("secure", signedIn.Headers.GetValues("Set-Cookie").Single(set => set.StartsWith("iotjobs=", StringComparison.Ordinal)), StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_host_that_is_none_does_not_get_into_the_policy()
    {
        await using var server = await SignInServer.StartAsync();
        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(server.Address, "/portal/sign-in"));
        request.Headers.TryAddWithoutValidation("Host", "a;script-src");
        using var answer = await http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.True(
            answer.StatusCode == HttpStatusCode.BadRequest ||
            !string.Concat(answer.Headers.GetValues("Content-Security-Policy")).Contains("a;", StringComparison.Ordinal));
    }

    private static void AssertStrict(HttpResponseMessage answer, bool isPage)
    {
        var policy = Assert.Single(answer.Headers.GetValues("Content-Security-Policy"));
        Assert.All(
            new[] { "default-src 'self'", "script-src 'self';", "frame-ancestors 'none'", "base-uri 'self'", "form-action 'self'", "object-src 'none'" },
            part => Assert.Contains(part, policy, StringComparison.Ordinal));
        Assert.Equal("nosniff", Assert.Single(answer.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("DENY", Assert.Single(answer.Headers.GetValues("X-Frame-Options")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Referrer-Policy")));
        Assert.Equal("same-origin", Assert.Single(answer.Headers.GetValues("Cross-Origin-Resource-Policy")));
        Assert.Contains("camera=()", Assert.Single(answer.Headers.GetValues("Permissions-Policy")), StringComparison.Ordinal);
        Assert.False(answer.Headers.Contains("Strict-Transport-Security"));
        if (isPage)
        {
            Assert.True(answer.Headers.CacheControl?.NoStore);
        }
    }
}
