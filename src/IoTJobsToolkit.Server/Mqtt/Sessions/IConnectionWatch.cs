namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>Why a client is not connected any more.</summary>
internal enum DisconnectCause
{
    /// <summary>It said goodbye.</summary>
    Client,

    /// <summary>Its connection broke, or it said something that is not MQTT.</summary>
    Lost,

    /// <summary>It came by another connection.</summary>
    TakenOver,

    /// <summary>It was silent for longer than it had said.</summary>
    KeepAliveTimeout,

    /// <summary>The server ended it: it did what it may not, its credential no longer counts, or the server stops.</summary>
    Server,
}

/// <summary>
/// Told who connects and who is not connected any more, in that order for each client. Told in the middle of it: whoever has to wait for
/// something keeps it and does so later.
/// </summary>
internal interface IConnectionWatch
{
    void Connected(Session session, DateTimeOffset at);

    void Disconnected(Session session, DisconnectCause cause, DateTimeOffset at);
}
