using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Tells how a job stood at a moment of the past: its status, and how many executions were in each. Executions that were deleted since are not counted;
/// the history of the job tells of their deletion.
/// </summary>
public sealed record DescribeJobState(string JobId) : Operation<DescribeJobStateResponse>
{
    private const int RecordsPerTurn = 2_000;

    /// <summary>By so much a caller's clock may be ahead of the engine's: that is now.</summary>
    private static readonly TimeSpan ClockSkew = TimeSpan.FromMinutes(1);

    /// <summary>Not before the job was created, and not after now; now when absent.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>How far earlier turns of this call have counted.</summary>
    internal (ExecutionCounts Counts, ExecutionKey? After) Counted { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override void Validate(Check check) => check.JobId(JobId);

    internal override DescribeJobStateResponse Run(JobsTransaction tx)
    {
        var (job, progress) = tx.Entry(JobId);
        if (At > tx.Now + ClockSkew || At < job.CreatedAt)
        {
            throw JobsException.InvalidRequest(At > tx.Now
                ? "at is in the future: how a job will stand nobody can say."
                : $"Job {JobId} was not there at {JobSchedule.Text(At.Value)}: it was created at {JobSchedule.Text(job.CreatedAt)}.");
        }
        var at = At < tx.Now ? At.Value : tx.Now;
        var (counts, after) = Counted;
        // What was queued later was not there; executions are in the order in which they were queued.
        var page = tx.Store.ReadExecutions(job.Sequence, after, RecordsPerTurn);
        var there = page.TakeWhile(execution => execution.QueuedAt <= at).ToList();
        foreach (var execution in there.Select(stored => Sweeping.AsOf(job, progress, stored, tx.Now)))
        {
            counts = execution.History.LastOrDefault(change => change.At <= at) is { } last ? counts.Add(last.To, 1) : counts;
        }
        return there.Count == RecordsPerTurn
            ? throw new GoesOnException(this with { Counted = (counts, page[^1].Key) })
            : DescribeJobStateResponse.Of(JobId, at, Status(tx, job, at), counts);
    }

    private static JobStatus Status(JobsTransaction tx, Job job, DateTimeOffset at)
    {
        var status = job.Status;
        var after = 0L;
        while (tx.Store.ReadHistory(job.Sequence, after, RecordsPerTurn) is { Count: > 0 } records)
        {
            foreach (var record in records.TakeWhile(record => record.At <= at))
            {
                status = record.To ?? status;
            }
            if (records.Count < RecordsPerTurn || records[^1].At > at)
            {
                break;
            }
            after = records[^1].Sequence;
        }
        return status;
    }
}

/// <summary>How a job stood.</summary>
public sealed record DescribeJobStateResponse(string JobId, DateTimeOffset At, JobStatus Status)
{
    public long Queued { get; init; }

    public long InProgress { get; init; }

    public long Succeeded { get; init; }

    public long Failed { get; init; }

    public long TimedOut { get; init; }

    public long Rejected { get; init; }

    public long Removed { get; init; }

    public long Canceled { get; init; }

    internal static DescribeJobStateResponse Of(string jobId, DateTimeOffset at, JobStatus status, ExecutionCounts counts) => new(jobId, at, status)
    {
        Queued = counts.Queued,
        InProgress = counts.InProgress,
        Succeeded = counts.Succeeded,
        Failed = counts.Failed,
        TimedOut = counts.TimedOut,
        Rejected = counts.Rejected,
        Removed = counts.Removed,
        Canceled = counts.Canceled,
    };
}
