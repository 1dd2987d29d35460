using System.Net;
using System.Security.Cryptography.X509Certificates;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Jobs;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using IoTJobsToolkit.Server.Telemetry;
using IoTJobsToolkit.Wire.Mqtt;
using MQTTnet.Adapter;
using MQTTnet.Exceptions;
using MQTTnet.Formatter;
using MQTTnet.Packets;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IoTJobsToolkit.Server.Mqtt.Connections;

/// <summary>
/// One connection between the network and the library: lets through no more than a client may have under way, tells the session what was sent
/// and acknowledged, and says at the beginning what this broker can do.
/// </summary>
internal sealed class Link : IMqttChannelAdapter, ILine, IAsker
{
    private readonly BrokerLimits _limits;
    private readonly TimeProvider _clock;
    private readonly MqttMeter _meter;
    private readonly Pace? _pace;
    private readonly SemaphoreSlim _owed;
    private readonly SemaphoreSlim _requests;
    private readonly Func<Link, MqttDisconnectReasonCode, Task> _disconnect;
    private volatile MqttSessionStatus? _status;
    private volatile bool _isEnded;
    private volatile bool _isPaused;
    private MqttCaller? _caller;
    private bool _isGreeted;
    private long _lastReceived;
    private DisconnectCause? _blamed;

    /// <param name="id">Its name in the library, as of no other connection.</param>
    /// <param name="disconnect">Ends it through the library.</param>
    public Link(IMqttChannelAdapter inner, string id, BrokerLimits limits, TimeProvider clock, MqttMeter meter, Func<Link, MqttDisconnectReasonCode, Task> disconnect)
    {
        (Inner, Id, _limits, _clock, _meter, _disconnect) = (inner, id, limits, clock, meter, disconnect);
        _pace = limits.RequestsPerSecond is { } rate ? new(rate, clock) : null;
        _owed = new(limits.MaxInFlight, limits.MaxInFlight);
        _requests = new(limits.MaxInFlight, limits.MaxInFlight);
        _lastReceived = clock.GetTimestamp();
    }

    public IMqttChannelAdapter Inner { get; }

    public string Id { get; }

    /// <summary>Null until its first packet.</summary>
    public ConnectFacts? Facts { get; private set; }

    /// <summary>Null until it is known who it is.</summary>
    public Session? Session { get; private set; }

    /// <summary>Whether the client goes on with what the broker remembers of it.</summary>
    public bool WasPresent { get; private set; }

    /// <summary>Who came by this connection; its session may have gone on with another one, of another role.</summary>
    public MqttCaller Caller => _caller ?? throw new InvalidOperationException("The connection is nobody's yet.");

    /// <summary>The SUBSCRIBE that is being worked on.</summary>
    public PendingSubscribe? Subscribing { get; private set; }

    /// <summary>The client said goodbye: its will is not to be published.</summary>
    public bool IsGoodbye { get; private set; }

    /// <summary>It is to end, or its session goes on without it.</summary>
    public bool IsEnded => _isEnded || Session is { } session && !ReferenceEquals(session.Line, this);

    public bool IsOfMqtt5 => PacketFormatterAdapter.ProtocolVersion == MqttProtocolVersion.V500;

    public DisconnectCause Cause =>
        IsGoodbye ? DisconnectCause.Client
        : _blamed is { } cause ? cause
        : Inner is MqttConnection { EndedFor: { } reason } ? CauseOf(reason)
        : Facts is { } facts && _clock.GetElapsedTime(Interlocked.Read(ref _lastReceived)) >= facts.KeepAlive * 1.5 ? DisconnectCause.KeepAliveTimeout
        : DisconnectCause.Lost;

    public int Window => Facts!.Window;

    public long MaxPacketBytes => Facts!.MaxPacketBytes;

    public X509Certificate2 ClientCertificate => Inner.ClientCertificate;

    public EndPoint RemoteEndPoint => Inner.RemoteEndPoint;

