using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Components.Groups;

/// <summary>A job that is running or scheduled and has the group among its targets.</summary>
/// <param name="Through">The group above through which it has; null where it names the group itself.</param>
public sealed record GroupJob(JobDetail Job, string? Through)
{
    public bool IsContinuous => Job.TargetSelection == TargetSelection.CONTINUOUS;
}

/// <summary>The jobs that are running or scheduled on a group or a group above it; answered from memory.</summary>
public static class GroupJobsQuery
{
    /// <summary>Read of each group and status; more is a list of its own, on the page of jobs.</summary>
    public const int Most = 25;

    public static async Task<IReadOnlyList<GroupJob>> ReadAsync(IJobs jobs, string groupName, CancellationToken cancellationToken = default)
    {
        var group = await jobs.ExecuteAsync(new DescribeThingGroup(groupName), cancellationToken);
        var above = group.ThingGroupMetadata.RootToParentThingGroups ?? [];
        var found = new Dictionary<string, GroupJob>(StringComparer.Ordinal);
        foreach (var name in above.Select(parent => parent.GroupName).Reverse().Prepend(groupName))
        {
            foreach (var status in (JobStatus[])[JobStatus.IN_PROGRESS, JobStatus.SCHEDULED])
            {
                var page = await jobs.ExecuteAsync(new ListJobs { Status = status, ThingGroupName = name, MaxResults = Most }, cancellationToken);
                foreach (var jobId in page.Jobs.Select(job => job.JobId).Where(jobId => !found.ContainsKey(jobId)))
                {
                    if (await JobLookup.FindAsync(jobs, jobId, cancellationToken) is { } job)
                    {
                        found[jobId] = new(job, name == groupName ? null : name);
                    }
                }
            }
        }
        return [.. found.Values];
    }
}
