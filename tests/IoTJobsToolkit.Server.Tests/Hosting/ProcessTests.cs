using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Server.Tests.Hosting;

/// <summary>The real server, in its own process.</summary>
public sealed partial class ProcessTests : IDisposable
{
    private const string Password = "correct horse battery";

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("portal-");
    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false });

    private string DatabasePath => Path.Combine(_folder.FullName, "new", "jobs.db");

    public void Dispose()
    {
        _http.Dispose();
        _folder.Delete(recursive: true);
    }

    [Fact]
    public async Task A_database_in_use_ends_the_second_server_with_a_sentence()
    {
        await using var first = await PortalProcess.StartAsync(DatabasePath);
        await using var second = await PortalProcess.StartAsync(DatabasePath);

        var (code, errors) = await second.EndAsync();

        Assert.Equal(StartException.DatabaseInUse, code);
        Assert.Contains($"in use by process {first.Id}", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.Empty(second.Lines);
        Assert.Equal(first.Id, first.Rendezvous.ProcessId);
    }

    [Fact]
    public async Task A_port_in_use_ends_the_server_with_a_sentence()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        var port = ((IPEndPoint)listener.LocalEndpoint).Port;
        await using var portal = await PortalProcess.StartAsync(DatabasePath, $"--urls=http://127.0.0.1:{port}");

        var (code, errors) = await portal.EndAsync();

        Assert.Equal(StartException.AddressInUse, code);
        Assert.Contains($"http://127.0.0.1:{port}", errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
        Assert.Null(ServerRendezvous.Find(DatabasePath));
        // What was made nevertheless could never be read again.
        Assert.Contains(portal.Lines, line => line.StartsWith("  Secret key ", StringComparison.Ordinal));
        Assert.Contains(portal.Lines, line => line.StartsWith("  Admin password ", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_file_that_is_no_database_ends_the_server_with_a_sentence()
    {
        Directory.CreateDirectory(Path.GetDirectoryName(DatabasePath)!);
        await File.WriteAllTextAsync(DatabasePath, new string('x', 100_000), TestContext.Current.CancellationToken);
        await using var portal = await PortalProcess.StartAsync(DatabasePath);

        var (code, errors) = await portal.EndAsync();

        Assert.Equal(StartException.DatabaseUnusable, code);
        Assert.Contains(DatabasePath, errors, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", errors, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Told_to_stop_it_closes_the_database_and_the_next_one_goes_on()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Stops by a signal.");
        await using (var first = await PortalProcess.StartAsync(DatabasePath, "--Jobs:Auth=Open"))
        {
            using var created = await _http.PostAsync(new Uri($"{first.Rendezvous.Endpoint}/things/thingOne"), null, TestContext.Current.CancellationToken);
            Assert.Equal(HttpStatusCode.OK, created.StatusCode);

            Assert.Equal((0, ""), await first.StopAsync());
            Assert.False(File.Exists(ServerRendezvous.PathFor(DatabasePath)));
        }

        await using var second = await PortalProcess.StartAsync(DatabasePath, "--Jobs:Auth=Open");
        Assert.Contains("thingOne", await Get($"{second.Rendezvous.Endpoint}/things"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task People_sign_in_with_the_admin_password()
    {
        await using var portal = await PortalProcess.StartAsync(DatabasePath, $"--Jobs:Bootstrap:AdminPassword={Password}");
        var home = portal.Rendezvous.Endpoint;

        using var asked = await _http.GetAsync(new Uri($"{home}/"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        Assert.EndsWith("/portal/sign-in?returnUrl=%2F", asked.Headers.Location!.ToString(), StringComparison.Ordinal);
        using var export = await _http.GetAsync(new Uri($"{home}/portal/activity/export?format=csv"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, export.StatusCode);

        Assert.Equal(HttpStatusCode.Unauthorized, (await SignIn(home, "wrong", "/")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await SignIn(home, Password, "/", withToken: false)).StatusCode);
        using var signedIn = await SignIn(home, Password, "//example.com");
        Assert.Equal((HttpStatusCode.Redirect, "/"), (signedIn.StatusCode, signedIn.Headers.Location!.ToString()));

        Assert.Contains("IoT Jobs", await Get($"{home}/"), StringComparison.Ordinal);
        Assert.StartsWith("At,By,", await Get($"{home}/portal/activity/export?format=csv"), StringComparison.Ordinal);
        using var api = await _http.GetAsync(new Uri($"{home}/jobs"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Forbidden, api.StatusCode);
    }

    [Fact]
    public async Task The_portals_assets_are_there_wherever_it_is_started_from()
    {
        await using var portal = await PortalProcess.StartAsync(DatabasePath, "--Jobs:Auth=Open");
        var home = portal.Rendezvous.Endpoint;

        foreach (var asset in new[] { "_content/MudBlazor/MudBlazor.min.css", "_framework/blazor.web.js", "portal.css" })
        {
            Assert.True((await Get($"{home}/{asset}")).Length > 500, asset);
        }
        Assert.Contains("IoT Jobs", await Get($"{home}/"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--urls=foo", "urls")]
    [InlineData("--urls=http://127.0.0.1:99999", "99999")]
    [InlineData("--Jobs:DatabasePath=/dev/null/jobs.db", "/dev/null")]
    public async Task A_setting_that_cannot_be_used_ends_the_server_with_a_sentence(string setting, string named)
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "A path of another system.");
        await using var portal = await PortalProcess.StartAsync(DatabasePath, setting);

        var (code, errors) = await portal.EndAsync();

        Assert.InRange(code, StartException.BadSetting, StartException.AddressInUse);
        Assert.Contains(named, errors, StringComparison.Ordinal);
        Assert.Single(errors.TrimEnd().Split('\n'));
    }

    [Fact]
    public async Task What_a_new_database_consists_of_is_its_owners_alone()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Rights of another system.");
        await using var portal = await PortalProcess.StartAsync(DatabasePath);

        var folder = new DirectoryInfo(Path.GetDirectoryName(DatabasePath)!);
        var others = UnixFileMode.GroupRead | UnixFileMode.GroupWrite | UnixFileMode.GroupExecute |
            UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;
        Assert.All(folder.GetFileSystemInfos().Append(folder), item => Assert.True((item.UnixFileMode & others) == 0, $"{item.Name}: {item.UnixFileMode}"));
        Assert.Equal(["jobs.db", "jobs.db-journal", "jobs.db-log", "jobs.db.lock", "jobs.keys", "jobs.secret-key", "jobs.server.json"], folder.GetFileSystemInfos().Select(item => item.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public async Task A_changed_admin_password_ends_what_was_signed_in_with_the_old_one()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Stops by a signal.");
        await using (var first = await PortalProcess.StartAsync(DatabasePath, $"--Jobs:Bootstrap:AdminPassword={Password}"))
        {
            using var signedIn = await SignIn(first.Rendezvous.Endpoint, Password, "/");
            await Get($"{first.Rendezvous.Endpoint}/");
            await first.StopAsync();
        }

        await using var second = await PortalProcess.StartAsync(DatabasePath, "--Jobs:Bootstrap:AdminPassword=another one");
        using var asked = await _http.GetAsync(new Uri($"{second.Rendezvous.Endpoint}/"), TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
    }

    [Theory]
    [InlineData("/jobs", "evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("/", "evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("/_blazor/negotiate", null, "http://evil.example", HttpStatusCode.Forbidden)]
    [InlineData("/jobs", null, null, HttpStatusCode.OK)]
    [InlineData("/", "localhost", null, HttpStatusCode.OK)]
    public async Task An_open_server_answers_to_its_own_names_only(string path, string? host, string? origin, HttpStatusCode expected)
    {
        await using var portal = await PortalProcess.StartAsync(DatabasePath, "--Jobs:Auth=Open");
        using var request = new HttpRequestMessage(path.StartsWith("/_", StringComparison.Ordinal) ? HttpMethod.Post : HttpMethod.Get, new Uri($"{portal.Rendezvous.Endpoint}{path}"));
        request.Headers.Host = host;
        if (origin is not null)
        {
            request.Headers.Add("Origin", origin);
        }

        using var response = await _http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(expected, response.StatusCode);
    }

    private async Task<string> Get(string address)
    {
        using var response = await _http.GetAsync(new Uri(address), TestContext.Current.CancellationToken);
        Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address}: {response.StatusCode}");
        return await response.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
    }

    private async Task<HttpResponseMessage> SignIn(string home, string password, string returnUrl, bool withToken = true)
    {
        var page = await Get($"{home}/portal/sign-in");
        using var form = new FormUrlEncodedContent(new Dictionary<string, string>
        {
            ["__RequestVerificationToken"] = withToken ? Token().Match(page).Groups[1].Value : "",
            ["account"] = "admin",
            ["password"] = password,
            ["returnUrl"] = returnUrl,
        });
        return await _http.PostAsync(new Uri($"{home}/portal/sign-in"), form, TestContext.Current.CancellationToken);
    }

    [GeneratedRegex("""__RequestVerificationToken" value="([^"]+)""")]
    private static partial Regex Token();
}
