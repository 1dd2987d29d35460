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

    private static readonly Comparer<RunningJob> WorstFirst = Comparer<RunningJob>.Create((a, b) =>
    {
        var order = (a.Trouble ?? (TroubleKind)int.MaxValue).CompareTo(b.Trouble ?? (TroubleKind)int.MaxValue);
        order = order != 0 ? order : b.Vitals.Progress.Counts.Failures.CompareTo(a.Vitals.Progress.Counts.Failures);
        return order != 0 ? order : b.Vitals.MovedAt.CompareTo(a.Vitals.MovedAt);
    });

    public static PulseSnapshot Read(VitalsLedger ledger, JobsEngine engine, PulseSnapshot? before, DateTimeOffset now)
    {
        var limits = engine.Settings.Limits;
        var troubles = new List<Trouble>(Troubles.OfAll(ledger.Jobs, limits == LimitsProfile.Aws, engine.Failure, now));
        var running = new List<RunningJob>();
        foreach (var vitals in ledger.Jobs)
        {
            var (job, progress) = (vitals.Job, vitals.Progress);
            var abort = AbortWatch.Nearest(job.Status, job.AbortConfig, progress.Counts);
            var first = troubles.Count;
            Troubles.Add(troubles, vitals, abort, ledger.IsCounting, now);
            if (job.Status == JobStatus.IN_PROGRESS)
            {
                running.Add(new(vitals, abort, first < troubles.Count ? troubles.Skip(first).Min(trouble => trouble.Kind) : null));
            }
        }
        var reuse = before is { } last && last.LastHour.At <= now && now - last.LastHour.At < HourInterval && last.IsCounting == ledger.IsCounting;
        return new()
        {
            At = now,
            IsCounting = ledger.IsCounting,
            WatchesOnly = ledger.Running.IsFull ? ledger.Running.Count : null,
            HasJobs = engine.ReadJobs().Any(),
            Troubles = [.. troubles.GroupBy(trouble => trouble.Kind).OrderBy(kind => kind.Key).SelectMany(kind => Troubles.InOrder(kind).Take(MostOfKind))],
            TroubleCounts = troubles.CountBy(trouble => trouble.Kind).ToDictionary(),
            NeedPerson = troubles.Count(trouble => trouble.NeedsPerson),
            Running = [.. running.Order(WorstFirst).Take(MostShown).Select(job => Show(job, limits, now))], // The others cost no more than a comparison.
            RunningCount = running.Count,
            FailuresByJob = ledger.FailuresByJob.Top(now, MostShown),
            FailuresByReason = ledger.FailuresByReason.Top(now, MostShown),
            LastHour = reuse ? before!.LastHour : LastHour.Of(ledger, now),
            ConnectedThings = engine.Broker.ConnectedThings,
        };
    }

    private static JobPulse Show(RunningJob running, LimitsProfile limits, DateTimeOffset now)
    {
        var (job, progress, perMinute) = (running.Vitals.Job, running.Vitals.Progress, running.Vitals.PerMinute(now));
        return new(job.JobId, job.Description, progress.Counts, progress.Rollout is not null)
        {
            PerMinute = perMinute,
            Forecast = Forecast.Of(job, progress, perMinute, limits, now),
            MovedAt = running.Vitals.MovedAt,
            Trouble = running.Trouble,
            Abort = running.Abort,
        };
    }

    private readonly record struct RunningJob(JobVitals Vitals, AbortWatch? Abort, TroubleKind? Trouble);
}
