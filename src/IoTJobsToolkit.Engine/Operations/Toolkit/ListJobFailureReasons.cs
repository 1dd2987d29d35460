using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Tells why executions of a job FAILED, were REJECTED or TIMED_OUT, the most frequent reason first: of every attempt, also where a retry did better. The
/// counts are kept; of a job from before they were, its executions are counted now.
/// </summary>
public sealed record ListJobFailureReasons(string JobId) : Operation<ListJobFailureReasonsResponse>
{
    private const int RecordsPerTurn = 2_000;

    internal override OperationAccess Access => OperationAccess.Reads;

    /// <summary>How far earlier turns of this call have counted.</summary>
    internal (FailureCounts Counts, ExecutionKey? After) Counted { get; init; } = (FailureCounts.None, null);

    internal override void Validate(Check check) => check.JobId(JobId);

    internal override ListJobFailureReasonsResponse Run(JobsTransaction tx)
    {
        var (job, progress) = tx.Entry(JobId);
        var counts = progress.Failures ?? Count(tx, job);
        var reasons = counts.ByReason
            .Where(reason => reason.Value > 0)
            .OrderByDescending(reason => reason.Value)
            .ThenBy(reason => reason.Key, StringComparer.Ordinal)
            .Select(reason => new JobFailureReason(JobId, reason.Key, reason.Value));
        return new([.. reasons], counts.Others);
    }

    private FailureCounts Count(JobsTransaction tx, Job job)
    {
        var (counts, after) = Counted;
        var page = tx.Store.ReadExecutions(job.Sequence, after, RecordsPerTurn);
        counts = page.Aggregate(counts, (counted, execution) => counted.Follow(null, execution));
        return page.Count < RecordsPerTurn
            ? counts
            : throw new GoesOnException(this with { Counted = (counts, page[^1].Key) });
    }
}

/// <param name="Reasons">At most 32.</param>
/// <param name="NumberOfOthers">Failures with further reasons, which are not counted each for itself.</param>
public sealed record ListJobFailureReasonsResponse(IReadOnlyList<JobFailureReason> Reasons, long NumberOfOthers);

/// <param name="Reason">In the device's words: the first of its status details named reason, reasonCode, failureReason, errorCode, error or message.</param>
/// <param name="Count">Executions which failed for it.</param>
public sealed record JobFailureReason(string JobId, string Reason, long Count);
