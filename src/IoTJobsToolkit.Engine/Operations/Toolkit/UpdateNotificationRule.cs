using System.Text;
using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Changes a notification rule: what is absent stays as it is.</summary>
public sealed record UpdateNotificationRule(string RuleName) : Operation<UpdateNotificationRuleResponse>
{
    public IReadOnlyList<NotificationEvent>? Events { get; init; }

    /// <summary>Empty for all jobs.</summary>
    public string? JobIdPattern { get; init; }

    /// <summary>In place of the receiver until now.</summary>
    public string? Url { get; init; }

    /// <summary>In place of the receiver until now.</summary>
    public string? EmailAddress { get; init; }

    /// <summary>In place of the secret until now.</summary>
    public string? Secret { get; init; }

    /// <summary>Whether another secret is made.</summary>
    public bool? RenewSecret { get; init; }

    /// <summary>False: nothing new is told; what is under way is still delivered.</summary>
    public bool? Enabled { get; init; }

    [JsonIgnore]
    internal IssuedSecret? Issued { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.RuleName(RuleName);
        check.NotificationEvents(Events);
        check.JobIdPattern(JobIdPattern);
        check.Receiver(Url, EmailAddress, Secret);
        if (RenewSecret is true && EmailAddress is not null)
        {
            throw JobsException.InvalidRequest("E-mail is not signed: a secret goes with a url.");
        }
        if (Secret is not null && RenewSecret is true)
        {
            throw JobsException.InvalidRequest("Give a secret or have one made, not both.");
        }
        if (Events is null && JobIdPattern is null && Url is null && EmailAddress is null && Secret is null && RenewSecret is null && Enabled is null)
        {
            throw JobsException.InvalidRequest("Say what is to change: events, jobIdPattern, url, emailAddress, secret, renewSecret or enabled.");
        }
    }

    internal override ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) =>
        new(Secret is null && RenewSecret is not true ? this : this with { Secret = null, Issued = services.Credentials.NewWebhookSecret(Secret) });

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.NOTIFICATION_RULE, RuleName,
        ActivityNote.Listed("events", Events?.Select(what => what.ToString())),
        JobIdPattern is null ? null : JobIdPattern.Length == 0 ? "all jobs" : $"jobs {JobIdPattern}",
        Url is null ? EmailAddress is null ? null : "by e-mail" : "by webhook",
        Issued is null ? null : "new secret",
        Enabled switch { true => "enabled", false => "disabled", null => null });

    internal override UpdateNotificationRuleResponse Run(JobsTransaction tx)
    {
        var before = tx.NotificationRule(RuleName);
        if (Issued is null && Url is not null && before.ProtectedSecret is null)
        {
            throw JobsException.InvalidRequest($"The notification rule {RuleName} was for e-mail and has no secret: give one, or have one made with renewSecret.");
        }
        if (Issued is not null && Url is null && before.Url is null)
        {
            throw JobsException.InvalidRequest($"The notification rule {RuleName} is for e-mail, which is not signed.");
        }
        tx.Save(before, before with
        {
            Events = Events is null ? before.Events : [.. Events.Distinct().Order()],
            JobIdPattern = JobIdPattern is null ? before.JobIdPattern : JobIdPattern.Length == 0 ? null : JobIdPattern,
            Url = EmailAddress is null ? Url ?? before.Url : null,
            EmailAddress = Url is null ? EmailAddress ?? before.EmailAddress : null,
            ProtectedSecret = EmailAddress is null ? Issued?.ProtectedSecret ?? before.ProtectedSecret : null,
            IsEnabled = Enabled ?? before.IsEnabled,
        });
        return new(RuleName) { Secret = Issued?.Secret };
    }

    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(RuleName); // Neither secret nor address is for anybody's log.
        return true;
    }
}

public sealed record UpdateNotificationRuleResponse(string RuleName)
{
    /// <summary>The new one, shown this once; null where there is none.</summary>
    public string? Secret { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(RuleName);
        return true;
    }
}
