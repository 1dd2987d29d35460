using System.Text;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Lists notification rules by name, without their secrets, which nobody can read again.</summary>
public sealed record ListNotificationRules : Operation<ListNotificationRulesResponse>
{
    private const string List = nameof(ListNotificationRules);

    /// <summary>One rule alone.</summary>
    public string? RuleName { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check)
    {
        if (RuleName is not null)
        {
            check.RuleName(RuleName);
        }
        check.MaxResults(MaxResults);
    }

    internal override ListNotificationRulesResponse Run(JobsTransaction tx)
    {
        var shelf = tx.Memory.Notifications.Now;
        if (RuleName is not null)
        {
            return new([NotificationRuleSummary.Of(tx.NotificationRule(RuleName), shelf)]);
        }
        var after = PageToken.Read(List, NextToken, 1)?[0];
        var (page, nextToken) = Page.Cut(
            shelf.Rules.Values.Where(rule => after is null || string.CompareOrdinal(rule.Name, after) > 0), MaxResults, last => PageToken.Write(List, last.Name));
        return new([.. page.Select(rule => NotificationRuleSummary.Of(rule, shelf))]) { NextToken = nextToken };
    }
}

public sealed record ListNotificationRulesResponse(IReadOnlyList<NotificationRuleSummary> Rules)
{
    public string? NextToken { get; init; }
}

/// <summary>A line of ListNotificationRules.</summary>
public sealed record NotificationRuleSummary(string RuleName, IReadOnlyList<NotificationEvent> Events, bool Enabled, DateTimeOffset CreatedAt, string CreatedBy)
{
    /// <summary>Null for all jobs.</summary>
    public string? JobIdPattern { get; init; }

    /// <summary>Null for e-mail.</summary>
    public string? Url { get; init; }

    public string? EmailAddress { get; init; }

    public DateTimeOffset? LastDeliveredAt { get; init; }

    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>Why, when it failed last.</summary>
    public string? LastError { get; init; }

    /// <summary>Deliveries that are still to be tried.</summary>
    public int WaitingDeliveries { get; init; }

    /// <summary>Deliveries that were given up after all tries.</summary>
    public int DeadDeliveries { get; init; }

    /// <summary>Deliveries that gave way to newer ones, because too many waited.</summary>
    public long DroppedDeliveries { get; init; }

    internal static NotificationRuleSummary Of(NotificationRule rule, NotificationShelf.Contents shelf)
    {
        var dead = shelf.Of(rule).Count(delivery => delivery.IsDead);
        return new(rule.Name, rule.Events, rule.IsEnabled, rule.CreatedAt, rule.CreatedBy)
        {
            JobIdPattern = rule.JobIdPattern,
            Url = rule.Url,
            EmailAddress = rule.EmailAddress,
            LastDeliveredAt = rule.LastDeliveredAt,
            LastFailedAt = rule.LastFailedAt,
            LastError = rule.LastError,
            WaitingDeliveries = shelf.Of(rule).Count() - dead,
            DeadDeliveries = dead,
            DroppedDeliveries = rule.DroppedDeliveries,
        };
    }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(RuleName);
        return true;
    }
}
