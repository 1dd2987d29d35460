using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Wire.Rendezvous;
using Microsoft.Extensions.Configuration;

namespace IoTJobsToolkit.Server.Tests.Hosting;

public sealed class StartTests
{
    [Fact]
    public void Files_of_settings_are_not_watched()
    {
        var files = JobsServerHosting.CreateBuilder([]).Configuration.Sources.OfType<FileConfigurationSource>().ToList();

        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.False(file.ReloadOnChange));
    }

    [Fact]
    public async Task The_first_start_tells_the_secrets_once()
    {
        await using var server = await ApiServer.StartAsync();
        var first = server.Output.ToString();

        Assert.Contains(server.Key.SecretAccessKey, first, StringComparison.Ordinal);
        Assert.Contains(server.Account.NewPassword!, first, StringComparison.Ordinal);
        Assert.Contains($"--endpoint-url {server.Endpoint.GetLeftPart(UriPartial.Authority)}", first, StringComparison.Ordinal);

        await using var second = await ApiServer.StartAsync(server.Store, $"--Jobs:DatabasePath={server.DatabasePath}");
        Assert.DoesNotContain(server.Account.NewPassword!, second.Output.ToString(), StringComparison.Ordinal);
        Assert.True(second.Engine.CheckPassword("admin", server.Account.NewPassword!).Matches);
        Assert.Equal(server.Key, second.Key);
        Assert.Contains(server.Key.AccessKeyId, second.Output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain(server.Key.SecretAccessKey, second.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_an_open_server_makes_is_shown_for_the_day_when_it_is_asked_for()
    {
        await using var open = await ApiServer.StartAsync("--Jobs:Auth=Open");
        var shown = open.Output.ToString();

        Assert.Contains(open.Administrator.NewSecret!, shown, StringComparison.Ordinal);
        Assert.Contains(open.Account.NewPassword!, shown, StringComparison.Ordinal);

        await using var second = await ApiServer.StartAsync(open.Store, $"--Jobs:DatabasePath={open.DatabasePath}", "--Jobs:Auth=Open");
        Assert.DoesNotContain("Secret key", second.Output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Given_credentials_count_and_are_not_shown()
    {
        await using var server = await ApiServer.StartAsync(
            "--Jobs:Bootstrap:AccessKeyId=AKIAGIVEN", "--Jobs:Bootstrap:SecretAccessKey=a-secret-of-mine-1234", "--Jobs:Bootstrap:AdminPassword=correct horse");

        (await server.Signed("iot", "GET /jobs", key: new("AKIAGIVEN", "a-secret-of-mine-1234"))).IsOk();
        Assert.DoesNotContain("a-secret-of-mine-1234", server.Output.ToString(), StringComparison.Ordinal);
        Assert.DoesNotContain("correct horse", server.Output.ToString(), StringComparison.Ordinal);
        Assert.True(server.Engine.CheckPassword("admin", "correct horse").Matches);
        Assert.False(File.Exists(server.CredentialsPath));
    }

    [Fact]
    public async Task Files_with_secrets_are_their_owners_only()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "File modes are Unix's.");
        await using var server = await ApiServer.StartAsync();

        foreach (var path in new[] { ServerRendezvous.PathFor(server.DatabasePath) })
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, OperatingSystem.IsWindows() ? default : File.GetUnixFileMode(path));
        }
    }

    [Fact]
    public async Task The_rendezvous_ends_with_the_server()
    {
        await using var server = await ApiServer.StartAsync();
        Assert.NotNull(ServerRendezvous.Find(server.DatabasePath));

        await server.StopAsync();

        Assert.False(File.Exists(ServerRendezvous.PathFor(server.DatabasePath)));
    }

    [Fact]
    public void The_rendezvous_of_a_dead_process_is_ignored()
    {
        var folder = Directory.CreateTempSubdirectory("rendezvous-");
        var path = Path.Combine(folder.FullName, "jobs.db");
        try
        {
            new ServerRendezvous("http://127.0.0.1:1", int.MaxValue, DateTimeOffset.UtcNow, "us-east-1", "a", "b").WriteFor(path);
            Assert.Null(ServerRendezvous.Find(path));

            // A process of the same id which began after the file was written is another one.
            new ServerRendezvous("http://127.0.0.1:1", Environment.ProcessId, DateTimeOffset.UtcNow.AddDays(-30), "us-east-1", "a", "b").WriteFor(path);
            Assert.Null(ServerRendezvous.Find(path));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task The_endpoint_of_devices_is_the_servers()
    {
        await using var server = await ApiServer.StartAsync();

        Assert.Equal(server.Endpoint.Authority, (string?)(await server.Control("GET /endpoint?endpointType=iot%3AJobs")).Json["endpointAddress"]);
    }

    [Theory]
    [InlineData(90, RequestRatesProfile.Off)]
    [InlineData(1, RequestRatesProfile.Aws, "--Jobs:RetentionDays=1", "--Jobs:RequestRates=aws")]
    [InlineData(36_500, RequestRatesProfile.Off, "--Jobs:RetentionDays=36500", "--Jobs:RequestRates=OFF")]
    [InlineData(90, RequestRatesProfile.Off, "--Jobs:RetentionDays=", "--Jobs:RequestRates=")]
    public async Task Retention_and_request_rates_are_the_engines(int days, RequestRatesProfile rates, params string[] settings)
    {
        await using var server = await ApiServer.StartAsync(settings);

        Assert.Equal((days, rates), (server.Engine.RetentionDays, server.Engine.Settings.RequestRates));
    }

    [Theory]
    [InlineData("--Jobs:Auth=Opne", "Jobs:Auth", "'Opne'", "Required, Open")]
    [InlineData("--Jobs:Auth=1", "Jobs:Auth", "'1'", "Required, Open")]
    [InlineData("--Jobs:Dialect=old", "Jobs:Dialect", "'old'", "Aws, Seed")]
    [InlineData("--Jobs:Limits=few", "Jobs:Limits", "'few'", "Aws, None")]
    [InlineData("--Jobs:Region=US East", "Jobs:Region", "'US East'", "us-east-1")]
    [InlineData("--Jobs:AccountId=12", "Jobs:AccountId", "'12'", "twelve digits")]
    [InlineData("--Jobs:RequestRates=fast", "Jobs:RequestRates", "'fast'", "Off, Aws")]
    [InlineData("--Jobs:RequestRates=10", "Jobs:RequestRates", "'10'", "Off, Aws")]
    [InlineData("--Jobs:RetentionDays=0", "Jobs:RetentionDays", "'0'", "a whole number from 1 to 36500")]
    [InlineData("--Jobs:RetentionDays=36501", "Jobs:RetentionDays", "'36501'", "a whole number from 1 to 36500")]
    [InlineData("--Jobs:RetentionDays=-1", "Jobs:RetentionDays", "'-1'", "a whole number from 1 to 36500")]
    [InlineData("--Jobs:RetentionDays=1.5", "Jobs:RetentionDays", "'1.5'", "a whole number from 1 to 36500")]
    [InlineData("--Jobs:RetentionDays=ninety", "Jobs:RetentionDays", "'ninety'", "a whole number from 1 to 36500")]
    [InlineData("--Jobs:RetentionDays=99999999999", "Jobs:RetentionDays", "'99999999999'", "a whole number from 1 to 36500")]
    [InlineData("--Jobs:DevicePort=65536", "Jobs:DevicePort", "'65536'", "auto for any that is free, 0 for none")]
    [InlineData("--Jobs:DevicePort=-1", "Jobs:DevicePort", "'-1'", "a port from 1 to 65535")]
    [InlineData("--Jobs:DevicePort=some", "Jobs:DevicePort", "'some'", "a port from 1 to 65535")]
    [InlineData("--Jobs:DeviceNames=jobs.example.com;a b", "Jobs:DeviceNames", "'a b'", "DNS names and IP addresses")]
    [InlineData("--Jobs:DeviceNames=https://jobs.example.com", "Jobs:DeviceNames", "'https://jobs.example.com'", "DNS names and IP addresses")]
    [InlineData("--Jobs:DeletionPaused=maybe", "Jobs:DeletionPaused", "'maybe'", "true, false")]
    [InlineData("--Jobs:DatabasePath=/tmp/", "Jobs:DatabasePath", "'/tmp/'", "file")]
    [InlineData("--Jobs:Regoin=eu-west-1", "Jobs:Regoin", "", "Jobs:Region")]
    [InlineData("--Jobs:Bootstrap:AccessKeyId=AKIA", "Jobs:Bootstrap:SecretAccessKey", "", "both or none")]
    [InlineData("--Jobs:Bootstrap:AdminPassword=short", "Jobs:Bootstrap:AdminPassword", "", "8 characters")]
    public async Task A_bad_setting_is_named_with_what_is_allowed(string setting, string name, string value, string allowed)
    {
        var failure = await Assert.ThrowsAsync<StartException>(() => ApiServer.StartAsync(setting));

        Assert.Equal(StartException.BadSetting, failure.ExitCode);
        Assert.All([name, value, allowed], word => Assert.Contains(word, failure.Message, StringComparison.Ordinal));
        Assert.DoesNotContain("short", failure.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://0.0.0.0:0")]
    [InlineData("http://*:0")]
    [InlineData("http://127.0.0.1:0;http://[::]:0")]
    [InlineData("http://example.com:0")]
    public async Task Open_access_listens_on_loopback_only(string urls)
    {
        var failure = await Assert.ThrowsAsync<StartException>(() => ApiServer.StartAsync("--Jobs:Auth=Open", $"--urls={urls}"));

        Assert.Contains("loopback", failure.Message, StringComparison.Ordinal);
    }
}
