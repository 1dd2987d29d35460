using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>
/// A cancel reaches executions slice by slice, but counts from the moment it was asked for: whoever looks at an execution
/// which it has not reached yet sees it canceled already.
/// </summary>
internal static class Sweeping
{
    /// <summary>The execution as the job's sweep will leave it.</summary>
    public static JobExecution Apply(Job job, JobProgress progress, JobExecution execution) =>
        job.Status == JobStatus.CANCELED && progress.Sweep is { Kind: SweepKind.Cancel } sweep
            ? execution.Cancel(sweep.Force, sweep.Origin, sweep.By, sweep.At) ?? execution
            : execution;

    /// <summary>Whether the thing no longer gets to see its pending execution.</summary>
    public static bool IsHidden(Job job, JobExecution execution) => job.Status switch
    {
        JobStatus.DELETION_IN_PROGRESS => true,
        JobStatus.CANCELED => job.ForceCanceled == true || execution.Status == JobExecutionStatus.QUEUED,
        _ => false,
    };
}
