using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Portal.Components.Things;

/// <summary>Why a device is not connected, as people say it.</summary>
public static class ConnectionWords
{
    public static string Words(this DisconnectReason reason) => reason switch
    {
        DisconnectReason.AUTH_ERROR => "its credential was refused",
        DisconnectReason.CLIENT_INITIATED_DISCONNECT => "the device disconnected by itself",
        DisconnectReason.CLIENT_ERROR => "the device sent what cannot be understood",
        DisconnectReason.CONNECTION_LOST => "the connection was lost",
        DisconnectReason.DUPLICATE_CLIENTID => "another client came with its client id",
        DisconnectReason.FORBIDDEN_ACCESS => "the device used a topic it may not use",
        DisconnectReason.MQTT_KEEP_ALIVE_TIMEOUT => "the device was silent for longer than its keep-alive",
        DisconnectReason.SERVER_ERROR => "the server failed",
        DisconnectReason.SERVER_INITIATED_DISCONNECT => "the server ended the connection",
        DisconnectReason.THROTTLED => "the device sent too much",
        DisconnectReason.WEBSOCKET_TTL_EXPIRATION => "the WebSocket was open for as long as it may be",
        DisconnectReason.CUSTOMAUTH_TTL_EXPIRATION => "its sign-in ran out",
        _ => "the reason is not known",
    };
}
