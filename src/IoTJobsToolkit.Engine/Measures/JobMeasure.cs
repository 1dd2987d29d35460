using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Measures;

/// <summary>What a job would do if it were created now. Nothing is created.</summary>
/// <param name="Things">Things that are its targets now, each counted once, those of groups with their descendants.</param>
public sealed record JobMeasure(string JobId, long Things)
{
    /// <summary>Up to ten of them, by name.</summary>
    public IReadOnlyList<string> FirstThings { get; init; } = [];

    /// <summary>When the first executions are created: now, at the start time or at the first maintenance window; null where none ever is.</summary>
    public DateTimeOffset? StartsAt { get; init; }

    /// <summary>When the last execution is created, at the earliest; null where the job ends before, or it is too far off to say (69 days).</summary>
    public DateTimeOffset? LastCreatedAt { get; init; }

    /// <summary>Executions that are created before the end time; all of them where there is none.</summary>
    public long Created { get; init; }

    /// <summary>The rollout minute by minute; thinned to at most 120, the last among them.</summary>
    public IReadOnlyList<RolloutMinute> Rollout { get; init; } = [];

    /// <summary>For each abort criterion what it takes.</summary>
    public IReadOnlyList<AbortMeasure> Aborts { get; init; } = [];

    /// <summary>How many of the things were looked at for overlaps and connections: at most 10,000.</summary>
    public long Examined { get; init; }

    /// <summary>Active jobs that have something pending on the things looked at; the one with the most things first.</summary>
    public IReadOnlyList<JobOverlap> Overlaps { get; init; } = [];

    /// <summary>Of the things looked at those which are not connected by MQTT now; null where no thing is, as with devices that ask by HTTP.</summary>
    public long? NotConnected { get; init; }

    /// <summary>Documents as the first things, up to three, would get them; what would let people in at the object store is left out.</summary>
    public IReadOnlyList<DeliveredDocument> Documents { get; init; } = [];

    /// <summary>What may not be meant so, in sentences.</summary>
    public IReadOnlyList<string> Warnings { get; init; } = [];
}

/// <param name="Executions">Created by the end of the one-minute window that begins then.</param>
public sealed record RolloutMinute(DateTimeOffset At, long Executions);

/// <summary>When an abort criterion would trip.</summary>
/// <param name="FailuresAtMinimum">Failures it takes when as many executions have ended as it waits for; null where there are not so many things.</param>
/// <param name="EarliestAt">When so many executions are created: before, it cannot trip. Null where they are never.</param>
/// <param name="FailuresOfAll">Failures it takes when all have ended.</param>
public sealed record AbortMeasure(
    JobExecutionFailureType FailureType, decimal ThresholdPercentage, long MinNumberOfExecutedThings, long? FailuresAtMinimum, DateTimeOffset? EarliestAt,
    long FailuresOfAll);

/// <param name="Things">Of those looked at, that have an execution of it pending.</param>
public sealed record JobOverlap(string JobId, JobStatus Status, long Things);

public sealed record DeliveredDocument(string ThingName, string Document);
