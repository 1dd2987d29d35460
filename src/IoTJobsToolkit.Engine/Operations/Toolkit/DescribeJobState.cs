using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Tells how a job stood at a moment of the past: its status, and how many executions were in each. Executions that were deleted since are not counted;
/// the history of the job tells of their deletion.
/// </summary>
/// <param name="At">Not before the job was created, and not after now.</param>
public sealed record DescribeJobState(string JobId, DateTimeOffset At) : Operation<DescribeJobStateResponse>
{
    private const int RecordsPerTurn = 2_000;

    /// <summary>How far earlier turns of this call have counted.</summary>
    internal (ExecutionCounts Counts, ExecutionKey? After) Counted { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override void Validate(Check check) => check.JobId(JobId);

    internal override DescribeJobStateResponse Run(JobsTransaction tx)
    {
        var (job, progress) = tx.Entry(JobId);
        if (At < job.CreatedAt || At > tx.Now)
        {
            throw JobsException.InvalidRequest(At > tx.Now
                ? "at is in the future: how a job will stand nobody can say."
                : $"Job {JobId} was not there at {Schedules.JobSchedule.Text(At)}: it was created at {Schedules.JobSchedule.Text(job.CreatedAt)}.");
        }
        var (counts, after) = Counted;
        // What was queued later was not there; executions are in the order in which they were queued.
        var page = tx.Store.ReadExecutions(job.Sequence, after, RecordsPerTurn);
        var there = page.TakeWhile(execution => execution.QueuedAt <= At).ToList();
        foreach (var execution in there.Select(stored => Sweeping.AsOf(job, progress, stored, tx.Now)))
        {
            counts = execution.History.LastOrDefault(change => change.At <= At) is { } last ? counts.Add(last.To, 1) : counts;
        }
        return there.Count == RecordsPerTurn
            ? throw new GoesOnException(this with { Counted = (counts, page[^1].Key) })
            : DescribeJobStateResponse.Of(JobId, At, Status(tx, job), counts);
    }

    private JobStatus Status(JobsTransaction tx, Job job)
    {
        var status = job.Status;
        var after = 0L;
        while (tx.Store.ReadHistory(job.Sequence, after, RecordsPerTurn) is { Count: > 0 } records)
        {
            foreach (var record in records.TakeWhile(record => record.At <= At))
            {
                status = record.To ?? status;
            }
            if (records.Count < RecordsPerTurn || records[^1].At > At)
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
