using System.Globalization;
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

    internal override ListJobExecutionsForJobResponse Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId);
        var after = PageToken.Read(List, NextToken, 4) is [var queuedAt, var thing, var number, var sequence]
            ? new ExecutionKey(
                job.Sequence,
                new(long.Parse(queuedAt, CultureInfo.InvariantCulture), TimeSpan.Zero),
                thing,
                long.Parse(number, CultureInfo.InvariantCulture),
                long.Parse(sequence, CultureInfo.InvariantCulture))
            : default(ExecutionKey?);
        var (executions, nextToken) = Page.Cut(Matching(tx, job, after), MaxResults, last => PageToken.Write(
            List,
            last.QueuedAt.UtcTicks.ToString(CultureInfo.InvariantCulture),
            last.ThingName,
            last.Number.ToString(CultureInfo.InvariantCulture),
            last.Sequence.ToString(CultureInfo.InvariantCulture)));
        return new([.. executions.Select(execution => JobExecutionSummaryForJob.Of(execution, tx.Settings))]) { NextToken = nextToken };
    }

    /// <summary>Stops reading when all executions of the wanted status are found: the counters say how many there are.</summary>
    private IEnumerable<JobExecution> Matching(JobsTransaction tx, Job job, ExecutionKey? after)
    {
        var progress = tx.Progress(job);
        var left = Status is { } status && progress.Sweep is null ? progress.Counts[status] : long.MaxValue;
        if (left == 0)
        {
            yield break;
        }
        var take = Status is null ? Math.Min(MaxResults ?? Page.Default, 1000) + 1 : 1000;
        foreach (var stored in Page.ReadAll(after, take, (key, size) => tx.Store.ReadExecutions(job.Sequence, key, size), e => e.Key))
        {
            var execution = Sweeping.Apply(job, progress, stored);
            if (Status is null || execution.Status == Status)
            {
                yield return execution;
                if (--left == 0)
                {
                    yield break;
                }
            }
        }
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
