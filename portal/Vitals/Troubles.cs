using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>Rules of what needs a person.</summary>
internal static class Troubles
{
    /// <summary>A running job in which nothing moves for so long is stuck.</summary>
    public static readonly TimeSpan StuckAfter = TimeSpan.FromMinutes(30);

    /// <summary>What has stood so for so long wakes nobody any more.</summary>
    public static readonly TimeSpan OldAfter = TimeSpan.FromDays(1);

    /// <summary>Deletions at a time (jobs-reference 15.1).</summary>
    public const int MostDeletions = 10;

    private const int ManyDeletions = 5;

    /// <param name="isCounting">When executions in progress last reported is not known of all yet.</param>
    public static void Add(List<Trouble> troubles, JobVitals vitals, AbortWatch? abort, bool isCounting, DateTimeOffset now)
    {
        var (job, counts) = (vitals.Job, vitals.Progress.Counts);
        if (job.Status == JobStatus.DELETION_IN_PROGRESS)
        {
            return;
        }
        if (abort is { IsNear: true, FailuresLeft: { } failures } && (failures <= counts.Pending || MayGrow(vitals)))
        {
            troubles.Add(new(TroubleKind.AbortNear, job.JobId, failures, Detail: $"{abort.Short} {abort.Kind}"));
        }
        if (vitals.Silent.Min is { } longest)
        {
            var isOld = vitals.Silent.Max!.HeardAt <= now - OldAfter;
            troubles.Add(new(
                isOld ? TroubleKind.DevicesSilentForLong : TroubleKind.DevicesSilent, job.JobId, vitals.Silent.Count, longest.HeardAt, longest.ThingName));
        }
        if (vitals.RunningOut.Min is { } first)
        {
            troubles.Add(new(TroubleKind.TimeoutsComing, job.JobId, vitals.RunningOut.Count, first.Deadline, first.ThingName));
        }
        if (vitals.Progress.Approval is { } approval && job.CanBeUpdated)
        {
            troubles.Add(new(TroubleKind.AwaitsApproval, job.JobId, 1, approval.ExpiresAt, approval.By));
            return; // Nothing of it can be stuck.
        }
        if (vitals.Progress.Pause is { } pause && job.CanBeUpdated)
        {
            troubles.Add(new(pause.By == Caller.System.Name ? TroubleKind.PausedItself : TroubleKind.Paused, job.JobId, counts.Queued, pause.At, pause.Comment is { } comment ? $"{pause.By}: {comment}" : $"{pause.By}."));
            return; // Nothing of it can be stuck.
        }
        if (vitals.Progress.WaitsFor.Count > 0 && job.CanBeUpdated)
        {
            if (vitals.Progress.LostDependency is { } lost)
            {
                troubles.Add(new(TroubleKind.DependencyLost, job.JobId, 1, vitals.MovedAt, lost));
            }
            return;
        }
        if (vitals.Progress is { Rollout: { Hold: RolloutHold.STAGE, LooksAgainAt: null }, Counts.Pending: 0 } progress && job.CanBeUpdated)
        {
            // Nothing that it waits for will come by itself.
            troubles.Add(new(TroubleKind.AtStage, job.JobId, 1, progress.ChangedAt, $"stage {progress.StagesPassed + 1} of {job.Controls!.Stages.Count}"));
            return;
        }
        var left = Math.Max(0, counts.Pending - vitals.Silent.Count); // Of the silent ones it is told above.
        if (job.Status == JobStatus.IN_PROGRESS && (left > 0 || vitals.Progress.Rollout is not null) && vitals.MovedAt <= now - StuckAfter
            && !(isCounting && counts.InProgress > 0))
        {
            troubles.Add(new(vitals.MovedAt <= now - OldAfter ? TroubleKind.StuckForLong : TroubleKind.Stuck, job.JobId, left, vitals.MovedAt));
        }
    }

    /// <summary>Whether more executions may come which can fail.</summary>
    private static bool MayGrow(JobVitals vitals) =>
        vitals.Progress.Rollout is not null || vitals.Job is { Status: JobStatus.SCHEDULED } or { TargetSelection: TargetSelection.CONTINUOUS }
        || vitals.Job.JobExecutionsRetryConfig?.CriteriaList is { Count: > 0 };

    public static IEnumerable<Trouble> OfAll(IReadOnlyCollection<JobVitals> jobs, bool hasLimits, Exception? failure, DateTimeOffset now)
    {
        if (failure is not null)
        {
            yield return new(TroubleKind.EngineStopped, null, 0, Detail: failure.Message);
        }
        var deletions = jobs.Count(job => job.Job.Status == JobStatus.DELETION_IN_PROGRESS);
        if (deletions >= ManyDeletions)
        {
            yield return new(hasLimits && deletions >= MostDeletions ? TroubleKind.DeletionsFull : TroubleKind.DeletionsMany, null, deletions);
        }
        var next = jobs.Where(job => job.Job.Status == JobStatus.SCHEDULED && job.Progress.ScheduleAt > now).MinBy(job => job.Progress.ScheduleAt);
        if (next is not null)
        {
            yield return new(TroubleKind.WindowNext, next.Job.JobId, 1, next.Progress.ScheduleAt);
        }
    }

    /// <summary>Most pressing first, of one kind: what is nearer, or has lasted longer.</summary>
    public static IEnumerable<Trouble> InOrder(IEnumerable<Trouble> troubles) => troubles
        .OrderBy(trouble => trouble.Kind == TroubleKind.AbortNear ? trouble.Count : 0)
        .ThenBy(trouble => trouble.At)
        .ThenBy(trouble => trouble.JobId, StringComparer.Ordinal);
}
