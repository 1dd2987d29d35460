using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Pages of active jobs that something holds, by id.</summary>
internal static class HeldJobs
{
    /// <param name="jobId">This job alone; null for all.</param>
    /// <param name="hold">What holds a job; null where that does not.</param>
    public static (List<(string JobId, THold Hold)> Held, string? NextToken) Page<THold>(
        JobsTransaction tx, string list, string? jobId, int? maxResults, string? nextToken, Func<JobProgress, THold?> hold)
        where THold : class
    {
        var after = PageToken.Read(list, nextToken, 1)?[0];
        var looked = jobId is null ? tx.Memory.VisibleJobs : tx.FindJob(jobId) is { } one ? [new(one, tx.Progress(one))] : [];
        var held = looked
            .Where(entry => entry.Job.CanBeUpdated && string.CompareOrdinal(entry.Job.JobId, after) > 0)
            .Select(entry => (entry.Job.JobId, Hold: hold(entry.Progress)!))
            .Where(entry => entry.Hold is not null)
            .OrderBy(entry => entry.JobId, StringComparer.Ordinal);
        var (page, next) = Operations.Page.Cut(held, maxResults, last => PageToken.Write(list, last.JobId));
        return ([.. page], next);
    }
}
