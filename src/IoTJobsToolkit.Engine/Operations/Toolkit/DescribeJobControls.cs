using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>What holds a job back beside AWS's own means, as it was created, and how far it is with that.</summary>
public sealed record DescribeJobControls(string JobId) : Operation<DescribeJobControlsResponse>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.JobId(JobId);

    internal override DescribeJobControlsResponse Run(JobsTransaction tx)
    {
        var (job, progress) = tx.Entry(JobId);
        var controls = job.Controls ?? new();
        return new(JobId)
        {
            MaxInFlight = controls.MaxInFlight,
            InFlight = progress.Counts.Pending,
            PauseCriteriaList = controls.PauseCriteriaList.ToArray(),
            Stages = controls.Stages.ToArray(),
            Stage = progress.StagesPassed < controls.Stages.Count && job.CanBeUpdated ? progress.StagesPassed + 1 : null,
            VerificationInMinutes = controls.VerificationInMinutes,
            VerifiedSucceeded = Verification.Succeeded(progress, tx.Now),
            Priority = controls.Priority,
            DependsOn = controls.DependsOn.Select(first => first.JobId).ToArray(),
            DependencyScope = controls.DependsOn.Count > 0 ? controls.DependencyScope : null,
            WaitsFor = controls.DependsOn.Where(first => progress.WaitsFor.Contains(first.Sequence)).Select(first => first.JobId).ToArray(),
            Hold = job.CanBeUpdated ? progress.Rollout?.Hold : null,
        };
    }
}

public sealed record DescribeJobControlsResponse(string JobId)
{
    /// <summary>Null where nothing limits it.</summary>
    public int? MaxInFlight { get; init; }

    /// <summary>Executions QUEUED or IN_PROGRESS now.</summary>
    public long InFlight { get; init; }

    public IReadOnlyList<PauseCriteria> PauseCriteriaList { get; init; } = [];

    public IReadOnlyList<RolloutStage> Stages { get; init; } = [];

    /// <summary>The stage which the rollout is in or stands at the end of, from 1; null where it is past the last.</summary>
    public int? Stage { get; init; }

    public int? VerificationInMinutes { get; init; }

    /// <summary>Executions that SUCCEEDED and count for the rollout by now.</summary>
    public long VerifiedSucceeded { get; init; }

    public int Priority { get; init; }

    /// <summary>Ids of the jobs that come first.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    public DependencyScope? DependencyScope { get; init; }

    /// <summary>Ids of those for which the job waits as a whole now.</summary>
    public IReadOnlyList<string> WaitsFor { get; init; } = [];

    /// <summary>What the rollout stands at; null while it goes on at its rate.</summary>
    public RolloutHold? Hold { get; init; }
}
