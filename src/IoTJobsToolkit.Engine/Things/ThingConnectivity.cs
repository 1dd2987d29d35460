namespace IoTJobsToolkit.Engine.Things;

/// <summary>Why a connection ended, in AWS's words (fleet index, life cycle events).</summary>
public enum DisconnectReason
{
    UNKNOWN,
    AUTH_ERROR,
    CLIENT_INITIATED_DISCONNECT,
    CLIENT_ERROR,
    CONNECTION_LOST,
    DUPLICATE_CLIENTID,
    FORBIDDEN_ACCESS,
    MQTT_KEEP_ALIVE_TIMEOUT,

    /// <summary>The server failed: it was not there any more when the database was opened again.</summary>
    SERVER_ERROR,

    /// <summary>The server ended.</summary>
    SERVER_INITIATED_DISCONNECT,
    THROTTLED,
    WEBSOCKET_TTL_EXPIRATION,
    CUSTOMAUTH_TTL_EXPIRATION,
}

/// <summary>
/// Whether a thing is connected, and since when. A fact about the thing that is not part of its configuration: it has no version, and goes
/// with the thing.
/// </summary>
/// <param name="ThingSequence">The thing; one of the same name made later is another.</param>
/// <param name="Timestamp">When it connected or disconnected last; whole milliseconds.</param>
/// <param name="ClientId">With what it connected last.</param>
/// <param name="Run">The run of the server in which it connected last (<see cref="ConnectivityRun"/>).</param>
public sealed record ThingConnectivity(long ThingSequence, bool Connected, DateTimeOffset Timestamp, string? ClientId, long Run)
{
    /// <summary>Why it is not connected any more; null while it is.</summary>
    public DisconnectReason? DisconnectReason { get; init; }

    /// <summary>What it comes to once its run has ended: who was connected then is not any more, since then.</summary>
    public ThingConnectivity After(ConnectivityRun? run) => Connected && run is { EndedAt: { } end }
        ? this with { Connected = false, Timestamp = end > Timestamp ? end : Timestamp, DisconnectReason = run.EndReason }
        : this;
}

/// <summary>
/// A run of the server, from the first thing that connected on. Its end disconnects everything at once, without a word about each: a thing
/// counts as connected only as long as its run lasts.
/// </summary>
/// <param name="EndedAt">When the server said that it ends, or when the database was opened next where it said nothing; null while it lasts.</param>
public sealed record ConnectivityRun(long Sequence, DateTimeOffset? EndedAt = null, DisconnectReason? EndReason = null);
