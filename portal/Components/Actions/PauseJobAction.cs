using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Jobs;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Holds a job until somebody lets it go on.</summary>
public sealed record PauseJobAction(string JobId) : OperatorAction
{
    public override string Label => "Pause";

    public override string Question => "Pause this job?";

    public override LiveScope Scope => new(JobId);

    public override bool TakesComment => true;

    public override bool IsDestructive => false;

    public static bool IsPossible(JobDetail job) => job.Status is JobStatus.IN_PROGRESS or JobStatus.SCHEDULED;

    public static ActionEffect Effect(JobDetail job, PauseJobResponse? pause)
    {
        var counts = job.Counts();
        if (pause is not null || !IsPossible(job))
        {
            return new(pause is null ? $"The job is {job.Status.Words().ToLowerInvariant()} now." : $"{pause.PausedBy} has paused it already.", null);
        }
        var running = counts.InProgress switch { 0 => "", 1 => " 1 in progress goes on.", _ => $" {counts.InProgress.Figure()} in progress go on." };
        return new($"Holds {counts.Queued.Figure()} queued, and whatever is still to come, until the job is resumed.{running}", "Pause the job");
    }

    public override async Task<ActionEffect> LookAsync(IJobs jobs) =>
        Effect((await jobs.ExecuteAsync(new DescribeJob(JobId))).Job, await jobs.PauseAsync(JobId));

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await jobs.ExecuteAsync(new PauseJob(JobId) { Comment = comment });
        return $"Job {JobId} is paused.";
    }
}
