using System.Globalization;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Measures;

/// <summary>Puts together what a job would do, once its things are counted.</summary>
/// <param name="request">In order, with what its template gives.</param>
internal sealed class Measuring(JobsTransaction tx, CreateJob request, TargetWalk walk)
{
    /// <summary>Windows of a minute which are looked at: 69 days of a rollout.</summary>
    private const int MostWindows = 100_000;

    private const int MostMinutes = 120;
    private const int MostDocuments = 3;

    private readonly JobSchedule? _schedule = JobSchedule.Of(request.SchedulingConfig);

    public JobMeasure Measure()
    {
        var minutes = new List<RolloutMinute>();
        var created = 0L;
        DateTimeOffset? first = null;
        var aborts = (request.AbortConfig?.CriteriaList ?? []).Select(Abort).ToList();
        foreach (var window in RolloutForecast.Windows(request.JobExecutionsRolloutConfig?.Normalized(), _schedule, tx.Settings.Limits, tx.Now).Take(MostWindows))
        {
            first ??= window.At;
            if (created == walk.Things)
            {
                break;
            }
            created += Math.Min(walk.Things - created, window.Executions);
            minutes.Add(new(window.At, created));
            aborts = [.. aborts.Select(abort => abort.EarliestAt is null && abort.FailuresAtMinimum is not null && created >= abort.MinNumberOfExecutedThings
                ? abort with { EarliestAt = window.At }
                : abort)];
        }
        var measure = new JobMeasure(request.JobId, walk.Things)
        {
            FirstThings = walk.First,
            StartsAt = first,
            LastCreatedAt = created == walk.Things && minutes.Count > 0 ? minutes[^1].At : null,
            Created = created,
            Rollout = Thin(minutes),
            Aborts = aborts,
            Examined = walk.Examined,
            Overlaps = Overlaps().ToArray(), // Arrays: a shell picks from them by index.
            NotConnected = tx.Memory.Connectivity.Count == 0 ? null : walk.Examined - walk.Connected,
            Documents = walk.First.Take(MostDocuments).Select(Deliver).ToArray(),
        };
        return measure with { Warnings = Warnings(measure).ToArray() };
    }

    private AbortMeasure Abort(AbortCriteria criterion)
    {
        var (minimum, threshold) = (criterion.MinNumberOfExecutedThings ?? 1, criterion.ThresholdPercentage ?? 0);
        return new(
            criterion.FailureType ?? JobExecutionFailureType.ALL, threshold, minimum,
            minimum <= walk.Things ? Failures(threshold, minimum) : null, null, Failures(threshold, walk.Things));
    }

    private static long Failures(decimal threshold, long executed) => (long)Math.Ceiling(threshold * executed / 100);

    private IEnumerable<JobOverlap> Overlaps() => walk.Pending
        .Select(pending => (Job: tx.FindJob(pending.Key), Things: pending.Value))
        .Where(pending => pending.Job is { PurgedAt: null, CanBeUpdated: true })
        .OrderByDescending(pending => pending.Things)
        .ThenBy(pending => pending.Job!.JobId, StringComparer.Ordinal)
        .Select(pending => new JobOverlap(pending.Job!.JobId, pending.Job.Status, pending.Things));

    private DeliveredDocument Deliver(string thing) => new(thing, DocumentDelivery.Deliver(
        tx, request.Document!, request.PresignedUrlConfig, new(thing, request.JobId, 1, tx.Now), new PresignerWithoutSecrets(tx.Services.ObjectStore)));

    private static List<RolloutMinute> Thin(List<RolloutMinute> minutes)
    {
        var step = Math.Max(1, (minutes.Count + MostMinutes - 1) / MostMinutes);
        return [.. minutes.Where((_, i) => i % step == 0 || i == minutes.Count - 1)];
    }

    private IEnumerable<string> Warnings(JobMeasure measure)
    {
        var isSnapshot = request.TargetSelection != TargetSelection.CONTINUOUS;
        if (measure.Things == 0)
        {
            yield return isSnapshot
                ? "The targets hold no things now: if they hold none at its start, the job is complete at once."
                : "The targets hold no things now: the job waits for things that join.";
        }
        else if (measure.Created < measure.Things)
        {
            yield return _schedule?.End is { } end
                ? Say($"{measure.Things - measure.Created:N0} of {measure.Things:N0} things get no execution before the end time, {JobSchedule.Text(end)}.")
                : Say($"{measure.Things - measure.Created:N0} of {measure.Things:N0} things get no execution within 69 days, which is as far as was looked.");
        }
        foreach (var abort in measure.Aborts.Where(abort => abort.FailuresAtMinimum is null && measure.Things > 0))
        {
            yield return Say($"The abort criterion for {abort.FailureType} waits for {abort.MinNumberOfExecutedThings:N0} executions to end, and there are {measure.Things:N0} things: it never trips, unless retries or things that join make up for that.");
        }
        if (measure.Aborts.Count == 0)
        {
            yield return "There is no abort criterion: the rollout goes on however many devices fail.";
        }
        if (request.TimeoutConfig?.InProgressTimeoutInMinutes is null)
        {
            yield return "There is no timeout: an execution stays IN_PROGRESS until its device reports an end, or somebody cancels it by force.";
        }
        if (tx.HasLimits && tx.Memory.ConcurrentJobs >= ConcurrentJobs.Limit * 8 / 10)
        {
            yield return Say($"{tx.Memory.ConcurrentJobs:N0} of {ConcurrentJobs.Limit:N0} jobs are being rolled out or canceled already.");
        }
    }

    private static string Say(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
