using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Tells of which job this one is a restart, and which jobs are restarts of it.</summary>
public sealed record DescribeJobLineage(string JobId) : Operation<DescribeJobLineageResponse>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.JobId(JobId);

    internal override DescribeJobLineageResponse Run(JobsTransaction tx)
    {
        var job = tx.Job(JobId);
        var restarts = tx.Memory.VisibleJobs.Where(entry => entry.Job.RestartOf == JobId && entry.Job.Sequence > job.Sequence);
        return new(JobId, restarts.OrderBy(entry => entry.Job.Sequence).Select(entry => entry.Job.JobId).ToArray()) { RestartOf = job.RestartOf };
    }
}

/// <param name="Restarts">Ids of the jobs that <see cref="RestartJob"/> made of this one and that are still there, oldest first.</param>
public sealed record DescribeJobLineageResponse(string JobId, IReadOnlyList<string> Restarts)
{
    /// <summary>Id of the job of which this one was made; that job may be gone. Null where it was made by itself.</summary>
    public string? RestartOf { get; init; }
}
