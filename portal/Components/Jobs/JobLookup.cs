using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>A job that may not be there.</summary>
public static class JobLookup
{
    /// <summary>The job as it is now; null when there is none.</summary>
    public static async Task<JobDetail?> FindAsync(IJobs jobs, string jobId, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
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
