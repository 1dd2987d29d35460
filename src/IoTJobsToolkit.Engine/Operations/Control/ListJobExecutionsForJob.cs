using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Control;

/// <summary>Lists the executions of a job, each attempt for itself, by queuedAt, thing name and number (OPEN-25).</summary>
public sealed record ListJobExecutionsForJob(string JobId) : Operation<ListJobExecutionsForJobResponse>
{
    public JobExecutionStatus? Status { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    private string List => $"ListJobExecutionsForJob|{JobId}|{Status}";

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        check.Defined("status", Status);
        check.MaxResults(MaxResults);
    }

    /// <summary>How far earlier turns of this call came.</summary>
    internal PageScan<JobExecution, ExecutionKey>? Scan { get; init; }

    internal override ListJobExecutionsForJobResponse Run(JobsTransaction tx)
    {
        var (job, progress) = tx.Entry(JobId);
        var after = ExecutionToken.Read(List, NextToken, job.Sequence);
        var size = MaxResults ?? Page.Default;

        // The counters say how many executions of the wanted status there are: when so many are found the search is over.
        var left = Status is { } status && progress.Sweep is null ? progress.Counts[status] : long.MaxValue;
        var (scan, isDone) = (Scan ?? new([], after)).Run(
            size,
            (key, take) => tx.Store.ReadExecutions(job.Sequence, key, take),
            execution => execution.Key,
            stored => Sweeping.AsOf(job, progress, stored, tx.Now) is var execution && (Status is null || execution.Status == Status) ? execution : null,
            left);
        if (!isDone)
        {
            throw new GoesOnException(this with { Scan = scan });
        }
        var (executions, nextToken) = Page.Cut(scan.Found, size, last => ExecutionToken.Write(List, last));
        return new([.. executions.Select(execution => JobExecutionSummaryForJob.Of(execution, tx.Settings))]) { NextToken = nextToken };
    }
}

public sealed record ListJobExecutionsForJobResponse(IReadOnlyList<JobExecutionSummaryForJob> ExecutionSummaries)
{
    public string? NextToken { get; init; }
}

public sealed record JobExecutionSummaryForJob(string ThingArn, JobExecutionSummary JobExecutionSummary)
{
    /// <summary>The job asked for; not part of the answer on the wire.</summary>
    [JsonIgnore]
    public string? JobId { get; init; }

    [JsonIgnore]
    public string ThingName => Arn.LastPart(ThingArn);

    [JsonIgnore]
    public JobExecutionStatus Status => JobExecutionSummary.Status;

    [JsonIgnore]
    public long ExecutionNumber => JobExecutionSummary.ExecutionNumber;

    internal static JobExecutionSummaryForJob Of(JobExecution execution, JobsSettings settings) =>
        new(settings.ThingArn(execution.ThingName), JobExecutionSummary.Of(execution)) { JobId = execution.JobId };
}
