using IoTJobsToolkit.Engine;
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

    public static IEnumerable<Trouble> Of(JobVitals vitals, AbortWatch? abort, DateTimeOffset now)
    {
        var job = vitals.Job;
        if (job.Status == JobStatus.DELETION_IN_PROGRESS)
        {
            yield break;
        }
        if (abort is { IsNear: true, FailuresLeft: { } failures })
        {
            yield return new(TroubleKind.AbortNear, job.JobId, failures, Detail: $"{abort.Short} {abort.Kind}");
        }
        if (vitals.Silent.Min is { } longest)
        {
            var isOld = vitals.Silent.Max!.HeardAt <= now - OldAfter;
            yield return new(
                isOld ? TroubleKind.DevicesSilentForLong : TroubleKind.DevicesSilent, job.JobId, vitals.Silent.Count, longest.HeardAt, longest.ThingName);
        }
        if (vitals.RunningOut.Min is { } first)
        {
            yield return new(TroubleKind.TimeoutsComing, job.JobId, vitals.RunningOut.Count, first.Deadline, first.ThingName);
        }
        var left = Math.Max(0, vitals.Progress.Counts.Pending - vitals.Silent.Count); // Of the silent ones it is told above.
        if (job.Status == JobStatus.IN_PROGRESS && (left > 0 || vitals.Progress.Rollout is not null) && vitals.MovedAt <= now - StuckAfter)
        {
            yield return new(
                vitals.MovedAt <= now - OldAfter ? TroubleKind.StuckForLong : TroubleKind.Stuck, job.JobId, left, vitals.MovedAt);
        }
    }

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

    /// <summary>Most pressing first: by kind, then what is nearer, or has lasted longer.</summary>
    public static IEnumerable<Trouble> InOrder(IEnumerable<Trouble> troubles) => troubles
        .OrderBy(trouble => trouble.Kind)
        .ThenBy(trouble => trouble.Kind == TroubleKind.AbortNear ? trouble.Count : 0)
        .ThenBy(trouble => trouble.At)
        .ThenBy(trouble => trouble.JobId, StringComparer.Ordinal);
}
