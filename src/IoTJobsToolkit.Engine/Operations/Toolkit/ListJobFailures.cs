using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Lists the executions of a job that FAILED, were REJECTED or TIMED_OUT, with the reason, in the order of ListJobExecutionsForJob.</summary>
public sealed record ListJobFailures(string JobId) : Operation<ListJobFailuresResponse>
{
    /// <summary>FAILED, REJECTED or TIMED_OUT; all of them when absent.</summary>
    public JobExecutionStatus? Status { get; init; }

    /// <summary>Exactly this reason, as <see cref="ListJobFailureReasons"/> words it: 1..120 characters.</summary>
    public string? Reason { get; init; }

    /// <summary>Only what is the last word of its thing: no attempt after it is under way, or did better.</summary>
    public bool? IsLatest { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    /// <summary>How far earlier turns of this call came.</summary>
    internal PageScan<JobExecution, ExecutionKey>? Scan { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    private string List => $"ListJobFailures|{JobId}|{Status}|{IsLatest}|{Reason}";

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.Defined("status", Status);
        if (Status is { IsFailure: false })
        {
            throw Check.Failed("status", Status, "Member must be one of FAILED, REJECTED, TIMED_OUT");
        }
        check.Length("reason", Reason, 1, FailureReason.MaxLength);
        check.MaxResults(MaxResults);
    }

    internal override ListJobFailuresResponse Run(JobsTransaction tx)
    {
        var (job, progress) = tx.Entry(JobId);
        var after = ExecutionToken.Read(List, NextToken, job.Sequence);
        var size = MaxResults ?? Page.Default;
        var (scan, isDone) = (Scan ?? new([], after)).Run(
            size,
            (key, take) => tx.Store.ReadExecutions(job.Sequence, key, take),
            execution => execution.Key,
            stored => Sweeping.AsOf(job, progress, stored, tx.Now) is var execution && IsWanted(tx, job, execution) ? execution : null,
            progress.Counts.Failures + progress.Counts.InProgress); // Timers that have run out make failures of what is IN_PROGRESS.
        if (!isDone)
        {
            throw new GoesOnException(this with { Scan = scan });
        }
        var (failures, nextToken) = Page.Cut(scan.Found, size, last => ExecutionToken.Write(List, last));
        return new([.. failures.Select(JobFailure.Of)]) { NextToken = nextToken };
    }

    private bool IsWanted(JobsTransaction tx, Job job, JobExecution execution) =>
        execution.Status.IsFailure && (Status is null || execution.Status == Status) && (Reason is null || FailureReason.Of(execution) == Reason) &&
        (IsLatest is not true || IsLatestOf(tx, job, execution));

    private static bool IsLatestOf(JobsTransaction tx, Job job, JobExecution execution) =>
        tx.FindThing(execution.ThingName) is { } thing && thing.Sequence == execution.ThingSequence &&
        tx.ExecutionsOf(job, thing).FirstOrDefault()?.Number == execution.Number && tx.FindPostponed(job, thing.Name) is null;
}

public sealed record ListJobFailuresResponse(IReadOnlyList<JobFailure> Failures)
{
    public string? NextToken { get; init; }
}

/// <summary>An execution that did not succeed, with the reason.</summary>
/// <param name="Status">FAILED, REJECTED or TIMED_OUT.</param>
/// <param name="LastUpdatedAt">When it ended.</param>
public sealed record JobFailure(
    string JobId, string ThingName, long ExecutionNumber, JobExecutionStatus Status, string Reason, DateTimeOffset LastUpdatedAt)
{
    /// <summary>What the device told last, if anything.</summary>
    public IReadOnlyDictionary<string, string>? StatusDetails { get; init; }

    internal static JobFailure Of(JobExecution execution) =>
        new(execution.JobId, execution.ThingName, execution.Number, execution.Status, FailureReason.Of(execution), execution.LastUpdatedAt)
        {
            StatusDetails = execution.StatusDetails is { Count: > 0 } details ? details : null,
        };
}
