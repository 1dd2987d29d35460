using System.Collections.Concurrent;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Server;

namespace IoTJobsToolkit.Server.Mqtt.Connections;

/// <summary>Takes what comes in by all doors, and has each connection pass a <see cref="Link"/>.</summary>
internal sealed class LinkedDoors(
    IReadOnlyList<IMqttServerAdapter> doors, Func<IMqttChannelAdapter, string, Link> link, Action<Link> left) : IMqttServerAdapter
{
    private readonly ConcurrentDictionary<Link, Task> _links = new();
    private long _count;

    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <summary>Those that are open now.</summary>
    public IEnumerable<Link> Links => _links.Select(entry => entry.Key);

    public async Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        foreach (var door in doors)
        {
            door.ClientHandler = EnterAsync;
            await door.StartAsync(options, logger).ConfigureAwait(false);
        }
    }

    public async Task StopAsync()
    {
        foreach (var door in doors)
        {
            await door.StopAsync().ConfigureAwait(false);
        }
    }

    /// <summary>Completes when those that are open now have ended, with all that follows from it.</summary>
    public Task WhenLeftAsync() => Task.WhenAll(_links.Values);

    public void Dispose()
    {
        foreach (var door in doors)
        {
            door.Dispose();
        }
    }

    private async Task EnterAsync(IMqttChannelAdapter channel)
    {
        var name = Interlocked.Increment(ref _count).ToString(System.Globalization.CultureInfo.InvariantCulture);
        using var entered = link(channel, name);
        var end = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        _links[entered] = end.Task;
        try
        {
            if (ClientHandler is { } handler)
            {
                await handler(entered).ConfigureAwait(false);
            }
        }
        finally
        {
            try
            {
                left(entered);
            }
            finally
            {
                _links.TryRemove(entered, out _);
                end.SetResult();
            }
        }
    }
}
