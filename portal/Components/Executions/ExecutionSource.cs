using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Components.Executions;

/// <summary>Which executions a grid shows: a job's by queueing, or a thing's, newest first.</summary>
public sealed record ExecutionSource
{
    public const int PageSize = 50;

    public string? JobId { get; private init; }

    public string? ThingName { get; private init; }

    public JobExecutionStatus? Status { get; private init; }

    public static ExecutionSource OfJob(string jobId, JobExecutionStatus? status) => new() { JobId = jobId, Status = status };

    public static ExecutionSource OfThing(string thingName, JobExecutionStatus? status) => new() { ThingName = thingName, Status = status };

    /// <summary>Whether an execution which is not on the page may belong on it.</summary>
    /// <param name="isFirst">The page is the first.</param>
    /// <param name="isLast">The page is the last.</param>
    public bool MayJoin(JobExecutionStatus status, bool isFirst, bool isLast) =>
        Status is { } wanted ? status == wanted : JobId is not null ? isLast : isFirst;

    public async Task<(IReadOnlyList<ExecutionLine> Lines, string? Next)> ReadAsync(IJobs jobs, string? token)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        if (JobId is not null)
        {
            var ofJob = await jobs.ExecuteAsync(
                new ListJobExecutionsForJob(JobId) { Status = Status, MaxResults = PageSize, NextToken = token });
            return ([.. ofJob.ExecutionSummaries.Select(line => ExecutionLine.Of(JobId, line.ThingName, line.JobExecutionSummary))], ofJob.NextToken);
        }
        var ofThing = await jobs.ExecuteAsync(
            new ListJobExecutionsForThing(ThingName!) { Status = Status, MaxResults = PageSize, NextToken = token });
        return ([.. ofThing.ExecutionSummaries.Select(line => ExecutionLine.Of(line.JobId, ThingName!, line.JobExecutionSummary))], ofThing.NextToken);
    }
}
