using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Portal.Components.Jobs;

public static class PauseLookup
{
    /// <returns>Null while the job is not paused.</returns>
    public static async Task<PauseJobResponse?> PauseAsync(this IJobs jobs, string jobId)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        return (await jobs.ExecuteAsync(new ListPausedJobs { JobId = jobId })).Jobs is [var pause, ..] ? pause : null;
    }
}
