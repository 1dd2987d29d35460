using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Sends a test message to a rule's receiver now, once, also where the rule is disabled, and tells whether it arrived.</summary>
public sealed record TestNotificationRule(string RuleName) : Operation<TestNotificationRuleResponse>
{
    [JsonIgnore]
    internal TestNotificationRuleResponse? Outcome { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check) => check.RuleName(RuleName);

    internal override async ValueTask<Operation> PrepareAsync(JobsEngine engine, CancellationToken cancellationToken)
    {
        var (rule, now) = (engine.NotificationRule(RuleName), engine.Now());
        var message = NotificationMessage.Test(rule, now, engine.Settings.ResourceId($"notification-test:{rule.CreatedAt.ToUnixTimeMilliseconds()}", now.UtcTicks));
        var error = await engine.Services.Notifications.SendAsync(rule, message, cancellationToken).ConfigureAwait(false);
        return this with { Outcome = new(RuleName, error is null) { Error = error } };
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.NOTIFICATION_RULE, RuleName, Outcome!.Delivered ? "arrived" : $"failed: {Outcome.Error}");

    internal override TestNotificationRuleResponse Run(JobsTransaction tx)
    {
        var rule = tx.NotificationRule(RuleName);
        tx.Save(rule, rule.After(Outcome!.Error, tx.Now));
        return Outcome;
    }
}

/// <param name="Delivered">Whether the receiver took it.</param>
public sealed record TestNotificationRuleResponse(string RuleName, bool Delivered)
{
    /// <summary>Why it did not arrive.</summary>
    public string? Error { get; init; }
}
