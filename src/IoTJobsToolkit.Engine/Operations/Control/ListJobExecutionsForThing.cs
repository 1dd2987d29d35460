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

    /// <summary>How far earlier turns of this call came.</summary>
    internal PageScan<JobExecution, ThingExecutionKey>? Scan { get; init; }

    internal override ListJobExecutionsForThingResponse Run(JobsTransaction tx)
    {
        var thing = tx.Thing(ThingName);
        var after = PageToken.Read(List, NextToken, 3) is [var queuedAt, var jobId, var number]
            ? new ThingExecutionKey(
                new(long.Parse(queuedAt, CultureInfo.InvariantCulture), TimeSpan.Zero), jobId, long.Parse(number, CultureInfo.InvariantCulture))
            : default(ThingExecutionKey?);
        var queuedFrom = JobId is not null && tx.FindJob(JobId) is { } asked ? asked.CreatedAt : DateTimeOffset.MinValue;
        var size = MaxResults ?? Page.Default;
        var (scan, isDone) = (Scan ?? new([], after)).Run(
            size,
            (key, take) => tx.Store.ReadExecutionsOfThing(thing.Sequence, key, queuedFrom, take),
            execution => execution.ThingKey,
            stored => Pick(tx, stored));
        if (!isDone)
        {
            throw new GoesOnException(this with { Scan = scan });
        }
        var (executions, nextToken) = Page.Cut(scan.Found, size, last => PageToken.Write(
            List,
            last.QueuedAt.UtcTicks.ToString(CultureInfo.InvariantCulture),
            last.JobId,
            last.Number.ToString(CultureInfo.InvariantCulture)));
        return new([.. executions.Select(execution => new JobExecutionSummaryForThing(execution.JobId, JobExecutionSummary.Of(execution)) { ThingName = ThingName })])
        {
            NextToken = nextToken,
        };
    }

    private JobExecution? Pick(JobsTransaction tx, JobExecution stored)
    {
        if (tx.FindJob(stored.JobSequence) is not { PurgedAt: null } job || NamespaceId is not null && job.NamespaceId != NamespaceId ||
            JobId is not null && job.JobId != JobId)
        {
            return null;
        }
        var execution = Sweeping.AsOf(job, tx.Progress(job), stored, tx.Now);
        return Status is null || execution.Status == Status ? execution : null;
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
