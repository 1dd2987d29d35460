using System.Globalization;
using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Lists the executions of a thing over all jobs, newest first (OPEN-25); filters combine with AND.</summary>
public sealed record ListJobExecutionsForThing(string ThingName) : Operation<ListJobExecutionsForThingResponse>
{
    public JobExecutionStatus? Status { get; init; }

    public string? NamespaceId { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    public string? JobId { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    private string List => $"ListJobExecutionsForThing|{ThingName}|{Status}|{NamespaceId}|{JobId}";

    internal override void Validate(Check check)
    {
        check.ThingName(ThingName);
        check.Defined("status", Status);
        check.NamespaceId(NamespaceId);
        check.MaxResults(MaxResults);
        check.Text("jobId", JobId, 1, 64, TextPattern.JobId);
    }

    internal override ListJobExecutionsForThingResponse Run(JobsTransaction tx)
    {
        var thing = tx.Thing(ThingName);
        var after = PageToken.Read(List, NextToken, 3) is [var queuedAt, var jobId, var number]
            ? new ThingExecutionKey(
                new(long.Parse(queuedAt, CultureInfo.InvariantCulture), TimeSpan.Zero), jobId, long.Parse(number, CultureInfo.InvariantCulture))
            : default(ThingExecutionKey?);
        var queuedFrom = JobId is not null && tx.FindJob(JobId) is { } job ? job.CreatedAt : DateTimeOffset.MinValue;
        var matching = Page.ReadAll(after, 251, (key, size) => tx.Store.ReadExecutionsOfThing(thing.Sequence, key, queuedFrom, size), e => e.ThingKey)
            .Select(stored => (Execution: stored, Job: tx.FindJob(stored.JobSequence)))
            .Where(item => item.Job is not null)
            .Select(item => (Execution: Sweeping.Apply(item.Job!, tx.Progress(item.Job!), item.Execution), item.Job))
            .Where(item => (Status is null || item.Execution.Status == Status) &&
                (NamespaceId is null || item.Job!.NamespaceId == NamespaceId) && (JobId is null || item.Execution.JobId == JobId))
            .Select(item => item.Execution);
        var (executions, nextToken) = Page.Cut(matching, MaxResults, last => PageToken.Write(
            List,
            last.QueuedAt.UtcTicks.ToString(CultureInfo.InvariantCulture),
            last.JobId,
            last.Number.ToString(CultureInfo.InvariantCulture)));
        return new([.. executions.Select(execution => new JobExecutionSummaryForThing(execution.JobId, JobExecutionSummary.Of(execution)) { ThingName = ThingName })])
        {
            NextToken = nextToken,
        };
    }
}

public sealed record ListJobExecutionsForThingResponse(IReadOnlyList<JobExecutionSummaryForThing> ExecutionSummaries)
{
    public string? NextToken { get; init; }
}

public sealed record JobExecutionSummaryForThing(string JobId, JobExecutionSummary JobExecutionSummary)
{
    /// <summary>The thing asked for; not part of the answer on the wire.</summary>
    [JsonIgnore]
    public string? ThingName { get; init; }

    [JsonIgnore]
    public JobExecutionStatus Status => JobExecutionSummary.Status;

    [JsonIgnore]
    public long ExecutionNumber => JobExecutionSummary.ExecutionNumber;
}
