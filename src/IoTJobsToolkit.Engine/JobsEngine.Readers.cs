using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Engine;

/// <summary>What readers in this process are given whole, which callers ask for piece by piece.</summary>
public sealed partial class JobsEngine
{
    /// <summary>The ids of all jobs that match, in the order asked for: from memory, on the thread that asks.</summary>
    public Task<IReadOnlyList<string>> ReadJobOrderAsync(JobsFilter filter, JobsOrder order, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new ReadJobOrder(filter, order), Caller.System, cancellationToken);

    /// <summary>The jobs of these ids which are there, in the order of the ids.</summary>
    public Task<IReadOnlyList<JobDetail>> ReadJobsAsync(IReadOnlyList<string> jobIds, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new ReadJobs(jobIds), Caller.System, cancellationToken);

    /// <summary>One execution with its history, those of the same job on the same thing, and what stands before it.</summary>
    /// <param name="number">The execution's number on its thing.</param>
    /// <exception cref="JobsException"><see cref="JobsError.ResourceNotFound"/>.</exception>
    public Task<FoundExecution> FindExecutionAsync(string jobId, string thingName, long number, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new FindExecution(jobId, thingName, number), Caller.System, cancellationToken);
}
