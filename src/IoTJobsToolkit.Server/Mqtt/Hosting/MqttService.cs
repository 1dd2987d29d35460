using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Work;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Mqtt.Broker;
using IoTJobsToolkit.Server.Mqtt.Jobs;
using IoTJobsToolkit.Server.Mqtt.Keeping;
using IoTJobsToolkit.Server.Mqtt.Listeners;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Hosting;

/// <summary>The broker begins before anybody can connect, and ends before the web server: that one would wait for connections which do not end.</summary>
internal sealed class MqttService(
    JobsBroker broker, PlainListener listener, MqttDoor door, Notifier notifier, ThingAudience audience, SessionRegistry registry, ThingConnections connections,
    JobsEngine engine) : StoppedOnceService
{
    /// <summary>Batches of events, of a commit each; the broker catches up with so many.</summary>
    private const int Behind = 4_096;

    private readonly CancellationTokenSource _ending = new();
    private JobsSubscription? _events;
    private Task _following = Task.CompletedTask;

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        _events = engine.Subscribe(Behind);
        audience.ListenTo(registry);
        await broker.StartAsync(cancellationToken).ConfigureAwait(false);
        _following = FollowAsync(_events);
        await listener.StartAsync(cancellationToken).ConfigureAwait(false);
    }

    protected override async Task EndAsync(CancellationToken cancellationToken)
    {
        await listener.StopAsync(cancellationToken).ConfigureAwait(false);
        connections.Close();
        await broker.StopAsync(cancellationToken).ConfigureAwait(false);
        await door.CloseAsync(MqttDisconnectReasonCode.ServerShuttingDown).ConfigureAwait(false);
        await connections.EndAsync(cancellationToken).ConfigureAwait(false);
        await _ending.CancelAsync().ConfigureAwait(false);
        await _following.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
    }

    protected override void Release()
    {
        _events?.Dispose();
        _ending.Dispose();
    }

    /// <summary>What changed while no broker ran was told to nobody.</summary>
    private async Task FollowAsync(JobsSubscription events)
    {
        await Task.Yield();
        await notifier.TellAnewAsync(_ending.Token).ConfigureAwait(false);
        await notifier.FollowAsync(events, _ending.Token).ConfigureAwait(false);
    }
}
