using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Removes a delivery that has not arrived, such as a dead letter.</summary>
public sealed record DeleteNotificationDelivery(string DeliveryId) : Operation<Nothing>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check) => check.DeliveryId(DeliveryId);

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.NOTIFICATION_RULE, tx.NotificationDelivery(DeliveryId).RuleName, $"delivery {DeliveryId}");

    internal override Nothing Run(JobsTransaction tx)
    {
        tx.Delete(tx.NotificationDelivery(DeliveryId));
        return Nothing.Value;
    }
}
