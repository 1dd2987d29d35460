using System.Net;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Server.Mqtt.Access;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Connections.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections;
using MQTTnet.Adapter;
using MQTTnet.AspNetCore;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Listeners;

/// <summary>
/// One connection of MQTT, by whatever way it came. It waits for its first packet only so long, decodes no packet before all of it is there, takes
/// none that is too large, and can be ended from outside.
/// </summary>
internal sealed class MqttConnection : IMqttChannelAdapter
{
    /// <summary>For what is still to be sent to somebody who is to go.</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(2);

    private readonly ConnectionContext _connection;
    private readonly MqttConnectionContext _inner;
    private readonly MqttDoorLimits _limits;
    private readonly TimeProvider _clock;
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile MqttCaller? _caller;
    private int _isEnding;
    private bool _isGreeted;

    public MqttConnection(ConnectionContext connection, MqttPacketFormatterAdapter formatter, MqttDoorLimits limits, TimeProvider clock)
    {
        (_connection, _inner, _limits, _clock) = (connection, new(formatter, connection), limits, clock);
        Upgrade = connection.GetHttpContext();
        IsSecureConnection = Upgrade?.Request.IsHttps ?? connection.Features.Get<ITlsHandshakeFeature>() is not null;
        RemoteEndPoint = Upgrade is not { Connection: var http } ? connection.RemoteEndPoint
            : http.RemoteIpAddress is { } address ? new IPEndPoint(address, http.RemotePort)
            : null;
    }

    /// <summary>Who it turned out to be; null before.</summary>
    public MqttCaller? Caller
    {
        get => _caller;
        set => _caller = value;
    }

    /// <summary>The request that became this connection, where it is a WebSocket.</summary>
    public HttpContext? Upgrade { get; }

    /// <summary>Why the server ends it; null while it does not.</summary>
    public MqttDisconnectReasonCode? EndedFor { get; private set; }

    public X509Certificate2? ClientCertificate => _inner.ClientCertificate;

    public bool IsSecureConnection { get; }

    public EndPoint? LocalEndPoint => _inner.LocalEndPoint;

    public EndPoint? RemoteEndPoint { get; }

    public MqttPacketFormatterAdapter PacketFormatterAdapter => _inner.PacketFormatterAdapter;

    public long BytesReceived => _inner.BytesReceived;

    public long BytesSent => _inner.BytesSent;

    public MqttLogin Login(string clientId, string? userName, ReadOnlyMemory<byte> password) =>
        new(clientId, userName, password, ClientCertificate, Upgrade, RemoteEndPoint) { IsEncrypted = IsSecureConnection };

    /// <summary>Ends it: who speaks MQTT 5 is told why. Completes when it has ended.</summary>
    public async Task EndAsync(MqttDisconnectReasonCode reason)
    {
        if (Interlocked.Exchange(ref _isEnding, 1) != 0)
        {
            return;
        }
        EndedFor = reason;
        try
        {
            if (PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500)
            {
                using var end = new CancellationTokenSource(Farewell, _clock);
                await _inner.SendPacketAsync(new MqttDisconnectPacket { ReasonCode = reason }, end.Token).ConfigureAwait(false);
            }
            _connection.Transport.Input.CancelPendingRead();
            await _ended.Task.WaitAsync(Farewell, _clock).ConfigureAwait(false);
        }
        catch (Exception gone) when (gone is OperationCanceledException or TimeoutException or IOException or ObjectDisposedException or InvalidOperationException)
        {
            Abort(); // It is gone already, or does not read what it is sent.
        }
    }

    public Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken) =>
        _isGreeted ? ReceiveAsync(cancellationToken) : ReceiveFirstAsync(cancellationToken);

    public Task ConnectAsync(CancellationToken cancellationToken) => _inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => _inner.DisconnectAsync(cancellationToken);

    public Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken) => _inner.SendPacketAsync(packet, cancellationToken);

    public void ResetStatistics() => _inner.ResetStatistics();

    public void Dispose()
    {
        _ended.TrySetResult();
        _inner.Dispose();
    }

    private async Task<MqttPacket> ReceiveFirstAsync(CancellationToken cancellationToken)
    {
        using var time = new CancellationTokenSource(_limits.ConnectTime, _clock);
        using var end = CancellationTokenSource.CreateLinkedTokenSource(time.Token, cancellationToken);
        var first = await ReceiveAsync(end.Token).ConfigureAwait(false);
        _isGreeted = true;
        return first;
    }

    private void Abort()
    {
        try
        {
            _connection.Abort(new ConnectionAbortedException("The connection was ended by the server."));
        }
        catch (ObjectDisposedException)
        {
            // The request that became a WebSocket has just ended by itself.
        }
    }

    private async Task<MqttPacket> ReceiveAsync(CancellationToken cancellationToken)
    {
        var input = _connection.Transport.Input;
        while (true)
        {
            var read = await input.ReadAsync(cancellationToken).ConfigureAwait(false);
            var length = PacketHead.PacketLength(read.Buffer);
            var isWhole = length <= read.Buffer.Length;
            // What was looked at is read again: at once where the packet is whole, else when there is more.
            input.AdvanceTo(read.Buffer.Start, isWhole ? read.Buffer.Start : read.Buffer.End);
            if (Volatile.Read(ref _isEnding) != 0)
            {
                throw new OperationCanceledException("The connection is to end.");
            }
            if (length == PacketHead.Invalid || length > _limits.MaxPacketBytes)
            {
                throw new MqttProtocolViolationException($"A packet may have {_limits.MaxPacketBytes} bytes at the most.");
            }
            if (isWhole)
            {
                // All of it is there. Cut off while it reads, it would reset the connection, and what was sent last be lost on its way.
                return await _inner.ReceivePacketAsync(CancellationToken.None).ConfigureAwait(false);
            }
            if (read.IsCompleted)
            {
                throw new MqttCommunicationException("The connection was closed by the other side.");
            }
        }
    }
}
