using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>jobs-reference 5: batches at the starts of one-minute windows.</summary>
internal partial class JobsModel
{
    /// <summary>R of 5.3 for the window that starts now.</summary>
    protected virtual int Rate(ModelJob job)
    {
        var config = job.Config.JobExecutionsRolloutConfig;
        var maximum = config?.MaximumPerMinute ?? 1000;
        if (config?.ExponentialRate is not { } exponential)
        {
            return maximum;
        }
        var criteria = exponential.RateIncreaseCriteria!;
        var byNotified = criteria.NumberOfNotifiedThings is { } a ? job.Notified / a : 0;
        var bySucceeded = criteria.NumberOfSucceededThings is { } b ? job.Count(JobExecutionStatus.SUCCEEDED) / b : 0;
        job.Increases = Math.Max(job.Increases, Math.Max(byNotified, bySucceeded));
        decimal rate = exponential.BaseRatePerMinute!.Value;
        for (var i = 0; i < job.Increases && rate < maximum; i++)
        {
            rate *= exponential.IncrementFactor!.Value;
        }
        return (int)Math.Min(maximum, Math.Floor(rate));
    }

    private void StartRollout(ModelJob job)
    {
        if (job.IsPaused)
        {
            job.NextBatchAt = null;
            return;
        }
        job.NextBatchAt = job.NotBefore > Now ? job.NotBefore : Now;
        if (job.NextBatchAt == Now)
        {
            CreateBatch(job);
        }
    }

    private void CreateBatch(ModelJob job)
    {
        var left = Rate(job);
        foreach (var place in Ahead(job))
        {
            if (IsOwed(job, place))
            {
                if (left-- == 0)
                {
                    // It waits before this place, and is through with the targets before.
                    job.Passed = place.Target > job.Passed.Target ? (place.Target, "") : job.Passed;
                    job.NextBatchAt += TimeSpan.FromMinutes(1);
                    return;
                }
                job.Retries.RemoveAll(retry => retry.Thing == place.Thing); // What an association brings is a join too (4.3).
                Create(job, place.Thing, retryAttempt: 0);
                job.Notified++;
            }
            job.Passed = (place.Target, place.Thing.Name);
        }
        StopRollout(job);
        job.LastUpdatedAt = Now;
        CompleteIfDone(job);
    }

    /// <summary>Targets in request order, members by name (5.4).</summary>
    private List<Place> InOrder(List<ModelTarget> targets) =>
        [.. Enumerable.Range(0, targets.Count).SelectMany(i => CoveredBy(targets[i]).Select(thing => new Place(i, thing)).OrderBy(place => place.Thing.Name, StringComparer.Ordinal))];

    /// <summary>
    /// The places that the rollout has not come to yet: of a SNAPSHOT job as its members were at the start. The members of a CONTINUOUS job
    /// change, and the reference does not say what that does to the order; here the rollout goes once along the targets as they are now.
    /// </summary>
    private List<Place> Ahead(ModelJob job) =>
    [
        .. (job.IsContinuous ? InOrder(job.Targets).Union(job.Kept) : job.Snapshot)
            .Where(place => place.Thing.Exists)
            .Where(place => place.Target > job.Passed.Target || (place.Target == job.Passed.Target && string.CompareOrdinal(place.Thing.Name, job.Passed.Thing) > 0))
            .OrderBy(place => place.Target).ThenBy(place => place.Thing.Name, StringComparer.Ordinal),
    ];

    /// <summary>Each thing once (4.1), and once more through each later association of a target, when nothing is pending (4.6).</summary>
    protected virtual bool IsOwed(ModelJob job, Place place) =>
        !HasPending(job, place.Thing) && job.Newest.GetValueOrDefault(place.Thing) <= job.Targets[place.Target].Since;

    /// <summary>
    /// A thing that waits, and is now covered only where the rollout has been, still gets its first execution (4.3: it did not leave), at the
    /// place it had: the rate does not govern joins, and this is none (5.5).
    /// </summary>
    protected virtual void KeepPlaces(ModelJob job, IReadOnlyList<Place> before)
    {
        var covered = Covered(job);
        job.Kept.RemoveAll(place => !covered.Contains(place.Thing));
        var now = Ahead(job).Select(place => place.Thing).ToHashSet();
        job.Kept.AddRange(before.Where(place => covered.Contains(place.Thing) && !now.Contains(place.Thing) && !job.Newest.ContainsKey(place.Thing))
            .DistinctBy(place => place.Thing));
    }

    /// <summary>processingTargets of 1.2.</summary>
    public IEnumerable<ModelTarget> Processing(ModelJob job) => job.IsRollingOut
        ? Ahead(job).Where(place => IsOwed(job, place)).Select(place => job.Targets[place.Target]).Distinct()
        : [];

    private static void StopRollout(ModelJob job)
    {
        job.IsRollingOut = false;
        job.Kept.Clear();
        job.NextBatchAt = null;
    }

    private static bool HasPending(ModelJob job, ModelThing thing) =>
        job.Executions.Any(execution => execution.Thing == thing && execution.IsPending);
}
