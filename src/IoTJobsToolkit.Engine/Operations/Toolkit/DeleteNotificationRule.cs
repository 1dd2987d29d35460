using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Deletes a notification rule with all that was still to be delivered for it.</summary>
public sealed record DeleteNotificationRule(string RuleName) : Operation<Nothing>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check) => check.RuleName(RuleName);

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.NOTIFICATION_RULE, RuleName);

    internal override Nothing Run(JobsTransaction tx)
    {
        tx.Delete(tx.NotificationRule(RuleName));
        return Nothing.Value;
    }
}
