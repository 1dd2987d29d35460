using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Has a delivery tried now; a dead letter is given all tries anew.</summary>
public sealed record RetryNotificationDelivery(string DeliveryId) : Operation<Nothing>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check) => check.DeliveryId(DeliveryId);

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.NOTIFICATION_RULE, tx.NotificationDelivery(DeliveryId).RuleName, $"delivery {DeliveryId}");

    internal override Nothing Run(JobsTransaction tx)
    {
        var delivery = tx.NotificationDelivery(DeliveryId);
        tx.Save(delivery, delivery with { Attempts = delivery.IsDead ? 0 : delivery.Attempts, DueAt = tx.Now });
        return Nothing.Value;
    }
}
