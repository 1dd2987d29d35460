using System.Globalization;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Whether a delivery is tried again.</summary>
public enum NotificationDeliveryStatus
{
    /// <summary>It will be tried.</summary>
    WAITING,

    /// <summary>It was given up after all tries: a dead letter.</summary>
    DEAD,
}

/// <summary>Lists what has not been delivered yet, and dead letters, oldest first.</summary>
public sealed record ListNotificationDeliveries : Operation<ListNotificationDeliveriesResponse>
{
    private const string List = nameof(ListNotificationDeliveries);

    /// <summary>Of one rule alone.</summary>
    public string? RuleName { get; init; }

    public NotificationDeliveryStatus? Status { get; init; }

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
        check.Defined("status", Status);
        check.MaxResults(MaxResults);
    }

    internal override ListNotificationDeliveriesResponse Run(JobsTransaction tx)
    {
        var shelf = tx.Memory.Notifications.Now;
        var after = PageToken.Read(List, NextToken, 1) is [var token] && long.TryParse(token, CultureInfo.InvariantCulture, out var sequence) ? sequence : 0;
        var (page, nextToken) = Page.Cut(
            (RuleName is null ? shelf.Deliveries.Values : shelf.Of(tx.NotificationRule(RuleName)))
                .Where(delivery => delivery.Sequence > after && (Status is null || delivery.IsDead == (Status == NotificationDeliveryStatus.DEAD))),
            MaxResults,
            last => PageToken.Write(List, last.Sequence.ToString(CultureInfo.InvariantCulture)));
        return new([.. page.Select(NotificationDeliverySummary.Of)]) { NextToken = nextToken };
    }
}

public sealed record ListNotificationDeliveriesResponse(IReadOnlyList<NotificationDeliverySummary> Deliveries)
{
    public string? NextToken { get; init; }
}

/// <summary>A line of ListNotificationDeliveries.</summary>
/// <param name="At">Of what is told.</param>
public sealed record NotificationDeliverySummary(
    string DeliveryId, string RuleName, NotificationDeliveryStatus Status, NotificationEvent Event, string JobId, DateTimeOffset At, int Attempts)
{
    /// <summary>Executions that are told of; 0 for what is told of the job itself.</summary>
    public long Count { get; init; }

    /// <summary>The next try; null for a dead letter.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }

    /// <summary>Why it did not arrive.</summary>
    public string? LastError { get; init; }

    internal static NotificationDeliverySummary Of(NotificationDelivery delivery) => new(
        delivery.DeliveryId, delivery.RuleName, delivery.IsDead ? NotificationDeliveryStatus.DEAD : NotificationDeliveryStatus.WAITING,
        delivery.Event, delivery.JobId, delivery.At, delivery.Attempts)
    {
        Count = delivery.Count,
        DueAt = delivery.DueAt,
        LastAttemptAt = delivery.LastAttemptAt,
        LastError = delivery.LastError,
    };
}
