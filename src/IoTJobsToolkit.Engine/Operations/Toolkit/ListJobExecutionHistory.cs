using System.Globalization;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Lists the changes of status of a job's executions: execution by execution in the order of ListJobExecutionsForJob, each oldest first. Executions
/// that were deleted are not among them; the history of the job tells of their deletion.
/// </summary>
public sealed record ListJobExecutionHistory(string JobId) : Operation<ListJobExecutionHistoryResponse>
{
    /// <summary>The executions on one thing only.</summary>
    public string? ThingName { get; init; }

    /// <summary>Of each execution the last change that was not later: how things stood at that moment.</summary>
    public DateTimeOffset? At { get; init; }

    /// <summary>Executions, each with all of its changes; 1..250, 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    private string List => string.Create(CultureInfo.InvariantCulture, $"ListJobExecutionHistory|{JobId}|{ThingName}|{At?.UtcTicks}");

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        if (ThingName is not null)
        {
            check.ThingName(ThingName);
        }
        check.MaxResults(MaxResults);
    }

    internal override ListJobExecutionHistoryResponse Run(JobsTransaction tx)
    {
        var (job, progress) = tx.Entry(JobId);
        var after = ExecutionToken.Read(List, NextToken, job.Sequence);
        var size = MaxResults ?? Page.Default;
        var stored = ThingName is { } name
            ? [.. tx.ExecutionsOf(job, tx.Thing(name)).OrderBy(execution => execution.Key).Where(execution => after is null || execution.Key > after).Take(size + 1)]
            : tx.Store.ReadExecutions(job.Sequence, after, size + 1);
        var (executions, nextToken) = Page.Cut(stored, size, last => ExecutionToken.Write(List, last));
        return new([.. executions.Select(execution => Sweeping.AsOf(job, progress, execution, tx.Now)).SelectMany(Changes)]) { NextToken = nextToken };
    }

    private IEnumerable<JobExecutionHistoryEntry> Changes(JobExecution execution)
    {
        var changes = execution.History.Select(change => JobExecutionHistoryEntry.Of(execution, change));
        return At is { } moment
            ? changes.TakeWhile(change => change.At <= moment).TakeLast(1)
            : changes;
    }
}

public sealed record ListJobExecutionHistoryResponse(IReadOnlyList<JobExecutionHistoryEntry> Changes)
{
    public string? NextToken { get; init; }
}

/// <summary>One change of status of an execution.</summary>
/// <param name="By">The caller's name, the thing's, or <c>system</c>.</param>
public sealed record JobExecutionHistoryEntry(DateTimeOffset At, string JobId, string ThingName, long ExecutionNumber, string By)
{
    /// <summary>Null for the creation.</summary>
    public JobExecutionStatus? From { get; init; }

    public JobExecutionStatus To { get; init; }

    public ChangeOrigin Origin { get; init; }

    public long VersionNumber { get; init; }

    /// <summary>The status details that came with it; null where it brought none.</summary>
    public IReadOnlyDictionary<string, string>? StatusDetails { get; init; }

    internal static JobExecutionHistoryEntry Of(JobExecution execution, ExecutionChange change) =>
        new(change.At, execution.JobId, execution.ThingName, execution.Number, change.By)
        {
            From = change.From,
            To = change.To,
            Origin = change.Origin,
            VersionNumber = change.Version,
            StatusDetails = change.Details,
        };
}
