using IoTJobsToolkit.Engine.NotificationRules;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>Notification rules and deliveries with every field.</summary>
internal static partial class Records
{
    public static NotificationRule FullRule(long sequence) => new()
    {
        Sequence = sequence,
        Name = $"rule-{sequence}",
        Events = [NotificationEvent.JOB_ABORTED, NotificationEvent.EXECUTION_REJECTED],
        JobIdPattern = "fw-*",
        Url = AnyText,
        EmailAddress = AnyText,
        ProtectedSecret = AnyText,
        IsEnabled = false,
        CreatedAt = Time,
        CreatedBy = AnyText,
        LastDeliveredAt = Time.AddMilliseconds(1),
        LastFailedAt = Time.AddMilliseconds(2),
        LastError = AnyText,
        DroppedDeliveries = 1_000_000_000_000,
    };

    public static NotificationDelivery FullDelivery(long sequence) => new()
    {
        Sequence = sequence,
        DeliveryId = $"delivery-{sequence}",
        RuleSequence = sequence + 1_000_000_000_000,
        RuleName = "rule",
        Event = NotificationEvent.EXECUTION_TIMED_OUT,
        JobId = "job",
        At = Time,
        By = AnyText,
        Details = AnyText,
        Count = 1_000_000_000_000,
        Executions = [new("t1", 1), new("t2", 1_000_000_000_000)],
        Attempts = 7,
        DueAt = Time.AddMilliseconds(3),
        LastAttemptAt = Time.AddMilliseconds(4),
        LastError = AnyText,
    };
}
