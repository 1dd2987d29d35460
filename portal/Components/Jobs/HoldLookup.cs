using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>What people hold a job by.</summary>
public static class HoldLookup
{
    /// <returns>Null while the job is not paused.</returns>
    public static async Task<PauseJobResponse?> PauseAsync(this IJobs jobs, string jobId)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return (await jobs.ExecuteAsync(new ListPausedJobs { JobId = jobId })).Jobs is [var pause, ..] ? pause : null;
    }

    /// <returns>Null while the job does not wait for approval.</returns>
    public static async Task<JobApprovalRequest?> ApprovalAsync(this IJobs jobs, string jobId)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return (await jobs.ExecuteAsync(new ListJobApprovals { JobId = jobId })).Jobs is [var request, ..] ? request : null;
    }
}
