using System.Globalization;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>jobs-reference 9: start, end and maintenance windows.</summary>
internal partial class JobsModel
{
    private bool IsGateOpen(ModelJob job) => job.Window?.IsOpen(Now) != false;

    private bool HandsOut(ModelJob job) => IsGateOpen(job) && !job.IsPaused;

    protected virtual bool IsPastEnd(ModelJob job) => job.EndAt <= Now;

    private void OpenOrClose(ModelJob job)
    {
        if (job is { Status: JobStatus.SCHEDULED, HasEnded: false } && !(job.StartAt > Now) && IsGateOpen(job))
        {
            Open(job);
        }
        else if (job is { Status: JobStatus.IN_PROGRESS, HasEnded: false } && !IsGateOpen(job))
        {
            job.Status = JobStatus.SCHEDULED;
            job.LastUpdatedAt = Now;
            job.NextBatchAt = null;
        }
    }

    /// <summary>The first start resolves the targets (4.2, 5.2); later ones go on and create what was put off (9.4).</summary>
    private void Open(ModelJob job)
    {
        job.Status = JobStatus.IN_PROGRESS;
        job.LastUpdatedAt = Now;
        if (!job.HasStarted)
        {
            job.HasStarted = true;
            job.Snapshot = InOrder(job.Targets);
            job.IsRollingOut = true;
            StartRollout(job);
            return;
        }
        GoOn(job);
    }

    private void GoOn(ModelJob job)
    {
        if (job.IsPaused)
        {
            return;
        }
        foreach (var (thing, retryAttempt) in job.Postponed.ToList())
        {
            Create(job, thing, retryAttempt);
        }
        job.Postponed.Clear();
        if (job.IsRollingOut)
        {
            StartRollout(job);
        }
    }

    /// <summary>9.3.</summary>
    private void End(ModelJob job)
    {
        job.HasEnded = true;
        job.LastUpdatedAt = job.IsRollingOut ? Now : job.LastUpdatedAt; // The end of a rollout (1.1).
        StopRollout(job);
        job.Postponed.Clear();
        var behavior = job.Config.SchedulingConfig!.EndBehavior;
        if (behavior is JobEndBehavior.CANCEL or JobEndBehavior.FORCE_CANCEL)
        {
            var force = behavior == JobEndBehavior.FORCE_CANCEL;
            CancelPending(job, force, force);
        }
        CompleteIfDone(job);
        if (job.Status == JobStatus.SCHEDULED)
        {
            job.Status = JobStatus.IN_PROGRESS;
            job.LastUpdatedAt = Now;
        }
    }

    private static DateTimeOffset? Instant(string? text) =>
        text is null ? null : DateTimeOffset.Parse(text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal);

    /// <summary>Programs use one form only: <c>cron(M H * * ? *)</c>.</summary>
    private static DailyWindow? Daily(IReadOnlyList<MaintenanceWindow>? windows)
    {
        if (windows is not [var window])
        {
            return null;
        }
        var fields = window.StartTime!["cron(".Length..].Split(' ');
        var (minute, hour) = (int.Parse(fields[0], CultureInfo.InvariantCulture), int.Parse(fields[1], CultureInfo.InvariantCulture));
        return new(new(hour, minute, 0), TimeSpan.FromMinutes(window.DurationInMinutes!.Value));
    }
}
