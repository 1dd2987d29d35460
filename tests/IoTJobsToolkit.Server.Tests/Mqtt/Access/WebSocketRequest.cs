using System.Text;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Access;

/// <summary>Requests for a WebSocket of MQTT as they stand on the wire, and their answers.</summary>
internal sealed class WebSocketRequest(Uri at) : IDisposable
{
    private readonly List<RawConnection> _connections = [];

    public string Protocols { get; init; } = "mqtt";

    public async Task<RawAnswer> SendAsync(string pathAndQuery, params (string Name, string Value)[] headers)
    {
        var connection = await RawConnection.OpenAsync(at);
        _connections.Add(connection);
        var request = new StringBuilder()
            .Append($"GET {pathAndQuery} HTTP/1.1\r\nHost: {at.Authority}\r\nConnection: Upgrade\r\nUpgrade: websocket\r\nSec-WebSocket-Version: 13\r\n")
            .Append($"Sec-WebSocket-Key: {Convert.ToBase64String(new byte[16])}\r\n");
        if (Protocols.Length > 0)
        {
            request.Append($"Sec-WebSocket-Protocol: {Protocols}\r\n");
        }
        foreach (var (name, value) in headers)
        {
            request.Append($"{name}: {value}\r\n");
        }
        await connection.SendAsync(request.Append("\r\n").ToString());
        return await connection.ReadAsync();
    }

    public void Dispose() => _connections.ForEach(connection => connection.Dispose());
}
