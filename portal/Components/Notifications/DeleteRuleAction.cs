using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Actions;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Notifications;

/// <summary>Ends a rule with what it still has to deliver.</summary>
public sealed record DeleteRuleAction(string RuleName) : OperatorAction
{
    public override string Label => "Delete";

    public override string Question => "Delete this rule?";

    public override LiveScope Scope => LiveScope.Notifications;

    public override async Task<ActionEffect> LookAsync(IJobs jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var rule = (await jobs.ExecuteAsync(new ListNotificationRules { RuleName = RuleName })).Rules[0];
        var undelivered = rule.WaitingDeliveries + rule.DeadDeliveries;
        return new(
            undelivered == 0
                ? "Nothing is told by it any more, and its secret is gone."
                : $"Nothing is told by it any more, its secret is gone, and so {(undelivered == 1 ? "is 1 message that has" : $"are {undelivered} messages that have")} not arrived.",
            "Delete the rule");
    }

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        await jobs.ExecuteAsync(new DeleteNotificationRule(RuleName));
        return $"The rule {RuleName} is deleted.";
    }
}
