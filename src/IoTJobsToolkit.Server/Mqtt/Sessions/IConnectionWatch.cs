namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>Why a client is not connected any more.</summary>
internal enum DisconnectCause
{
    /// <summary>It said goodbye.</summary>
    Client,

    /// <summary>Its connection broke.</summary>
    Lost,

    /// <summary>It came by another connection.</summary>
    TakenOver,

    /// <summary>It was silent for longer than it had said.</summary>
    KeepAliveTimeout,

    /// <summary>It said something that is not MQTT, or that this broker does not take.</summary>
    Wrong,

    /// <summary>It did what it may not, and has no other way to be told than to be sent away.</summary>
    NotAllowed,

    /// <summary>Its credential no longer counts.</summary>
    CredentialTaken,

    /// <summary>The server stops.</summary>
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
