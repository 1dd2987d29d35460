namespace IoTJobsToolkit.Engine.NotificationRules;

/// <summary>
/// What is to be tried now, earliest first, a few of each rule, so that a receiver which is slow does not keep the others. It takes its turn on the store's
/// thread: no later commit adds to what has fallen due.
/// </summary>
internal sealed record ReadDueNotifications(int Take) : Operation<IReadOnlyList<DueNotification>>
{
    private const int OfRule = 4;
    private const int Looked = 1_000;

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override IReadOnlyList<DueNotification> Run(JobsTransaction tx)
    {
        var shelf = tx.Memory.Notifications.Now;
        return
        [
            .. shelf.Due.TakeWhile(due => due.At <= tx.Now).Take(Looked).Select(due => shelf.Deliveries[due.Sequence])
                .GroupBy(delivery => delivery.RuleName)
                .SelectMany(group => group.Take(OfRule))
                .OrderBy(delivery => delivery.DueAt)
                .Take(Take)
                .Select(delivery => new DueNotification(shelf.Rules[delivery.RuleName], delivery)),
        ];
    }
}

/// <summary>A message with its receiver.</summary>
public sealed record DueNotification(NotificationRule Rule, NotificationDelivery Delivery);
