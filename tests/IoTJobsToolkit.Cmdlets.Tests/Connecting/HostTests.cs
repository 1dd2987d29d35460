using System.Diagnostics;
using System.Management.Automation;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Cmdlets.Tests.Connecting;

/// <summary>A database which a server has open while the cmdlets are connected to its file.</summary>
public sealed class HostTests : IDisposable
{
    private readonly Variables _variables = new();
    private readonly Shell _shell = new();

    public void Dispose()
    {
        _shell.Dispose();
        _variables.Dispose();
    }

    [Fact]
    public void A_server_that_has_the_database_open_is_found_and_called()
    {
        using var server = new TestServer(_shell.DatabasePath);

        Assert.Equal("lamp", _shell.One("New-IoTThing lamp").ThingName);
        Assert.Equal($"127.0.0.1:{server.Port}", _shell.One("Get-IoTEndpoint iot:Data-ATS").ToString());
        Assert.Equal(server.Endpoint, _shell.One($"(Connect-IoTJobs '{_shell.DatabasePath}' -PassThru).Host").ToString());
    }

    [Fact]
    public void A_server_that_starts_and_ends_between_pipelines_is_noticed_each_time()
    {
        _shell.Run("New-IoTThing before").Succeeds();
        var server = StartWhenFree();
        _shell.Run("New-IoTThing during").Succeeds();
        Assert.Equal($"127.0.0.1:{server.Port}", _shell.One("Get-IoTEndpoint iot:Data-ATS").ToString());
        server.Dispose();
        Assert.Equal(["before", "during"], _shell.Run("Get-IoTThing | ForEach-Object ThingName").Succeeds().Text);
        Assert.Equal("localhost", _shell.One("Get-IoTEndpoint iot:Data-ATS").ToString());

        using var again = StartWhenFree();
        Assert.Equal(["before", "during"], _shell.Run("Get-IoTThing | ForEach-Object ThingName").Succeeds().Text);
        Assert.Equal($"127.0.0.1:{again.Port}", _shell.One("Get-IoTEndpoint iot:Data-ATS").ToString());
    }

    [Fact]
    public void A_server_that_ends_is_waited_for_until_it_has_let_the_file_go()
    {
        var holder = OtherProcess.Holds(_shell.DatabasePath);
        using var asking = _shell.Create("New-IoTThing lamp | ForEach-Object ThingName");
        var answer = asking.BeginInvoke();

        Assert.False(answer.AsyncWaitHandle.WaitOne(TimeSpan.FromMilliseconds(300)));
        holder.Dispose();
        Assert.Equal("lamp", Assert.Single(asking.EndInvoke(answer)).ToString());
    }

    [Fact]
    public void A_server_that_has_the_file_but_cannot_be_called_yet_is_waited_for()
    {
        var path = Path.Combine(_shell.Folder, "other.db");
        using var server = new TestServer(path);
        var rendezvous = server.Rendezvous;
        File.Delete(ServerRendezvous.PathFor(path));
        using var asking = _shell.Create($"Connect-IoTJobs '{path}'; (Get-IoTEndpoint iot:Data-ATS).ToString()");
        var answer = asking.BeginInvoke();

        Assert.False(answer.AsyncWaitHandle.WaitOne(TimeSpan.FromMilliseconds(300)));
        rendezvous.WriteFor(path);
        Assert.Equal($"127.0.0.1:{server.Port}", Assert.Single(asking.EndInvoke(answer)).ToString());
    }

    [Fact]
    public void What_a_dead_server_left_is_ignored()
    {
        using (var dead = Process.Start(new ProcessStartInfo("dotnet", "--version") { RedirectStandardOutput = true })!)
        {
            dead.WaitForExit();
            new ServerRendezvous("http://127.0.0.1:9", dead.Id, DateTimeOffset.UtcNow, "us-east-1", "KEYID", "secret").WriteFor(_shell.DatabasePath);
        }

        Assert.Equal("lamp", _shell.One("New-IoTThing lamp").ThingName);
        Assert.Null(_shell.One($"Connect-IoTJobs '{_shell.DatabasePath}' -PassThru").Host);
    }

    [Theory]
    [InlineData("{")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"endpoint":"nonsense","processId":1,"startedAt":"2100-01-01T00:00:00Z","region":"us-east-1","accessKeyId":"a","secretAccessKey":"b"}""")]
    public void A_file_that_says_nothing_useful_is_ignored(string content)
    {
        File.WriteAllText(ServerRendezvous.PathFor(_shell.DatabasePath), content);

        Assert.Equal("lamp", _shell.One("New-IoTThing lamp").ThingName);
    }

    [Fact]
    public void What_the_servers_settings_decide_is_told_where_Connect_says_otherwise()
    {
        using var server = new TestServer(_shell.DatabasePath);

        var outcome = _shell.Run($"Connect-IoTJobs '{_shell.DatabasePath}' -Region eu-west-1 -Limits None").Succeeds();
        Assert.Equal(2, outcome.Warnings.Count);
        Assert.All(outcome.Warnings, warning => Assert.Contains("its own settings", warning, StringComparison.Ordinal));
        Assert.Equal("arn:aws:iot:us-east-1:123456789012:thing/lamp", _shell.One("New-IoTThing lamp").ThingArn);
    }

    [Fact]
    public void Names_become_ARNs_of_the_servers_own_region_and_account()
    {
        using var server = new TestServer(_shell.DatabasePath, "--Jobs:Region=eu-west-1", "--Jobs:AccountId=210987654321");

        _shell.Run("New-IoTJob x -Thing lamp -Document '{}'").Fails("ResourceNotFoundException");
        _shell.Run("New-IoTThingGroup eu; New-IoTJob y -Group eu -Document '{}'; New-IoTThing lamp; New-IoTJob x -Thing lamp -Group eu -Document '{}'").Succeeds();
        Assert.Equal(
            ["arn:aws:iot:eu-west-1:210987654321:thing/lamp", "arn:aws:iot:eu-west-1:210987654321:thinggroup/eu"],
            _shell.Run("Get-IoTJob x -Select Job.Targets").Succeeds().Text.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void A_large_rollout_goes_on_at_the_server_and_a_stopped_wait_ends_at_once()
    {
        Fleet.Create(_shell.DatabasePath, 20_000);
        using var server = new TestServer(_shell.DatabasePath, "--Jobs:Limits=none");
        _shell.One("New-IoTJob big -Group fleet -Document '{}'");

        using var removal = _shell.Create("Remove-IoTJob big -Force; 'not reached'");
        using var shown = new ManualResetEventSlim();
        removal.Streams.Progress.DataAdded += (_, added) =>
        {
            if (removal.Streams.Progress[added.Index].StatusDescription.Contains("left", StringComparison.Ordinal))
            {
                shown.Set();
            }
        };
        var running = removal.BeginInvoke<PSObject, PSObject>(null, []);
        WaitHandle.WaitAny([shown.WaitHandle, running.AsyncWaitHandle], TimeSpan.FromSeconds(60));
        Assert.True(shown.IsSet, "The removal was over before it could be stopped.");

        var time = Stopwatch.StartNew();
        removal.Stop();
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(5));
        Assert.Throws<PipelineStoppedException>(() => removal.EndInvoke(running));
    }

    /// <summary>The module lets the file go soon after its last pipeline; until then a server cannot have it.</summary>
    private TestServer StartWhenFree()
    {
        var time = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                return new(_shell.DatabasePath);
            }
            catch (StartException) when (time.Elapsed < TimeSpan.FromSeconds(60))
            {
                Thread.Yield();
            }
        }
    }
}
