using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Connections;
using IoTJobsToolkit.Server.Mqtt.Jobs;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using IoTJobsToolkit.Server.Telemetry;
using MQTTnet.Adapter;
using MQTTnet.Diagnostics.Logger;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IoTJobsToolkit.Server.Mqtt.Broker;

/// <summary>
/// The broker. The library speaks MQTT with each connection; who is who, sessions, subscriptions and the way of a message are this product's own.
/// </summary>
internal sealed class JobsBroker : IAsyncDisposable
{
    /// <summary>For the first packet of a connection, and for what is still to be sent to somebody who is to go.</summary>
    private static readonly TimeSpan CommunicationTime = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan KeepAliveRound = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(30);

    private readonly IMqttAccess _access;
    private readonly SessionRegistry _registry;
    private readonly ISessionsKeeper _keeper;
    private readonly RetainedMessages _retained;
    private readonly Admission _admission;
    private readonly Wills _wills;
    private readonly RequestDesk _desk;
    private readonly TimeProvider _clock;
    private readonly LinkedDoors _doors;
    private readonly MqttServer _server;
    private ITimer? _round;

    public JobsBroker(
        IMqttAccess access, SessionRegistry registry, ISessionsKeeper keeper, RetainedMessages retained, Admission admission, Wills wills,
        Publishing publishing, Subscribing subscribing, RequestDesk desk, BrokerLimits limits, IEnumerable<IMqttServerAdapter> doors,
        IMqttNetLogger logger, TimeProvider clock, MqttMeter meter)
    {
        (_access, _registry, _keeper, _retained, _admission, _wills, _desk, _clock) = (access, registry, keeper, retained, admission, wills, desk, clock);
        _doors = new([.. doors], (channel, id) => new(channel, id, limits, clock, meter, DisconnectAsync), Left);
        meter.WatchConnections(() => Links.Count(link => link is { Session: not null, IsEnded: false }));
        var options = new MqttServerOptionsBuilder()
            .WithoutDefaultEndpoint()
            .WithDefaultCommunicationTimeout(CommunicationTime)
            .WithMaxPendingMessagesPerClient(Outbox.MaxMessages)
            .Build();
        options.KeepAliveOptions.MonitorInterval = KeepAliveRound;
        _server = new(options, [_doors], logger);
        _server.ValidatingConnectionAsync += admission.AdmitAsync;
        _server.ClientConnectedAsync += ConnectedAsync;
        _server.InterceptingPublishAsync += publishing.PublishAsync;
        _server.InterceptingSubscriptionAsync += subscribing.SubscribeAsync;
        _server.InterceptingUnsubscriptionAsync += subscribing.UnsubscribeAsync;
    }

    /// <summary>Those that are open now.</summary>
    public IEnumerable<Link> Links => _doors.Links;

    /// <summary>Takes up what an earlier run kept, then lets clients in.</summary>
    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var kept = await _keeper.LoadAsync(cancellationToken).ConfigureAwait(false);
        _registry.Restore(kept);
        _retained.Restore(kept.Retained);
        await _server.StartAsync().ConfigureAwait(false);
        _round = _clock.CreateTimer(_ => GoRound(), null, Round, Round);
    }

    /// <summary>
    /// Lets nobody in and reads nothing more; what was asked before is answered, then everybody is told to go. Sessions are kept.
    /// </summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        _admission.IsClosed = true;
        var links = _doors.Links.ToList();
        links.ForEach(link => link.Pause());
        try
        {
            await _desk.WhenIdleAsync().WaitAsync(cancellationToken).ConfigureAwait(false);
            await Task.WhenAll(links.Select(link => link.Session?.Outbox.WhenSentAsync() ?? Task.CompletedTask))
                .WaitAsync(CommunicationTime, _clock, cancellationToken).ConfigureAwait(false);
        }
        catch (Exception late) when (late is TimeoutException or OperationCanceledException)
        {
            // Whoever does not read his answers does not keep the others.
        }
        await Task.WhenAll(links.Select(link => link.EndAsync(MqttDisconnectReasonCode.ServerShuttingDown))).ConfigureAwait(false);
        await _server.StopAsync(new MqttServerStopOptions()).ConfigureAwait(false);
        await _doors.WhenLeftAsync().WaitAsync(CommunicationTime, CancellationToken.None).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _keeper.FlushAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    public async ValueTask DisposeAsync()
    {
        if (_round is { } round)
        {
            await round.DisposeAsync().ConfigureAwait(false);
        }
        _wills.Dispose();
        _server.Dispose();
    }

    private async Task ConnectedAsync(ClientConnectedEventArgs connected)
    {
        if (connected.SessionItems[nameof(Link)] is not Link link)
        {
            return;
        }
        if (link.IsEnded)
        {
            await link.EndAsync(MqttDisconnectReasonCode.SessionTakenOver).ConfigureAwait(false);
            return;
        }
        link.Open(await _server.GetSessionAsync(connected.ClientId).ConfigureAwait(false));
    }

    private void Left(Link link)
    {
        if (link.Session is not { } session)
        {
            return;
        }
        var isLast = _registry.Leave(session, link, link.Cause);
        if (link.Facts?.Will is { } will && !link.IsGoodbye && !_admission.IsClosed && (isLast || session.IsGone || will.Delay <= TimeSpan.Zero))
        {
            _wills.Left(session, will);
        }
    }

    private async Task DisconnectAsync(Link link, MqttDisconnectReasonCode reason)
    {
        try
        {
            await _server.DisconnectClientAsync(link.Id, new MqttServerClientDisconnectOptions { ReasonCode = reason }).ConfigureAwait(false);
        }
        catch (InvalidOperationException)
        {
            // It is not in yet, and will be sent away then; or it is gone.
        }
    }

    private void GoRound()
    {
        _registry.ForgetExpired();
        foreach (var link in _doors.Links)
        {
            if (link.Session is { } session && !link.IsEnded && !_access.IsGood(session.Caller))
            {
                _ = link.EndAsync(MqttDisconnectReasonCode.NotAuthorized); // It may take its time; the others do not wait.
            }
        }
    }
}
