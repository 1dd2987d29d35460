using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Does by hand what retention does by itself: purges jobs which ended before an instant, with their executions and history, and the history of jobs
/// that were deleted before it. One call takes a bounded number; call again while <see cref="ClearJobHistoryResponse.HasMore"/>.
/// </summary>
/// <param name="OlderThan">Jobs which ended or were gone before this instant; not later than now. A job whose executions are still being canceled has not ended.</param>
public sealed record ClearJobHistory(DateTimeOffset? OlderThan) : Operation<ClearJobHistoryResponse>
{
    private const int PerCall = 1_000;

    /// <summary>Counts and changes nothing.</summary>
    public bool DryRun { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check) => check.Required("olderThan", OlderThan);

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.JOB_HISTORY, "job history", $"what ended before {OlderThan!.Value.UtcDateTime:yyyy-MM-dd HH:mm} UTC",
        ActivityNote.Counted(tx.Changes.Jobs.Count, "job", "jobs"));

    internal override ClearJobHistoryResponse Run(JobsTransaction tx)
    {
        var before = OlderThan!.Value;
        if (before > tx.Now)
        {
            throw Check.Failed("olderThan", before, $"Member must not be in the future: it is {tx.Now:O} now");
        }
        if (before == DateTimeOffset.MinValue)
        {
            return new(0, 0, 0);
        }
        var goneBy = before.AddTicks(-1);
        var ended = Retention.EndedBefore(tx.Memory, before).Select(job => tx.FindJob(job.Sequence)!);
        if (DryRun)
        {
            var all = ended.ToList();
            return new(all.Count, all.Sum(job => tx.Progress(job).Counts.Total), tx.Store.ReadGone(goneBy, int.MaxValue).Count);
        }
        var jobs = ended.Take(PerCall + 1).ToList();
        var executions = 0L;
        foreach (var job in jobs.Take(PerCall))
        {
            executions += tx.Progress(job).Counts.Total;
            Retention.Begin(tx, job, tx.Now, tx.Caller.Name);
        }
        var forgotten = Retention.ClearGone(tx, goneBy, PerCall);
        return new(Math.Min(jobs.Count, PerCall), executions, forgotten)
        {
            HasMore = jobs.Count > PerCall || tx.Changes.ClearedHistory.Count >= PerCall || forgotten == PerCall,
        };
    }
}

/// <param name="Jobs">Ended jobs which are purged.</param>
/// <param name="Executions">Their executions.</param>
/// <param name="DeletedJobs">Jobs deleted earlier whose history is forgotten.</param>
public sealed record ClearJobHistoryResponse(int Jobs, long Executions, int DeletedJobs)
{
    /// <summary>There is more than one call takes: call again.</summary>
    public bool HasMore { get; init; }
}
