using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>What the overview is asked for.</summary>
public sealed record JobsFilter(JobStatus? Status = null, string? Text = null)
{
    public bool IsEmpty => Status is null && Text is null;

    internal bool Matches(JobDetail job) =>
        Text is not { } text || Contains(job.JobId, text) || Contains(job.Description, text) || job.Targets.Any(target => Contains(target, text));

    private static bool Contains(string? value, string text) => value?.Contains(text, StringComparison.OrdinalIgnoreCase) == true;
}

/// <summary>One page of the overview, in ListJobs' order.</summary>
/// <param name="Next">Where the next page begins; null on the last.</param>
public sealed record JobsPageOfRows(IReadOnlyList<JobDetail> Rows, string? Next);

/// <summary>Reads the overview: ListJobs for the order, DescribeJob for what a row shows. Both are answered from memory.</summary>
public static class JobsQuery
{
    public const int PageSize = 25;

    public static async Task<JobsPageOfRows> ReadAsync(IJobs jobs, JobsFilter filter, string? token, CancellationToken cancellationToken)
    {
        var rows = new List<JobDetail>();
        do
        {
            // No more than are still wanted, so that the token always stands right behind the last row.
            var list = await jobs.ExecuteAsync(
                new ListJobs { Status = filter.Status, MaxResults = PageSize - rows.Count, NextToken = token }, cancellationToken);
            foreach (var summary in list.Jobs)
            {
                if (await DescribeAsync(jobs, summary.JobId, cancellationToken) is { } job && filter.Matches(job))
                {
                    rows.Add(job);
                }
            }
            token = list.NextToken;
            cancellationToken.ThrowIfCancellationRequested();
        }
        while (token is not null && rows.Count < PageSize);
        return new(rows, token);
    }

    /// <summary>The job as it is now; null when it is gone.</summary>
    public static async Task<JobDetail?> DescribeAsync(IJobs jobs, string jobId, CancellationToken cancellationToken = default)
    {
        try
        {
            return (await jobs.ExecuteAsync(new DescribeJob(jobId), cancellationToken)).Job;
        }
        catch (JobsException exception) when (exception.Error == JobsError.ResourceNotFound)
        {
            return null;
        }
    }
}
