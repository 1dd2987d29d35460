namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>How far a job's rollout is; asked by the portal, not by callers.</summary>
internal sealed record ReadJobRollout(string JobId) : Operation<JobRollout>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override JobRollout Run(JobsTransaction tx)
    {
        var (job, progress) = tx.Entry(JobId);
        return new(job.StartedAt, progress.Rollout, progress.Rollout is { } rollout ? new(rollout.Notified, rollout.Increases) : progress.RolledOut);
    }
}

/// <param name="StartedAt">When the job first went IN_PROGRESS; null while it waits for its start.</param>
/// <param name="Running">The rollout; null where none is under way.</param>
/// <param name="Made">What it has made so far, with the growth of its rate.</param>
public sealed record JobRollout(DateTimeOffset? StartedAt, Rollout? Running, RolledOut Made);
