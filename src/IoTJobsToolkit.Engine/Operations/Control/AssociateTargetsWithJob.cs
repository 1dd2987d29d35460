using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>
/// Adds targets to a CONTINUOUS job which is IN_PROGRESS; their things join the rollout at its current rate (jobs-reference 4.6). Targets which it has
/// already are a success (OPEN-13).
/// </summary>
public sealed record AssociateTargetsWithJob(string JobId, IReadOnlyList<string> Targets) : Operation<AssociateTargetsWithJobResponse>
{
    /// <summary>Becomes the job's comment.</summary>
    public string? Comment { get; init; }

    public string? NamespaceId { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.Targets(Targets);
        check.JobId(JobId);
        check.Comment(Comment);
        check.NamespaceId(NamespaceId);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.JOB, JobId, ActivityNote.Counted(Targets.Count, "target", "targets"), ActivityNote.Named("comment:", Comment));

    internal override AssociateTargetsWithJobResponse Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId).InNamespace(NamespaceId);
        var resolved = Targets.Distinct(StringComparer.Ordinal).Select(arn => JobTargets.Resolve(tx, arn)).ToList();
        var progress = tx.Progress(job);
        if (job.TargetSelection != TargetSelection.CONTINUOUS || job.Status != JobStatus.IN_PROGRESS || progress.IsPastEnd)
        {
            throw JobsException.InvalidRequest(
                $"Targets can be associated with CONTINUOUS jobs which are IN_PROGRESS; job {JobId} is {job.TargetSelection} and {job.Status}" +
                (progress.IsPastEnd ? ", past its end time." : "."));
        }
        var sequence = tx.NextSequence();
        // A thing of the same name as one that was deleted is another target, though its ARN stands there already.
        List<JobTarget> targets =
        [
            .. job.Targets,
            .. resolved.Where(target => !job.Targets.Any(has => has.Kind == target.Kind && has.Sequence == target.Sequence))
                .Select(target => target with { AssociatedSequence = sequence }),
        ];
        JobTargets.CheckCount(tx, targets.Count);

        if (targets.Count > job.Targets.Count && progress.Rollout is null)
        {
            tx.Save(Pausing.Keep(progress with
            {
                Rollout = new(tx.Now, Notified: progress.RolledOut.Notified, Increases: progress.RolledOut.Increases, Target: job.Targets.Count),
            }));
        }
        tx.Save(job, job with { Targets = targets, Comment = Comment ?? job.Comment, LastUpdatedAt = tx.Now }, "targets associated", Comment);
        return new(tx.Settings.JobArn(JobId), JobId) { Description = job.Description };
    }
}

public sealed record AssociateTargetsWithJobResponse(string JobArn, string JobId)
{
    public string? Description { get; init; }
}
