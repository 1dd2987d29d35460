using System.Collections.Concurrent;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using MQTTnet.Adapter;
using MQTTnet.AspNetCore;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Formatter;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IoTJobsToolkit.Server.Mqtt.Listeners;

/// <summary>Where connections of MQTT come in, from all listeners, and are handed to the broker.</summary>
internal sealed class MqttDoor(MqttDoorLimits limits, TimeProvider clock) : ConnectionHandler, IMqttServerAdapter
{
    private readonly ConcurrentDictionary<MqttConnection, bool> _connections = new(ReferenceEqualityComparer.Instance);
    private volatile MqttServerOptions? _options;

    /// <summary>The broker's part.</summary>
    public Func<IMqttChannelAdapter, Task>? ClientHandler { get; set; }

    /// <summary>Those that are open now.</summary>
    public IEnumerable<MqttConnection> Connections => _connections.Select(entry => entry.Key);

    /// <summary>Ends them all, and lets nobody in from now on.</summary>
    public Task CloseAsync(MqttDisconnectReasonCode reason)
    {
        _options = null;
        return Task.WhenAll(Connections.Select(connection => connection.EndAsync(reason)));
    }

    public override async Task OnConnectedAsync(ConnectionContext connection)
    {
        ArgumentNullException.ThrowIfNull(connection);
        if (_options is not { } options || ClientHandler is not { } handler)
        {
            return; // The broker has not started, or has ended.
        }
        if (connection.Features.Get<ITransferFormatFeature>() is { } format)
        {
            format.ActiveFormat = TransferFormat.Binary;
        }
        var formatter = new MqttPacketFormatterAdapter(new MqttBufferWriter(options.WriterBufferSize, options.WriterBufferSizeMax));
        using var entered = new MqttConnection(connection, formatter, limits, clock);
        _connections[entered] = true;
        try
        {
            await handler(entered).ConfigureAwait(false);
        }
        finally
        {
            _connections.TryRemove(entered, out _);
        }
    }

    public Task StartAsync(MqttServerOptions options, IMqttNetLogger logger)
    {
        _options = options;
        return Task.CompletedTask;
    }

    public Task StopAsync()
    {
        _options = null;
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        // Its connections belong to their listeners.
    }
}
