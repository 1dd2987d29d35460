using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Jobs;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Lets a paused job go on.</summary>
public sealed record ResumeJobAction(string JobId) : OperatorAction
{
    public override string Label => "Resume";

    public override string Question => "Let this job go on?";

    public override LiveScope Scope => new(JobId);

    public override bool TakesComment => true;

    public override bool IsDestructive => false;

    public static ActionEffect Effect(JobDetail job, PauseJobResponse? pause) => pause is null
        ? new("The job is not paused now.", null)
        : new(
            $"Hands out {job.Counts().Queued.Figure()} queued" + (job.IsConcurrent ? " and goes on with the rollout, at the rate it had." : "."),
            "Resume the job");

    public override async Task<ActionEffect> LookAsync(IJobs jobs) =>
        Effect((await jobs.ExecuteAsync(new DescribeJob(JobId))).Job, await jobs.PauseAsync(JobId));

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await jobs.ExecuteAsync(new ResumeJob(JobId) { Comment = comment });
        return $"Job {JobId} goes on.";
    }
}
