namespace IoTJobsToolkit.Engine.NotificationRules;

/// <summary>
/// One message to one receiver, from the commit of what it tells until it has arrived. Where it did not arrive after all tries it stays as a dead letter.
/// </summary>
public sealed record NotificationDelivery
{
    /// <summary>Executions which a message names; there may be more.</summary>
    public const int MaxExecutions = 20;

    /// <summary>After so many tries it is a dead letter.</summary>
    public const int MaxAttempts = 8;

    /// <summary>Before the second try and those after it: nearly a day together.</summary>
    private static readonly TimeSpan[] Waits =
    [
        TimeSpan.FromSeconds(5), TimeSpan.FromMinutes(1), TimeSpan.FromMinutes(5), TimeSpan.FromMinutes(30), TimeSpan.FromHours(2), TimeSpan.FromHours(6),
        TimeSpan.FromHours(15),
    ];

    public required long Sequence { get; init; }

    /// <summary>The same in every try, for receivers that got it and could not say so.</summary>
    public required string DeliveryId { get; init; }

    public required long RuleSequence { get; init; }

    public required string RuleName { get; init; }

    public required NotificationEvent Event { get; init; }

    public required string JobId { get; init; }

    /// <summary>Of what is told, of the first where it is told of several.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>Who did it; null where a device or nobody did.</summary>
    public string? By { get; init; }

    /// <summary>Such as a comment.</summary>
    public string? Details { get; init; }

    /// <summary>Executions that are told of; 0 for what is told of the job itself.</summary>
    public long Count { get; init; }

    public IReadOnlyList<NotifiedExecution> Executions { get; init; } = [];

    public int Attempts { get; init; }

    /// <summary>The next try; null for a dead letter.</summary>
    public DateTimeOffset? DueAt { get; init; }

    public DateTimeOffset? LastAttemptAt { get; init; }

    public string? LastError { get; init; }

    public bool IsDead => DueAt is null;

    internal NotificationDelivery AfterFailure(string error, DateTimeOffset now) => this with
    {
        Attempts = Attempts + 1,
        LastAttemptAt = now,
        LastError = error,
        DueAt = Attempts + 1 < MaxAttempts ? now + Waits[Attempts] : null,
    };

    internal NotificationDelivery With(long count, IEnumerable<NotifiedExecution> more) => this with
    {
        Count = Count + count,
        Executions = [.. Executions.Concat(more).Take(MaxExecutions)],
    };
}

public sealed record NotifiedExecution(string ThingName, long ExecutionNumber);
