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

    /// <summary>Things of targets in request order, members by name, each once (5.4).</summary>
    private List<QueuedThing> Resolve(IReadOnlyCollection<ModelTarget> targets) =>
        [.. targets
            .SelectMany(target => CoveredBy(target).OrderBy(thing => thing.Name, StringComparer.Ordinal))
            .Distinct()
            .Select(thing => new QueuedThing(thing, [.. targets.Where(target => CoveredBy(target).Contains(thing))]))];

    private void StartRollout(ModelJob job)
    {
        job.NextBatchAt = Now;
        CreateBatch(job);
    }

    private void CreateBatch(ModelJob job)
    {
        var waiting = InOrder(job).Where(IsWaiting(job)).ToList();
        foreach (var queued in waiting.Take(Rate(job)).ToList())
        {
            job.Place = (Ahead(job, queued.Thing), queued.Thing.Name);
            Create(job, queued.Thing, retryAttempt: 0);
            job.Notified++;
        }
        job.Queue = [.. waiting.Where(IsWaiting(job))];
        job.NextBatchAt = job.Queue.Count > 0 ? job.NextBatchAt + TimeSpan.FromMinutes(1) : null;
        if (job.Queue.Count == 0)
        {
            job.LastUpdatedAt = Now;
        }
        CompleteIfDone(job);
    }

    /// <summary>
    /// The order of 5.4: of a SNAPSHOT job as its members were at the start. The members of a CONTINUOUS job change, and the reference does
    /// not say what that does to the order; here the rollout goes once along the targets as they are now, and meets a thing where one of
    /// them lies ahead.
    /// </summary>
    private IEnumerable<QueuedThing> InOrder(ModelJob job) => job.IsContinuous
        ? job.Queue.OrderBy(queued => Ahead(job, queued.Thing)).ThenBy(queued => queued.Thing.Name, StringComparer.Ordinal)
        : job.Queue;

    /// <summary>Index of the first target not yet passed which has the thing.</summary>
    private int Ahead(ModelJob job, ModelThing thing)
    {
        var ahead = Enumerable.Range(0, job.Targets.Count)
            .Where(i => i > job.Place.Target || (i == job.Place.Target && string.CompareOrdinal(thing.Name, job.Place.Thing) > 0))
            .Where(i => CoveredBy(job.Targets[i]).Contains(thing))
            .ToList();
        return ahead.Count > 0 ? ahead[0] : int.MaxValue;
    }

    /// <summary>processingTargets of 1.2.</summary>
    public IEnumerable<ModelTarget> Processing(ModelJob job) =>
        job.Targets.Where(target => InOrder(job).Any(queued => queued.Targets.Contains(target)));

    private static Func<QueuedThing, bool> IsWaiting(ModelJob job) => queued => !queued.IsDropped && !HasPending(job, queued.Thing);

    private static void StopRollout(ModelJob job)
    {
        job.Queue.Clear();
        job.Postponed.Clear();
        job.NextBatchAt = null;
    }

    /// <summary>A thing that is no longer to get its first execution.</summary>
    private static void Unqueue(ModelJob job, ModelThing thing)
    {
        job.Postponed.RemoveAll(postponed => postponed.Thing == thing);
        job.Queue.Where(queued => queued.Thing == thing).ToList().ForEach(queued => queued.IsDropped = true);
    }

    private static bool HasPending(ModelJob job, ModelThing thing) =>
        job.Executions.Any(execution => execution.Thing == thing && execution.IsPending);
}
