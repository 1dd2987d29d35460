using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Portal.Components.Notifications;

/// <summary>A rule while somebody fills the form.</summary>
public sealed class RuleDraft
{
    private readonly NotificationRuleSummary? _rule;

    public RuleDraft()
    {
    }

    public RuleDraft(NotificationRuleSummary rule)
    {
        ArgumentNullException.ThrowIfNull(rule);
        _rule = rule;
        (Name, JobIdPattern, IsMail, Address) = (rule.RuleName, rule.JobIdPattern ?? "", rule.Url is null, rule.Url ?? rule.EmailAddress ?? "");
        Events.UnionWith(rule.Events);
    }

    /// <summary>Whether it is one that there is.</summary>
    public bool IsChange => _rule is not null;

    public string Name { get; set; } = "";

    public HashSet<NotificationEvent> Events { get; } = [];

    public string JobIdPattern { get; set; } = "";

    public bool IsMail { get; set; }

    public string Address { get; set; } = "";

    public bool RenewSecret { get; set; }

    /// <summary>A webhook that was one before keeps its secret unless another is asked for.</summary>
    public bool MayKeepSecret => !IsMail && _rule is { Url: not null };

    private string? Url => IsMail ? null : Address.Trim();

    private string? EmailAddress => IsMail ? Address.Trim() : null;

    public CreateNotificationRule Create() => new(Name.Trim(), [.. Events]) { JobIdPattern = JobIdPattern.Trim(), Url = Url, EmailAddress = EmailAddress };

    public UpdateNotificationRule Change() => new(Name)
    {
        Events = [.. Events],
        JobIdPattern = JobIdPattern.Trim(),
        Url = Url,
        EmailAddress = EmailAddress,
        RenewSecret = !IsMail && (RenewSecret || !MayKeepSecret) ? true : null,
    };
}
