using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Work;
using IoTJobsToolkit.Server.Mqtt.Jobs;
using IoTJobsToolkit.Wire.Events;
using IoTJobsToolkit.Wire.Mqtt;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>
/// Publishes at the broker what the engine tells: notices to things, and events (mqtt-api 6, 8). Who could not be told is told anew, as soon as that
/// is possible, how things are then: in one line with the rest, so that nothing older comes after it.
/// </summary>
internal sealed partial class BrokerNotices(
    JobsEngine engine, BrokerOutbox outbox, ChangedThings changed, ThingTurns turns, TimeProvider clock, ILogger<BrokerNotices> logger) : IAsyncDisposable
{
    /// <summary>How many are told anew before what is new has its turn.</summary>
    private const int AtOnce = 16;

    private readonly IJobs _jobs = engine.As(Caller.System);
    private IAsyncEnumerator<ThingSpace>? _everybody;

    /// <summary>Nobody is to be told anew.</summary>
    public bool IsCaughtUp { get; private set; }

    /// <summary>Until it is canceled.</summary>
    public async Task FollowAsync(JobsSubscription subscription, CancellationToken cancellationToken)
    {
        var batches = subscription.Batches;
        Task<bool>? coming = null;
        while (true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var opening = outbox.WhenOpenedAgainAsync();
            var isBusy = batches.TryRead(out var batch);
            if (isBusy)
            {
                await TellAsync(batch!, cancellationToken).ConfigureAwait(false);
            }
            if (outbox.IsOpen)
            {
                IsCaughtUp = !await TellAnewAsync(cancellationToken).ConfigureAwait(false);
                isBusy |= !IsCaughtUp;
            }
            if (isBusy)
            {
                continue;
            }
            if (coming is null or { IsCompleted: true })
            {
                if (coming is { IsCompletedSuccessfully: true, Result: false })
                {
                    return; // The engine has ended.
                }
                coming = batches.WaitToReadAsync(cancellationToken).AsTask();
            }
            await Task.WhenAny(coming, opening).WaitAsync(cancellationToken).ConfigureAwait(false);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (_everybody is { } walk)
        {
            await walk.DisposeAsync().ConfigureAwait(false);
        }
    }

    private async ValueTask TellAsync(JobsEventBatch batch, CancellationToken cancellationToken)
    {
        if (batch.Missed)
        {
            changed.AddEverybody();
        }
        foreach (var what in batch.Events)
        {
            if (what is PendingChanged change)
            {
                await TellAsync(change, cancellationToken).ConfigureAwait(false);
            }
            else if (EventMessage.Of(what, engine.Settings) is { } message)
            {
                await outbox.WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
                outbox.Put(new(message, MqttQualityOfServiceLevel.AtLeastOnce));
            }
        }
    }

    private async ValueTask TellAsync(PendingChanged change, CancellationToken cancellationToken)
    {
        var thing = new ThingSpace(change.ThingName, change.NamespaceId);
        await outbox.WaitForRoomAsync(cancellationToken).ConfigureAwait(false);
        if (!outbox.IsOpen)
        {
            changed.Add(thing);
            IsCaughtUp = false;
            return;
        }
        turns.Tell(change.ThingName, () =>
        {
            foreach (var message in NoticeMessages.Of(change))
            {
                outbox.Put(new(message, MqttQualityOfServiceLevel.AtLeastOnce) { Notice = thing });
            }
        });
    }

    /// <returns>Whether there may be more.</returns>
    private async ValueTask<bool> TellAnewAsync(CancellationToken cancellationToken)
    {
        if (changed.TakeEverybody())
        {
            await DisposeAsync().ConfigureAwait(false);
            _everybody = new ThingsWithWork(_jobs).ListAsync(cancellationToken).GetAsyncEnumerator(cancellationToken);
        }
        for (var i = 0; i < AtOnce && outbox.IsOpen; i++)
        {
            if (!changed.TryTake(out var thing))
            {
                if (_everybody is null)
                {
                    return false;
                }
                if (await NextAsync(_everybody).ConfigureAwait(false) is not { } next)
                {
                    await DisposeAsync().ConfigureAwait(false);
                    _everybody = null;
                    return false;
                }
                thing = next;
            }
            await TellAnewAsync(thing, cancellationToken).ConfigureAwait(false);
        }
        return true;
    }

    private async ValueTask TellAnewAsync(ThingSpace thing, CancellationToken cancellationToken)
    {
        try
        {
            await TellAsync(await PendingNow.OfAsync(_jobs, thing.ThingName, thing.NamespaceId, clock, cancellationToken).ConfigureAwait(false), cancellationToken).ConfigureAwait(false);
        }
        catch (JobsException refusal)
        {
            LogUntold(logger, thing.ThingName, refusal.Message);
        }
    }

    private async ValueTask<ThingSpace?> NextAsync(IAsyncEnumerator<ThingSpace> things)
    {
        try
        {
            return await things.MoveNextAsync().ConfigureAwait(false) ? things.Current : null;
        }
        catch (JobsException refusal)
        {
            LogUnlisted(logger, refusal.Message);
            return null;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "What {Thing} has to do could not be told anew: {Reason}")]
    private static partial void LogUntold(ILogger logger, string thing, string reason);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Not every thing with something to do could be told anew: {Reason}")]
    private static partial void LogUnlisted(ILogger logger, string reason);
}