    public EndPoint LocalEndPoint => Inner.LocalEndPoint;

    public bool IsSecureConnection => Inner.IsSecureConnection;

    public MqttPacketFormatterAdapter PacketFormatterAdapter => Inner.PacketFormatterAdapter;

    public long BytesReceived => Inner.BytesReceived;

    public long BytesSent => Inner.BytesSent;

    public Task EnterAsync(CancellationToken cancellationToken) => _requests.WaitAsync(cancellationToken);

    public void Answer(MqttMessage message) => Session!.Answer(new(message.Topic, message.Payload, MqttQualityOfServiceLevel.AtLeastOnce));

    public void Leave() => _requests.Release();

    /// <summary>Whose connection it is.</summary>
    public void Belong(Entry entry, MqttCaller caller) => (_caller, Session, WasPresent) = (caller, entry.Session, entry.WasPresent);

    /// <summary>From now on what the session has to send goes out here.</summary>
    public void Open(MqttSessionStatus status)
    {
        _status = status;
        if (!IsEnded)
        {
            Session!.Outbox.Attach(this);
        }
    }

    public ushort? Send(Outgoing message)
    {
        if (_status is not { } status || IsEnded)
        {
            return null;
        }
        var packet = message.Publication.ToMessage(
            message.Qos, message.Retain, message.IsRepeated && message.IsKept, message.SubscriptionIdentifiers, _clock.GetUtcNow());
        return status.TryEnqueueApplicationMessage(packet, out var result) ? result.PacketIdentifier : null;
    }

    /// <summary>Ends it; who speaks MQTT 5 is told why.</summary>
    public Task EndAsync(MqttDisconnectReasonCode reason)
    {
        Blame(CauseOf(reason));
        _isEnded = true;
        return _disconnect(this, reason);
    }

    /// <summary>It is to end, for this; who says so first is right.</summary>
    public void Blame(DisconnectCause cause) => _blamed ??= cause;

    /// <summary>Nothing more is read, what was asked before is still answered.</summary>
    public void Pause() => _isPaused = true;

    public async Task<MqttPacket> ReceivePacketAsync(CancellationToken cancellationToken)
    {
        var packet = await ReceiveAsync(cancellationToken).ConfigureAwait(false);
        Interlocked.Exchange(ref _lastReceived, _clock.GetTimestamp());
        if (_isPaused && _isGreeted)
        {
            await Task.Delay(Timeout.InfiniteTimeSpan, _clock, cancellationToken).ConfigureAwait(false);
        }
        if (_isEnded)
        {
            throw new OperationCanceledException("The connection is to end.");
        }
        if (!_isGreeted)
        {
            _isGreeted = true;
            Facts = packet is MqttConnectPacket connect ? ConnectFacts.Take(connect, Id, IsOfMqtt5, _limits) : null;
            return packet;
        }
        if (await TakeAsync(packet, cancellationToken).ConfigureAwait(false) is { } wrong)
        {
            await EndAsync(wrong).ConfigureAwait(false);
            throw new OperationCanceledException("The client sent what this broker does not take.");
        }
        return packet;
    }

