using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Stops a job: its rollout and its queued executions; those in progress too with <paramref name="Force"/> (jobs-reference 14).</summary>
public sealed record CancelJobAction(string JobId, bool Force) : OperatorAction
{
    public override string Label => Force ? "Force cancel" : "Cancel";

    public override string Question => Force ? "Cancel this job, with all that is in progress?" : "Cancel this job?";

    public override LiveScope Scope => new(JobId);

    public override bool TakesReason => true;

    /// <summary>Whether a job is in a state to be canceled so.</summary>
    public static bool IsPossible(JobDetail job, bool force) => job.Status switch
    {
        JobStatus.IN_PROGRESS or JobStatus.SCHEDULED => !force || job.Counts().InProgress > 0,
        JobStatus.CANCELED => force && job.ForceCanceled != true && job.Counts().InProgress > 0,
        _ => false,
    };

    public static ActionEffect Effect(JobDetail job, bool force)
    {
        var counts = job.Counts();
        if (!IsPossible(job, force))
        {
            return new($"The job is {job.Status.Words().ToLowerInvariant()} now; nothing is left to cancel this way.", null);
        }
        var (ended, rest) = (force, counts.InProgress) switch
        {
            (true, _) => ($"{counts.Queued.Figure()} queued and {counts.InProgress.Figure()} in progress", ", whose devices can no longer report"),
            (false, 0) => ($"{counts.Queued.Figure()} queued", "; none is in progress"),
            (false, 1) => ($"{counts.Queued.Figure()} queued", "; 1 in progress goes on"),
            _ => ($"{counts.Queued.Figure()} queued", $"; {counts.InProgress.Figure()} in progress go on"),
        };
        var rollout = job.Status == JobStatus.IN_PROGRESS && job.IsConcurrent ? " No more executions are created." : "";
        var affected = counts.Queued + (force ? counts.InProgress : 0);
        return new(
            $"Cancels {ended}{rest}.{rollout}",
            affected == 0 ? "Cancel the job" : $"Cancel {affected.Figure("execution", "executions")}");
    }

    public override async Task<ActionEffect> LookAsync(IJobs jobs) => Effect((await jobs.ExecuteAsync(new DescribeJob(JobId))).Job, Force);

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await jobs.ExecuteAsync(new CancelJob(JobId) { Force = Force ? true : null, ReasonCode = reasonCode, Comment = comment });
        return $"Job {JobId} is canceled.";
    }
}
