using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Storage;

namespace IoTJobsToolkit.Engine;

/// <summary>The notification rules of a transaction. Those who change them commit alone.</summary>
internal sealed partial class JobsTransaction
{
    public NotificationRule? FindNotificationRule(string name) => _memory.Notifications.Now.Rules.GetValueOrDefault(name);

    public NotificationRule NotificationRule(string name) =>
        FindNotificationRule(name) ?? throw JobsException.NotFound($"There is no notification rule {name}.");

    public NotificationDelivery NotificationDelivery(string deliveryId) =>
        _memory.Notifications.Now.Deliveries.Values.FirstOrDefault(delivery => delivery.DeliveryId == deliveryId)
        ?? throw JobsException.NotFound($"There is no delivery {deliveryId}: it has arrived, or was removed.");

    public void Save(NotificationRule? before, NotificationRule after) => JobsChanges.Put(Changes.NotificationRules, after.Sequence, before, after);

    public void Save(NotificationDelivery before, NotificationDelivery after) =>
        JobsChanges.Put(Changes.NotificationDeliveries, after.Sequence, before, after);

    public void Delete(NotificationDelivery delivery) => JobsChanges.Put(Changes.NotificationDeliveries, delivery.Sequence, delivery, null);

    /// <summary>With all that was to be delivered.</summary>
    public void Delete(NotificationRule rule)
    {
        foreach (var delivery in _memory.Notifications.Now.Of(rule))
        {
            Delete(delivery);
        }
        JobsChanges.Put(Changes.NotificationRules, rule.Sequence, rule, null);
    }
}
