using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Wire.Client;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Harm;

/// <summary>A server in a process of its own with two things, one of which does it harm.</summary>
internal sealed class HarmedPortal : IAsyncDisposable
{
    public const string Bad = "bad";
    private const string Good = "good";

    /// <summary>In what it has in memory, while it is done harm; garbage that the runtime has not collected yet included.</summary>
    private const long MaxGrowth = 512 << 20;

    /// <summary>How much longer than usual the other device may wait, on a machine that is busy with the harm itself.</summary>
    private const int MaxSlower = 20;

    private static readonly TimeSpan AlwaysGood = TimeSpan.FromMilliseconds(250);

    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("harmed-");
    private PortalProcess? _portal;

    public string Token { get; private set; } = "";

    public int Port { get; private set; }

    private GoodDevice? Other { get; set; }

    public static async Task<HarmedPortal> StartAsync(params string[] settings)
    {
        var harmed = new HarmedPortal();
        var portal = harmed._portal = await PortalProcess.StartAsync(Path.Combine(harmed._folder.FullName, "jobs.db"), ["--Jobs:Auth=Open", "--Mqtt:Port=auto", .. settings]);
        harmed.Port = portal.Mqtt("without TLS").Port;
        using var jobs = new JobsHttpClient(new() { ControlEndpoint = new(portal.Rendezvous.Endpoint) });
        harmed.Token = await TokenAsync(jobs, Bad);
        harmed.Other = await GoodDevice.ConnectAsync(harmed.Port, Good, await TokenAsync(jobs, Good));
        await jobs.ExecuteAsync(new CreateJob("large", [$"{ApiServer.Arn}thing/{Bad}"]) { Document = $$"""{"filling":"{{new string('x', 30_000)}}"}""" });
        return harmed;
    }

    public Task<RawDevice> ConnectAsync(string clientId, byte version = 4) => RawDevice.ConnectAsync(Port, clientId, Token, version);

    /// <summary>The other device gets its answers about as soon as before, the server does not grow, and lets the first one in again.</summary>
    public async Task BearsAsync(Func<CancellationToken, Task> harm)
    {
        var usual = await Other!.MedianAsync(Task.CompletedTask);
        var before = _portal!.Memory;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        end.CancelAfter(TimeSpan.FromSeconds(120));

        var median = await Other.MedianAsync(Task.Run(() => harm(end.Token), end.Token));

        var growth = _portal.Memory - before;
        TestContext.Current.TestOutputHelper?.WriteLine($"median {median.TotalMilliseconds:0.0} ms, usually {usual.TotalMilliseconds:0.0} ms; {growth >> 20} MiB more");
        Assert.InRange(median, TimeSpan.Zero, usual * MaxSlower > AlwaysGood ? usual * MaxSlower : AlwaysGood);
        Assert.InRange(growth, long.MinValue, MaxGrowth);
        using var reformed = await GoodDevice.ConnectAsync(Port, Bad, Token);
        await reformed.AskAsync();
    }

    public async ValueTask DisposeAsync()
    {
        Other?.Dispose();
        if (_portal is { } portal)
        {
            await portal.DisposeAsync();
        }
        _folder.Delete(recursive: true);
    }

    private static async Task<string> TokenAsync(JobsHttpClient jobs, string thing)
    {
        await jobs.ExecuteAsync(new CreateThing(thing));
        return (await jobs.ExecuteAsync(new CreateThingToken(thing))).Token;
    }
}
