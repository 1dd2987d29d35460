using System.Text;

namespace IoTJobsToolkit.Engine.NotificationRules;

/// <summary>Who is told of what, and how it went last.</summary>
public sealed record NotificationRule
{
    public required long Sequence { get; init; }

    /// <summary>1 to 64 characters of job ids.</summary>
    public required string Name { get; init; }

    public required IReadOnlyList<NotificationEvent> Events { get; init; }

    /// <summary>Job ids with <c>*</c> and <c>?</c>; null for all jobs.</summary>
    public string? JobIdPattern { get; init; }

    /// <summary>Where a webhook goes; null for e-mail.</summary>
    public string? Url { get; init; }

    public string? EmailAddress { get; init; }

    /// <summary>What webhooks are signed with, encrypted; null for e-mail.</summary>
    public string? ProtectedSecret { get; init; }

    public bool IsEnabled { get; init; } = true;

    public required DateTimeOffset CreatedAt { get; init; }

    public required string CreatedBy { get; init; }

    public DateTimeOffset? LastDeliveredAt { get; init; }

    public DateTimeOffset? LastFailedAt { get; init; }

    /// <summary>Why, the last time.</summary>
    public string? LastError { get; init; }

    /// <summary>Deliveries that gave way to newer ones, because too many waited.</summary>
    public long DroppedDeliveries { get; init; }

    public bool Wants(NotificationEvent what, string jobId) => IsEnabled && Events.Contains(what) && JobIdWildcard.Matches(JobIdPattern, jobId);

    internal NotificationRule After(string? error, DateTimeOffset now) => error is null
        ? this with { LastDeliveredAt = now }
        : this with { LastFailedAt = now, LastError = error };

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(Name); // Its address may hold a secret, as its secret does.
        return true;
    }
}
