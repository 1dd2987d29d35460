using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Server.Mqtt.Keeping;

/// <summary>
/// Keeps which things are connected. A thing with several connections is so until its last one ends, and known by the one that came last of those
/// which are there. What happens within <see cref="Moment"/> is kept together: so it may take that long until groups and jobs follow.
/// </summary>
internal sealed partial class ThingConnections : IConnectionWatch, IAsyncDisposable
{
    public static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(250);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, List<(string ClientId, DateTimeOffset At)>> _connected = new(StringComparer.Ordinal);

    /// <summary>Of each thing the last connect and the disconnect after it at the most: what was before does not matter any more.</summary>
    private readonly Dictionary<string, List<ConnectivityChange>> _changes = new(StringComparer.Ordinal);

    private readonly JobsEngine _engine;
    private readonly ILogger _logger;
    private readonly WriteBehind _writer;
    private volatile bool _isClosed;

    public ThingConnections(JobsEngine engine, TimeProvider clock, ILogger<ThingConnections> logger)
    {
        (_engine, _logger) = (engine, logger);
        _writer = new(engine, Moment, _ => Take(), "Who is connected", clock, logger);
    }

    public void Connected(Session session, DateTimeOffset at)
    {
        if (ThingOf(session) is not { } thing)
        {
            return;
        }
        lock (_lock)
        {
            if (!_connected.TryGetValue(thing, out var connections))
            {
                _connected[thing] = connections = [];
            }
            connections.RemoveAll(other => other.ClientId == session.Key.ClientId);
            connections.Add((session.Key.ClientId, at));
            _changes[thing] = [new(thing, true, at, session.Key.ClientId)];
        }
        _writer.Wake();
    }

    public void Disconnected(Session session, DisconnectCause cause, DateTimeOffset at)
    {
        if (ThingOf(session) is not { } thing)
        {
            return;
        }
        lock (_lock)
        {
            var clientId = session.Key.ClientId;
            if (!_connected.TryGetValue(thing, out var connections))
            {
                return;
            }
            var wasLast = connections[^1].ClientId == clientId;
            connections.RemoveAll(other => other.ClientId == clientId);
            if (!wasLast)
            {
                return;
            }
            if (connections is [.., var left])
            {
                _changes[thing] = [new(thing, true, left.At, left.ClientId)];
            }
            else
            {
                _connected.Remove(thing);
                var end = new ConnectivityChange(thing, false, at, clientId, ReasonOf(cause));
                if (!_changes.TryGetValue(thing, out var changes))
                {
                    _changes[thing] = changes = [];
                }
                changes.Add(end);
            }
        }
        _writer.Wake();
    }

    /// <summary>The server stops. That ends all connections at once, so they are not kept one by one.</summary>
    public void Close() => _isClosed = true;

    /// <summary>Nothing is connected any more.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        try
        {
            await _writer.DrainAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            await _engine.Broker.EndConnectivityAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (Exception late) when (late is OperationCanceledException or JobsException)
        {
            LogUnended(_logger, late.Message); // Who opens the database next says so.
        }
    }

    public ValueTask DisposeAsync() => _writer.DisposeAsync();

    private string? ThingOf(Session session) =>
        _isClosed || _writer.HasEnded || session.Key.Kind != CallerKind.Device ? null : session.Key.Owner;

    private Func<Task>? Take()
    {
        lock (_lock)
        {
            if (_changes.Count == 0)
            {
                return null;
            }
            List<ConnectivityChange> changes = [.. _changes.Values.SelectMany(ofThing => ofThing)];
            _changes.Clear();
            return () => _engine.Broker.KeepConnectivityAsync(changes);
        }
    }

    private static DisconnectReason ReasonOf(DisconnectCause cause) => cause switch
    {
        DisconnectCause.Client => DisconnectReason.CLIENT_INITIATED_DISCONNECT,
        DisconnectCause.Lost => DisconnectReason.CONNECTION_LOST,
        DisconnectCause.TakenOver => DisconnectReason.DUPLICATE_CLIENTID,
        DisconnectCause.KeepAliveTimeout => DisconnectReason.MQTT_KEEP_ALIVE_TIMEOUT,
        DisconnectCause.Wrong => DisconnectReason.CLIENT_ERROR,
        DisconnectCause.NotAllowed => DisconnectReason.AUTH_ERROR,
        DisconnectCause.CredentialTaken => DisconnectReason.FORBIDDEN_ACCESS,
        DisconnectCause.Server => DisconnectReason.SERVER_INITIATED_DISCONNECT,
        _ => DisconnectReason.UNKNOWN,
    };

    [LoggerMessage(Level = LogLevel.Warning, Message = "That nothing is connected any more could not be kept: {Reason}")]
    private static partial void LogUnended(ILogger logger, string reason);
}
