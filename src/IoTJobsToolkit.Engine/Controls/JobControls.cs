using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Controls;

/// <summary>What holds a job back beside AWS's own means, as it was created; nothing of it shows to AWS's clients.</summary>
public sealed record JobControls
{
    /// <summary>The rollout makes no execution while so many are QUEUED or IN_PROGRESS, 1 or more; retries and joins come beside.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>When the job pauses itself; what came before its last resume is not counted.</summary>
    public IReadOnlyList<PauseCriteria> PauseCriteriaList { get; init; } = [];

    /// <summary>Where the rollout stops until enough has succeeded, or somebody advances it.</summary>
    public IReadOnlyList<RolloutStage> Stages { get; init; } = [];

    /// <summary>For how long an execution has to have SUCCEEDED before it counts for stages and for the growth of the rate.</summary>
    public int? VerificationInMinutes { get; init; }

    /// <summary>Of the executions QUEUED on one thing, those of the highest are handed out first; 0 where nothing is said.</summary>
    public int Priority { get; init; }

    /// <summary>Jobs that come first.</summary>
    public IReadOnlyList<JobDependency> DependsOn { get; init; } = [];

    public DependencyScope DependencyScope { get; init; }

    /// <summary>False where they hold nothing back.</summary>
    public bool IsAny => MaxInFlight is not null || PauseCriteriaList.Count > 0 || Stages.Count > 0 || VerificationInMinutes is not null || Priority != 0 || DependsOn.Count > 0;

    /// <summary>Those which a job keeps that is made of it for the things that failed: it is no rollout in stages, and what came first has come.</summary>
    public JobControls ForRestart() => this with { Stages = [], DependsOn = [] };

    /// <summary>Executions after which the rollout stops, with <paramref name="passed"/> stages behind it; null after the last stage.</summary>
    public long? StageEnd(int passed) => passed < Stages.Count ? Stages.Take(passed + 1).Sum(stage => (long)stage.Things) : null;
}

/// <summary>One reason for a job to pause itself: as an abort criterion of AWS, but the job can be resumed.</summary>
public sealed record PauseCriteria
{
    public JobExecutionFailureType? FailureType { get; init; }

    /// <summary>Above 0, up to 100, at most two decimal digits.</summary>
    public decimal? ThresholdPercentage { get; init; }

    /// <summary>Completed executions before the criterion is looked at, 1 or more.</summary>
    public int? MinNumberOfExecutedThings { get; init; }
}

/// <summary>A part of the rollout after which it stops.</summary>
/// <param name="Things">Executions which it makes, 1 or more.</param>
public sealed record RolloutStage(int Things)
{
    /// <summary>
    /// Above 0, up to 100: the share of all executions made so far that must have SUCCEEDED for the rollout to go on by itself. Null: somebody has to advance it.
    /// </summary>
    public decimal? SuccessPercentage { get; init; }
}

/// <summary>A job that comes first.</summary>
/// <param name="Sequence">A later job of the same id is another one.</param>
public sealed record JobDependency(string JobId, long Sequence);

/// <summary>What of the other jobs is waited for.</summary>
public enum DependencyScope
{
    /// <summary>That they are COMPLETED: until then the job is held.</summary>
    JOB,

    /// <summary>That they have SUCCEEDED on the thing: each thing waits by itself, and where they end otherwise it gets nothing.</summary>
    THING,
}

/// <summary>What a rollout waits for beside its rate.</summary>
public enum RolloutHold
{
    IN_FLIGHT,
    STAGE,
}
