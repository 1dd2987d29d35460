using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>Decides who a connection of MQTT is.</summary>
internal interface IMqttAccess
{
    /// <summary>Null where what it shows does not count; why, and for whom, is in the log.</summary>
    ValueTask<MqttCaller?> FindCallerAsync(MqttLogin login, CancellationToken cancellationToken);

    /// <summary>Whether the credential that a caller came with still counts; cheap, for each message.</summary>
    bool IsGood(MqttCaller caller);
}

/// <summary>What a connection shows when it begins.</summary>
/// <param name="Certificate">The client certificate of the TLS connection, whose signature and chain were checked already or not at all.</param>
/// <param name="Upgrade">The request that became the connection, where it is a WebSocket.</param>
internal sealed record MqttLogin(
    string ClientId, string? UserName, ReadOnlyMemory<byte> Password, X509Certificate2? Certificate, HttpContext? Upgrade, EndPoint? From);
