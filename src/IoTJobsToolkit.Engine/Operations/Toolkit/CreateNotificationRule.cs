using System.Text;
using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Has somebody told of chosen events, by a signed webhook or by e-mail. A webhook's secret is in this answer and nowhere else.</summary>
/// <param name="Events">What is told: at least one.</param>
public sealed record CreateNotificationRule(string RuleName, IReadOnlyList<NotificationEvent>? Events) : Operation<CreateNotificationRuleResponse>
{
    /// <summary>Each of them is looked at with every commit.</summary>
    internal const int MaxRules = 50;

    /// <summary>Job ids with <c>*</c> and <c>?</c>; all jobs when absent.</summary>
    public string? JobIdPattern { get; init; }

    /// <summary>Of a webhook: http or https; whoever may make rules has the server call any address.</summary>
    public string? Url { get; init; }

    public string? EmailAddress { get; init; }

    /// <summary><c>whsec_</c> and 24 to 64 bytes in base64; made when absent.</summary>
    public string? Secret { get; init; }

    [JsonIgnore]
    internal IssuedSecret? Issued { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.RuleName(RuleName);
        check.Required("events", Events);
        check.NotificationEvents(Events);
        check.JobIdPattern(JobIdPattern);
        check.Receiver(Url, EmailAddress, Secret);
        if (Url is null && EmailAddress is null)
        {
            throw JobsException.InvalidRequest("Say who is told: give url for a webhook, or emailAddress.");
        }
    }

    internal override ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) =>
        new(Url is null ? this : this with { Secret = null, Issued = services.Credentials.NewWebhookSecret(Secret) });

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.NOTIFICATION_RULE, RuleName, ActivityNote.Listed("events", Events!.Select(what => what.ToString())), EmailAddress is null ? "by webhook" : "by e-mail");

    internal override CreateNotificationRuleResponse Run(JobsTransaction tx)
    {
        if (tx.FindNotificationRule(RuleName) is not null)
        {
            throw JobsException.Conflict($"There is a notification rule {RuleName} already; choose another name, or change that one.", RuleName);
        }
        if (tx.Memory.Notifications.Now.Rules.Count >= MaxRules)
        {
            throw JobsException.LimitExceeded($"There are {MaxRules} notification rules already; delete those that nobody needs.");
        }
        tx.Save(null, new NotificationRule
        {
            Sequence = tx.NextSequence(),
            Name = RuleName,
            Events = [.. Events!.Distinct().Order()],
            JobIdPattern = string.IsNullOrEmpty(JobIdPattern) ? null : JobIdPattern,
            Url = Url,
            EmailAddress = EmailAddress,
            ProtectedSecret = Issued?.ProtectedSecret,
            CreatedAt = tx.Now,
            CreatedBy = tx.Caller.Name,
        });
        return new(RuleName) { Secret = Issued?.Secret };
    }

    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(RuleName); // Neither secret nor address is for anybody's log.
        return true;
    }
}

public sealed record CreateNotificationRuleResponse(string RuleName)
{
    /// <summary>What webhooks are signed with, shown this once; null for e-mail.</summary>
    public string? Secret { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(RuleName);
        return true;
    }
}