    public async Task SendPacketAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        if (packet is MqttConnAckPacket { ReasonCode: MqttConnectReasonCode.Success } accepted)
        {
            Announce(accepted);
        }
        await Inner.SendPacketAsync(packet, cancellationToken).ConfigureAwait(false);
        switch (packet)
        {
            case MqttPublishPacket:
                _meter.MessageSent();
                Session?.Outbox.Sent(this);
                break;
            case MqttPubAckPacket or MqttSubAckPacket or MqttUnsubAckPacket or MqttPingRespPacket:
                _owed.Release();
                break;
        }
    }

    public Task ConnectAsync(CancellationToken cancellationToken) => Inner.ConnectAsync(cancellationToken);

    public Task DisconnectAsync(CancellationToken cancellationToken) => Inner.DisconnectAsync(cancellationToken);

    public void ResetStatistics() => Inner.ResetStatistics();

    public void Dispose()
    {
        // The channel belongs to whoever opened it; what waits here for a place ends with its connection.
    }

    private async Task<MqttPacket> ReceiveAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await Inner.ReceivePacketAsync(cancellationToken).ConfigureAwait(false);
        }
        catch (MqttProtocolViolationException)
        {
            Blame(DisconnectCause.Wrong);
            throw;
        }
    }

    /// <summary>What a packet takes before it is worked on; whoever reads no answers is not read any more. Not null where it is none to take.</summary>
    private async ValueTask<MqttDisconnectReasonCode?> TakeAsync(MqttPacket packet, CancellationToken cancellationToken)
    {
        var asks = 0;
        switch (packet)
        {
            case MqttPublishPacket { QualityOfServiceLevel: MqttQualityOfServiceLevel.ExactlyOnce }:
                return MqttDisconnectReasonCode.QoSNotSupported;
            case MqttPublishPacket publish when publish.TopicAlias > _limits.MaxTopicAliases:
                return MqttDisconnectReasonCode.TopicAliasInvalid;
            case MqttPublishPacket:
                _meter.MessageReceived();
                asks = 1;
                break;
            case MqttSubscribePacket subscribe:
                Subscribing = PendingSubscribe.Take(subscribe);
                asks = subscribe.TopicFilters.Count;
                break;
            case MqttUnsubscribePacket unsubscribe:
                asks = unsubscribe.TopicFilters.Count;
                break;
            case MqttPubAckPacket acknowledgement:
                Session?.Outbox.Acknowledge(this, acknowledgement.PacketIdentifier);
                break;
            case MqttDisconnectPacket goodbye:
                IsGoodbye = goodbye.ReasonCode != MqttDisconnectReasonCode.DisconnectWithWillMessage;
                break;
            case MqttPubRecPacket or MqttPubRelPacket or MqttPubCompPacket:
                return MqttDisconnectReasonCode.ProtocolError; // Nobody is sent anything exactly once.
        }
        if (packet is MqttSubscribePacket or MqttUnsubscribePacket or MqttPingReqPacket or
            MqttPublishPacket { QualityOfServiceLevel: MqttQualityOfServiceLevel.AtLeastOnce })
        {
            await _owed.WaitAsync(cancellationToken).ConfigureAwait(false);
        }
        if (asks > 0 && _pace is { } pace)
        {
            await pace.TakeAsync(asks, cancellationToken).ConfigureAwait(false);
        }
        return null;
    }

    private static DisconnectCause CauseOf(MqttDisconnectReasonCode reason) => reason switch
    {
        MqttDisconnectReasonCode.NotAuthorized => DisconnectCause.CredentialTaken,
        MqttDisconnectReasonCode.ServerShuttingDown => DisconnectCause.Server,
        MqttDisconnectReasonCode.SessionTakenOver => DisconnectCause.TakenOver,
        _ => DisconnectCause.Wrong,
    };

    private void Announce(MqttConnAckPacket accepted)
    {
        accepted.IsSessionPresent = WasPresent;
        accepted.MaximumQoS = MqttQualityOfServiceLevel.AtLeastOnce;
        accepted.ReceiveMaximum = (ushort)_limits.MaxInFlight;
        accepted.MaximumPacketSize = (uint)_limits.MaxPacketBytes;
        accepted.TopicAliasMaximum = _limits.MaxTopicAliases;
        if (Facts is { IsKeepAliveChanged: true, KeepAlive: var keepAlive })
        {
            accepted.ServerKeepAlive = (ushort)keepAlive.TotalSeconds;
        }
        if (Facts is { IsExpiryChanged: true, Expiry: var expiry })
        {
            accepted.SessionExpiryInterval = (uint)expiry.TotalSeconds;
        }
    }
}
