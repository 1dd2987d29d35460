using System.Globalization;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Lists what happened to a job, oldest first. The changes of its executions are <see cref="ListJobExecutionHistory"/>'s.</summary>
public sealed record ListJobHistory(string JobId) : Operation<ListJobHistoryResponse>
{
    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    private string List => $"ListJobHistory|{JobId}";

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.MaxResults(MaxResults);
    }

    internal override ListJobHistoryResponse Run(JobsTransaction tx)
    {
        var after = PageToken.Read(List, NextToken, 1) is [var sequence] ? long.Parse(sequence, CultureInfo.InvariantCulture) : 0;
        var size = MaxResults ?? Page.Default;
        var (records, nextToken) = Page.Cut(
            tx.Store.ReadHistory(tx.Job(JobId).Sequence, after, size + 1),
            size,
            last => PageToken.Write(List, last.Sequence.ToString(CultureInfo.InvariantCulture)));
        return new([.. records.Select(record => JobHistoryEntry.Of(JobId, record))]) { NextToken = nextToken };
    }
}

public sealed record ListJobHistoryResponse(IReadOnlyList<JobHistoryEntry> Changes)
{
    public string? NextToken { get; init; }
}

/// <summary>One change of a job.</summary>
/// <param name="By">The caller's name, or <c>system</c>.</param>
/// <param name="What">In words: created, updated, started, rollout finished, completed, canceled, end time reached, deletion began, ...</param>
public sealed record JobHistoryEntry(DateTimeOffset At, string JobId, string By, string What)
{
    public JobStatus? From { get; init; }

    public JobStatus? To { get; init; }

    public string? Details { get; init; }

    /// <summary>The thing whose execution was deleted; null for changes of the job itself.</summary>
    public string? ThingName { get; init; }

    public long? ExecutionNumber { get; init; }

    internal static JobHistoryEntry Of(string jobId, JobHistoryRecord record) => new(record.At, jobId, record.By, record.What)
    {
        From = record.From,
        To = record.To,
        Details = record.Details,
        ThingName = record.ThingName,
        ExecutionNumber = record.ExecutionNumber,
    };
}
