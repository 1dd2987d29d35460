using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>Makes a snapshot of what is kept.</summary>
internal static class VitalsReading
{
    /// <summary>Lines of each kind which a snapshot carries.</summary>
    private const int MostShown = 50;

    private const int MostOfKind = 10;

    /// <summary>The hour's curves are not drawn anew more often.</summary>
    private static readonly TimeSpan HourInterval = TimeSpan.FromSeconds(1);

    public static PulseSnapshot Read(VitalsLedger ledger, JobsEngine engine, PulseSnapshot? before, DateTimeOffset now)
    {
        var limits = engine.Settings.Limits;
        var troubles = new List<Trouble>(Troubles.OfAll(ledger.Jobs, limits == LimitsProfile.Aws, engine.Failure, now));
        var running = new List<JobPulse>();
        foreach (var vitals in ledger.Jobs)
        {
            var (job, progress) = (vitals.Job, vitals.Progress);
            var abort = AbortWatch.Nearest(job.Status, job.AbortConfig, progress.Counts);
            var first = troubles.Count;
            troubles.AddRange(Troubles.Of(vitals, abort, now));
            if (job.Status == JobStatus.IN_PROGRESS)
            {
                var perMinute = vitals.PerMinute(now);
                running.Add(new(job.JobId, job.Description, progress.Counts, progress.Rollout is not null)
                {
                    PerMinute = perMinute,
                    Forecast = Forecast.Of(job, progress, perMinute, limits, now),
                    MovedAt = vitals.MovedAt,
                    Trouble = first < troubles.Count ? troubles[first].Kind : null,
                    Abort = abort,
                });
            }
        }
        var reuse = before is { } last && last.LastHour.At <= now && now - last.LastHour.At < HourInterval && last.IsCounting == ledger.IsCounting;
        return new()
        {
            At = now,
            IsCounting = ledger.IsCounting,
            WatchesOnly = ledger.Running.IsFull ? ledger.Running.Count : null,
            HasJobs = engine.ReadJobs().Any(),
            Troubles = [.. Troubles.InOrder(troubles).GroupBy(trouble => trouble.Kind).SelectMany(kind => kind.Take(MostOfKind))],
            TroubleCounts = troubles.CountBy(trouble => trouble.Kind).ToDictionary(),
            NeedPerson = troubles.Count(trouble => trouble.NeedsPerson),
            Running = [.. running.OrderBy(job => job.Trouble ?? (TroubleKind)int.MaxValue).ThenByDescending(job => job.Failures).ThenByDescending(job => job.MovedAt).Take(MostShown)],
            RunningCount = running.Count,
            FailuresByJob = ledger.FailuresByJob.Top(now, MostShown),
            FailuresByReason = ledger.FailuresByReason.Top(now, MostShown),
            LastHour = reuse ? before!.LastHour : LastHour.Of(ledger, now),
            ConnectedThings = engine.Broker.ConnectedThings,
        };
    }
}
