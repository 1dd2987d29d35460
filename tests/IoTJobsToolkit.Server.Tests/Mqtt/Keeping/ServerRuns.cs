using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.LiteDb;
using IoTJobsToolkit.Wire.Mqtt;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Keeping;

/// <summary>Runs of a server on one database file, each after the other.</summary>
internal sealed class ServerRuns : IAsyncDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("broker-runs-");
    private BrokerServer? _server;

    public BrokerServer Server => _server ?? throw new InvalidOperationException("No run has begun.");

    public BrokerState Kept => Server.Api.Engine.Broker;

    public async Task<BrokerServer> StartAsync(TopicPolicy? rules = null)
    {
        var now = _server?.Api.Clock.GetUtcNow();
        var store = LiteDbJobsStore.Open(Path.Combine(_folder.FullName, "jobs.db"), TimeProvider.System);
        return _server = await BrokerServer.StartAsync(store, rules, now);
    }

    /// <summary>Ends the run, as it should or by taking the database from it, and begins another.</summary>
    public async Task<BrokerServer> RestartAsync(bool crash = false, TopicPolicy? rules = null)
    {
        if (crash)
        {
            Server.Api.Engine.Dispose();
        }
        else
        {
            await Server.Api.StopAsync(); // Before its clients go by themselves.
        }
        await Server.DisposeAsync();
        return await StartAsync(rules);
    }

    public async Task<IReadOnlyList<BrokerSession>> SessionsAsync()
    {
        await Server.Get<IoTJobsToolkit.Server.Mqtt.Sessions.ISessionsKeeper>().FlushAsync(TestContext.Current.CancellationToken);
        return (await Kept.LoadSessionsAsync(null, 1_000, TestContext.Current.CancellationToken)).Sessions;
    }

    /// <summary>What the database holds of a thing's session now.</summary>
    public async Task<IReadOnlyList<string>> MessagesAsync(string thing) =>
        [.. (await Kept.ReadMessagesAsync($"{thing}/{thing}", 0, 1_000, TestContext.Current.CancellationToken))
            .Select(message => System.Text.Encoding.UTF8.GetString(message.Message.Payload.Span))];

    public Task UntilKeptAsync(string thing, params string[] messages) =>
        Server.PassUntilAsync(async () => (await MessagesAsync(thing)).SequenceEqual(messages));

    public async ValueTask DisposeAsync()
    {
        if (_server is { } server)
        {
            await server.DisposeAsync();
        }
        _folder.Delete(recursive: true);
    }
}
