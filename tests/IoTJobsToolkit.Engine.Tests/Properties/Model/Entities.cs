using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

internal sealed class ModelThing(string name)
{
    public string Name { get; } = name;

    public Dictionary<string, string> Attributes { get; set; } = [];

    /// <summary>False once deleted: a later thing of the same name is another object.</summary>
    public bool Exists { get; set; } = true;
}

internal sealed class ModelGroup(string name)
{
    public string Name { get; } = name;

    public ModelGroup? Parent { get; init; }

    /// <summary>The attribute and value of a dynamic group; null for a static one.</summary>
    public (string Attribute, string Value)? Query { get; set; }

    /// <summary>Members of a static group itself, not of its descendants.</summary>
    public List<ModelThing> Members { get; } = [];

    public bool Exists { get; set; } = true;

    public ModelGroup Root => Parent is null ? this : Parent.Root;
}

/// <summary>A target as it was named; the thing or group is the one that had the name then.</summary>
internal sealed record ModelTarget(string Arn, ModelThing? Thing, ModelGroup? Group)
{
    /// <summary>The newest execution there was when the target was associated (4.6); 0 for what the job was created with.</summary>
    public long Since { get; init; }
}

/// <summary>A thing at its place in the order of 5.4.</summary>
internal sealed record Place(int Target, ModelThing Thing);

/// <summary>An execution which is to be created when the maintenance window opens.</summary>
internal sealed record Postponed(ModelThing Thing, int RetryAttempt);

internal sealed class ModelJob(CreateJob config, List<ModelTarget> targets, DateTimeOffset createdAt)
{
    /// <summary>Order of creation.</summary>
    public required int Age { get; init; }

    public string JobId => Config.JobId;

    /// <summary>What the operator said, as later UpdateJob calls changed it.</summary>
    public CreateJob Config { get; set; } = config;

    public List<ModelTarget> Targets { get; } = targets;

    public DateTimeOffset CreatedAt { get; } = createdAt;

    public DateTimeOffset LastUpdatedAt { get; set; } = createdAt;

    public DateTimeOffset? CompletedAt { get; set; }

    public JobStatus Status { get; set; }

    public bool? ForceCanceled { get; set; }

    public string? ReasonCode { get; set; }

    public string? Comment { get; set; }

    public DateTimeOffset? StartAt { get; set; }

    public DateTimeOffset? EndAt { get; set; }

    public DailyWindow? Window { get; set; }

    public bool IsPaused { get; set; }

    /// <summary>When the next batch was due as it was paused: it comes no earlier.</summary>
    public DateTimeOffset NotBefore { get; set; }

    /// <summary>True from the first IN_PROGRESS on: then the targets have been resolved.</summary>
    public bool HasStarted { get; set; }

    /// <summary>True from endTime on.</summary>
    public bool HasEnded { get; set; }

    /// <summary>Whom the targets covered at the start.</summary>
    public List<Place> Snapshot { get; set; } = [];

    /// <summary>Waiting things that were moved to where the rollout has been: they keep their places.</summary>
    public List<Place> Kept { get; } = [];

    public bool IsRollingOut { get; set; }

    /// <summary>Where the rollout is: the target, and the name of the thing that it came to last.</summary>
    public (int Target, string Thing) Passed { get; set; } = (0, "");

    /// <summary>When the rollout creates its next batch; null while there is nothing to create.</summary>
    public DateTimeOffset? NextBatchAt { get; set; }

    /// <summary>N of 5.3.</summary>
    public int Notified { get; set; }

    /// <summary>n of 5.3.</summary>
    public int Increases { get; set; }

    /// <summary>Executions that were not deleted, in the order of their creation.</summary>
    public List<ModelExecution> Executions { get; } = [];

    public List<Postponed> Postponed { get; } = [];

    /// <summary>The kinds of failure after which each thing was given another attempt, since it joined.</summary>
    public List<(ModelThing Thing, JobExecutionStatus After)> Retries { get; } = [];

    /// <summary>Highest number that each thing ever had.</summary>
    public Dictionary<ModelThing, long> Numbers { get; } = [];

    /// <summary>The newest execution that each thing ever had.</summary>
    public Dictionary<ModelThing, long> Newest { get; } = [];

    public bool IsContinuous => Config.TargetSelection == TargetSelection.CONTINUOUS;

    public bool IsActive => Status is JobStatus.IN_PROGRESS or JobStatus.SCHEDULED;

    public int Count(JobExecutionStatus status) => Executions.Count(execution => execution.Status == status);
}

internal sealed class ModelExecution(ModelJob job, ModelThing thing)
{
    public ModelJob Job { get; } = job;

    public ModelThing Thing { get; } = thing;

    /// <summary>Order of creation over all jobs.</summary>
    public required long Sequence { get; init; }

    public required long Number { get; init; }

    public required DateTimeOffset QueuedAt { get; init; }

    public required int RetryAttempt { get; init; }

    public JobExecutionStatus Status { get; set; } = JobExecutionStatus.QUEUED;

    public long Version { get; set; } = 1;

    public DateTimeOffset? StartedAt { get; set; }

    public DateTimeOffset LastUpdatedAt { get; set; }

    public bool ForceCanceled { get; set; }

    public IReadOnlyDictionary<string, string> Details { get; set; } = new Dictionary<string, string>();

    public DateTimeOffset? InProgressEndsAt { get; set; }

    public DateTimeOffset? StepEndsAt { get; set; }

    public List<string> History { get; } = [];

    public bool IsPending => Status is JobExecutionStatus.QUEUED or JobExecutionStatus.IN_PROGRESS;

    /// <summary>jobs-reference 7.3.</summary>
    public DateTimeOffset? Deadline => Status == JobExecutionStatus.IN_PROGRESS
        ? new[] { InProgressEndsAt, StepEndsAt }.Where(end => end is not null).Min()
        : null;
}

/// <summary>A maintenance window that opens each day at the same minute.</summary>
internal sealed record DailyWindow(TimeSpan OpensAt, TimeSpan Duration)
{
    public bool IsOpen(DateTimeOffset now) => Openings(now).Any(opens => opens <= now && now < opens + Duration);

    /// <summary>The next instant after <paramref name="now"/> at which it opens or closes.</summary>
    public DateTimeOffset NextChange(DateTimeOffset now) =>
        Openings(now).SelectMany(opens => new[] { opens, opens + Duration }).Where(at => at > now).Min();

    private IEnumerable<DateTimeOffset> Openings(DateTimeOffset now)
    {
        var today = new DateTimeOffset(now.UtcDateTime.Date, TimeSpan.Zero);
        return [today.AddDays(-1) + OpensAt, today + OpensAt, today.AddDays(1) + OpensAt];
    }
}
