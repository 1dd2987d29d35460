using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Engine.NotificationRules;

/// <summary>How tries went: what has arrived is done with, the rest is tried later or is a dead letter.</summary>
internal sealed record ReportNotifications(IReadOnlyList<TriedNotification> Tried) : Operation<Nothing>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override Nothing Run(JobsTransaction tx)
    {
        var shelf = tx.Memory.Notifications.Now;
        foreach (var (sequence, error) in Tried)
        {
            if (!shelf.Deliveries.TryGetValue(sequence, out var delivery) || !shelf.Rules.TryGetValue(delivery.RuleName, out var rule))
            {
                continue; // Somebody removed it, or its rule, meanwhile.
            }
            var latest = tx.Changes.NotificationRules.TryGetValue(rule.Sequence, out var change) ? change.After! : rule;
            JobsChanges.Put(tx.Changes.NotificationRules, rule.Sequence, rule, latest.After(error, tx.Now));
            JobsChanges.Put(tx.Changes.NotificationDeliveries, sequence, delivery, error is null ? null : delivery.AfterFailure(error, tx.Now));
        }
        return Nothing.Value;
    }
}

/// <param name="Sequence">The <see cref="NotificationDelivery.Sequence"/>.</param>
/// <param name="Error">Null where it has arrived.</param>
public sealed record TriedNotification(long Sequence, string? Error);
