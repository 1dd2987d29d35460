using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Properties.Running;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>Pauses, which no reference describes: a closed maintenance window that shows in no status.</summary>
internal partial class JobsModel
{
    private string Pause(PauseJob call)
    {
        var job = FindJob(call.JobId);
        if (!job.IsActive || job.IsPaused)
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        job.IsPaused = true;
        job.NotBefore = job.NextBatchAt ?? job.NotBefore;
        job.NextBatchAt = null;
        return Answers.Done;
    }

    private string Resume(ResumeJob call)
    {
        var job = FindJob(call.JobId);
        if (!job.IsActive || !job.IsPaused)
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        job.IsPaused = false;
        if (job.Status == JobStatus.IN_PROGRESS && IsGateOpen(job))
        {
            GoOn(job);
        }
        return Answers.Done;
    }
}
