namespace IoTJobsToolkit.Server.Mqtt.Sessions;

/// <summary>The connection by which a session reaches its client now.</summary>
internal interface ILine
{
    /// <summary>How many messages the client takes before it has acknowledged the first of them.</summary>
    int Window { get; }

    /// <summary>The largest packet that the client takes, in bytes.</summary>
    long MaxPacketBytes { get; }

    /// <summary>
    /// Hands a message on, without waiting until it is sent; returns the number by which the client acknowledges it, null where it cannot be sent
    /// any more.
    /// </summary>
    ushort? Send(Outgoing message);
}
