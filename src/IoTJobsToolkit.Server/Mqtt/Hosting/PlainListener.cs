using System.Net;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Server.Settings;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace IoTJobsToolkit.Server.Mqtt.Hosting;

/// <summary>
/// MQTT without TLS, for this machine alone. By the web server's transport but not as one of its addresses: whatever is said of those, this one
/// stays, and theirs stay as they are.
/// </summary>
internal sealed partial class PlainListener(MqttSettings settings, MqttDoor door, ILoggerFactory loggers) : IAsyncDisposable
{
    private readonly ILogger<PlainListener> _logger = loggers.CreateLogger<PlainListener>();
    private IConnectionListener? _listener;
    private Task _accepting = Task.CompletedTask;

    /// <summary>Where it listens; null where it does not.</summary>
    public IPEndPoint? Address => _listener?.EndPoint as IPEndPoint;

    /// <exception cref="StartException">Somebody has the port that was asked for.</exception>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings.Port is not { } port)
        {
            return;
        }
        var transport = new SocketTransportFactory(Options.Create(new SocketTransportOptions()), loggers);
        try
        {
            _listener = await transport.BindAsync(new IPEndPoint(IPAddress.Loopback, port), cancellationToken).ConfigureAwait(false);
        }
        catch (AddressInUseException) when (settings.IsDefaultPort)
        {
            return;
        }
        catch (AddressInUseException taken)
        {
            throw new StartException(
                StartException.AddressInUse,
                $"Something else listens at {IPAddress.Loopback}:{port}. Stop it, or choose another port for MQTT with " +
                $"--{MqttSettings.Section}:{MqttSettings.PortName}=PORT, 0 for none.",
                taken);
        }
        _accepting = AcceptAsync(_listener);
    }

    /// <summary>Nobody new comes in; who is there stays.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (_listener is { } listener)
        {
            await listener.UnbindAsync(cancellationToken).ConfigureAwait(false);
            await _accepting.ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_listener is { } listener)
        {
            await listener.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async Task AcceptAsync(IConnectionListener listener)
    {
        while (await listener.AcceptAsync(CancellationToken.None).ConfigureAwait(false) is { } connection)
        {
            _ = Task.Run(() => ServeAsync(connection));
        }
    }

    private async Task ServeAsync(ConnectionContext connection)
    {
        await using (connection.ConfigureAwait(false))
        {
            try
            {
                await door.OnConnectedAsync(connection).ConfigureAwait(false);
            }
            catch (Exception broken) when (broken is IOException or OperationCanceledException or ConnectionAbortedException)
            {
                // Its client is gone.
            }
            catch (Exception fault)
            {
                LogFault(_logger, fault);
            }
        }
    }

    [LoggerMessage(Level = LogLevel.Error, Message = "A connection of MQTT failed")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
