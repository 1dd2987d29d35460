using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Work;
using IoTJobsToolkit.Server.Mqtt.Broker;
using IoTJobsToolkit.Server.Mqtt.Messages;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using IoTJobsToolkit.Wire.Events;
using IoTJobsToolkit.Wire.Mqtt;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Jobs;

/// <summary>
/// Publishes what the engine tells: to things what they have to do now, to everybody who watches the events (mqtt-api 6, 8). Where some of it was
/// missed, each thing that somebody waits for is told anew how things are.
/// </summary>
internal sealed partial class Notifier(
    JobsEngine engine, SessionRegistry registry, Router router, ThingTurns turns, TimeProvider clock, ILogger<Notifier> logger)
{
    private readonly IJobs _jobs = engine.As(Caller.System);

    /// <summary>Until it is canceled.</summary>
    public async Task FollowAsync(JobsSubscription subscription, CancellationToken cancellationToken)
    {
        await foreach (var batch in subscription.Batches.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (batch.Missed)
            {
                LogMissed(logger, batch.Number);
                await TellAnewAsync(cancellationToken).ConfigureAwait(false);
            }
            foreach (var what in batch.Events)
            {
                Tell(what);
            }
        }
    }

    /// <summary>Tells how things are to all who may wait for it.</summary>
    public async Task TellAnewAsync(CancellationToken cancellationToken)
    {
        var things = registry.All.SelectMany(session => session.Subscriptions).Select(subscription => NoticeFilters.Of(subscription.Filter)).OfType<(string, string?)>().ToHashSet();
        foreach (var (thing, space) in things)
        {
            try
            {
                Tell(await PendingNow.OfAsync(_jobs, thing, space, clock, cancellationToken).ConfigureAwait(false));
            }
            catch (JobsException gone) when (gone.Error == JobsError.ResourceNotFound)
            {
                registry.ForgetThings(new HashSet<string> { thing });
            }
            catch (JobsException refusal)
            {
                LogUntold(logger, thing, refusal.Message);
            }
        }
    }

    public void Tell(JobsEvent what)
    {
        if (what is PendingChanged change)
        {
            turns.Tell(change.ThingName, () => Publish(NoticeMessages.Of(change).Select(notice => (notice.Topic, notice.Payload))));
        }
        else if (what is CredentialsTaken { GoneThings: { Count: > 0 } gone })
        {
            registry.ForgetThings(gone);
        }
        else if (EventMessage.Of(what, engine.Settings) is { } message)
        {
            Publish([(message.Topic, message.Payload)]);
        }
    }

    private void Publish(IEnumerable<(string Topic, ReadOnlyMemory<byte> Payload)> messages)
    {
        try
        {
            foreach (var (topic, payload) in messages)
            {
                router.Route(new Publication(topic, payload, MqttQualityOfServiceLevel.AtLeastOnce), from: null);
            }
        }
        catch (Exception fault)
        {
            LogFault(logger, fault);
        }
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "MQTT fell behind the engine and missed what came before change {Number}: devices are told anew what they have to do, events of that time are lost")]
    private static partial void LogMissed(ILogger logger, long number);

    [LoggerMessage(Level = LogLevel.Information, Message = "What {Thing} has to do could not be told anew: {Reason}")]
    private static partial void LogUntold(ILogger logger, string thing, string reason);

    [LoggerMessage(Level = LogLevel.Error, Message = "An event was not published")]
    private static partial void LogFault(ILogger logger, Exception fault);
}
