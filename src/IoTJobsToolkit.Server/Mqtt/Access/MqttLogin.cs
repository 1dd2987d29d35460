using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Http;

namespace IoTJobsToolkit.Server.Mqtt.Access;

/// <summary>What a connection shows when it begins.</summary>
/// <param name="Certificate">The client certificate of the TLS connection, whose signature and chain were checked already or not at all.</param>
/// <param name="Upgrade">The request that became the connection, where it is a WebSocket; what it showed was looked at then (<see cref="MqttUpgrade"/>).</param>
internal sealed record MqttLogin(
    string ClientId, string? UserName, ReadOnlyMemory<byte> Password, X509Certificate2? Certificate, HttpContext? Upgrade, EndPoint? From)
{
    /// <summary>Nobody on the way reads along.</summary>
    public bool IsEncrypted { get; init; }

    /// <summary>From this machine, or by a file of it.</summary>
    public bool IsLocal => From is not IPEndPoint { Address: var address } || IPAddress.IsLoopback(address);
}
