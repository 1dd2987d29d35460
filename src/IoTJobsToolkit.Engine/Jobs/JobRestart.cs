using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>Makes one new job of a job that has ended, for any number of its things, as one caller by several calls.</summary>
public static class JobRestart
{
    /// <summary>So many things are targets themselves; more of them go into a group that has the new job's id for its name.</summary>
    public const int MaxThings = JobTargets.MaxTargets;

    private const int MaxIdLength = 64;
    private const int CallsAtATime = 16;

    /// <summary>An id which no job has: that of the job with <c>-retry-1</c>, or with the next number.</summary>
    public static async Task<string> FindFreeIdAsync(IJobs jobs, string jobId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(jobId);
        for (var number = 1; ; number++)
        {
            var end = $"-retry-{number}";
            var id = jobId[..Math.Min(jobId.Length, MaxIdLength - end.Length)] + end;
            try
            {
                await jobs.ExecuteAsync(new DescribeJob(id), cancellationToken).ConfigureAwait(false);
            }
            catch (JobsException refusal) when (refusal.Error == JobsError.ResourceNotFound)
            {
                return id;
            }
        }
    }

    /// <param name="thingNames">At least one; each once.</param>
    /// <exception cref="JobsException">The job has not ended, the id or the group's name is taken, a thing is gone: no job was made, and no group is left.</exception>
    public static async Task<RestartJobResponse> RunAsync(
        IJobs jobs, string jobId, string newJobId, IReadOnlyList<string> thingNames, string? comment = null, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(thingNames);
        if (thingNames.Count <= MaxThings)
        {
            var job = (await jobs.ExecuteAsync(new DescribeJob(jobId), cancellationToken).ConfigureAwait(false)).Job;
            var prefix = job.JobArn[..^$"job/{jobId}".Length];
            return await RestartAsync(thingNames.Select(name => $"{prefix}thing/{name}")).ConfigureAwait(false);
        }
        var group = await jobs.ExecuteAsync(
            new CreateThingGroup(newJobId) { ThingGroupProperties = new() { ThingGroupDescription = $"Things on which job {jobId} is tried once more" } },
            cancellationToken).ConfigureAwait(false);
        try
        {
            await Parallel.ForEachAsync(
                thingNames,
                new ParallelOptions { MaxDegreeOfParallelism = CallsAtATime, CancellationToken = cancellationToken },
                async (name, stop) => await jobs.ExecuteAsync(
                    new AddThingToThingGroup { ThingGroupName = newJobId, ThingName = name }, stop).ConfigureAwait(false)).ConfigureAwait(false);
            return await RestartAsync([group.ThingGroupArn]).ConfigureAwait(false);
        }
        catch
        {
            await jobs.ExecuteAsync(new DeleteThingGroup(newJobId), CancellationToken.None).ConfigureAwait(false);
            throw;
        }

        Task<RestartJobResponse> RestartAsync(IEnumerable<string> targets) =>
            jobs.ExecuteAsync(new RestartJob(jobId, newJobId, [.. targets]) { Comment = comment }, cancellationToken);
    }
}
