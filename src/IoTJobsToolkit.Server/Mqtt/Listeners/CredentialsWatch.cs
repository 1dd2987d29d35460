using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Work;
using IoTJobsToolkit.Server.Mqtt.Access;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Listeners;

/// <summary>
/// Ends the connections of those from whom their credential was taken, also when they only listen. From time to time it looks at all of them, for
/// what has run out.
/// </summary>
internal sealed partial class CredentialsWatch(JobsEngine engine, MqttDoor door, IMqttAccess access, TimeProvider clock, ILogger<CredentialsWatch> logger)
    : BackgroundService
{
    private static readonly TimeSpan Round = TimeSpan.FromMinutes(1);

    private readonly JobsSubscription _subscription = engine.Subscribe();

    public override void Dispose()
    {
        _subscription.Dispose();
        base.Dispose();
    }

    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.WhenAll(FollowAsync(stoppingToken), GoRoundAsync(stoppingToken));

    private async Task FollowAsync(CancellationToken cancellationToken)
    {
        await foreach (var batch in _subscription.Batches.ReadAllAsync(cancellationToken).ConfigureAwait(false))
        {
            if (batch.Missed)
            {
                await LookAsync(_ => true, cancellationToken).ConfigureAwait(false);
                continue;
            }
            foreach (var taken in batch.Events.OfType<CredentialsTaken>())
            {
                await LookAsync(
                    caller => caller.ThingName is { } thing && taken.ThingNames.Contains(thing) || caller.AccessKeyId is { } key && taken.AccessKeyIds.Contains(key),
                    cancellationToken).ConfigureAwait(false);
            }
        }
    }

    private async Task GoRoundAsync(CancellationToken cancellationToken)
    {
        using var timer = new PeriodicTimer(Round, clock);
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false))
        {
            await LookAsync(_ => true, cancellationToken).ConfigureAwait(false);
        }
    }

    private async Task LookAsync(Func<MqttCaller, bool> isMeant, CancellationToken cancellationToken)
    {
        foreach (var connection in door.Connections)
        {
            if (connection.Caller is not { } caller || !isMeant(caller))
            {
                continue;
            }
            try
            {
                if (await access.IsGoodAsync(caller, cancellationToken).ConfigureAwait(false))
                {
                    continue;
                }
            }
            catch (JobsException unknown)
            {
                LogUnknown(logger, caller.Credential, unknown.Message);
                continue;
            }
            LogEnded(logger, caller.Caller.Name, caller.Credential);
            _ = connection.EndAsync(MqttDisconnectReasonCode.NotAuthorized); // It may take its time; the others do not wait.
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The MQTT connection of {Name} ends: {Credential} no longer counts")]
    private static partial void LogEnded(ILogger logger, string name, string credential);

    [LoggerMessage(Level = LogLevel.Warning, Message = "Whether {Credential} of an MQTT connection still counts cannot be found out: {Reason}")]
    private static partial void LogUnknown(ILogger logger, string credential, string reason);
}
