using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Deletes a job with its executions; with <paramref name="Force"/> one which has not ended (jobs-reference 15.1).</summary>
public sealed record DeleteJobAction(string JobId, bool Force) : OperatorAction
{
    public override string Label => Force ? "Force delete" : "Delete";

    public override string Question => Force ? "Delete this job before it has ended?" : "Delete this job?";

    public override LiveScope Scope => new(JobId);

    /// <summary>Whether a job is in a state to be deleted so.</summary>
    public static bool IsPossible(JobDetail job, bool force) => job.Status switch
    {
        JobStatus.COMPLETED or JobStatus.CANCELED => !force,
        JobStatus.IN_PROGRESS or JobStatus.SCHEDULED => force,
        _ => false,
    };

    public static ActionEffect Effect(JobDetail job, bool force)
    {
        if (!IsPossible(job, force))
        {
            return new(
                job.Status == JobStatus.DELETION_IN_PROGRESS
                    ? "The job is being deleted already."
                    : $"The job is {job.Status.Words().ToLowerInvariant()} now: close this and decide again.",
                null);
        }
        var counts = job.Counts();
        var pending = (counts.Queued, counts.InProgress) switch
        {
            (0, 0) => "",
            (var queued, 0) => $"; {queued.Figure()} queued are never carried out",
            (0, var running) => $"; {running.Figure()} in progress can no longer report",
            var (queued, running) => $"; {queued.Figure()} queued are never carried out, {running.Figure()} in progress can no longer report",
        };
        return new(
            $"Deletes the job with its {counts.Total.Figure("execution", "executions")}{pending}. This cannot be undone.",
            counts.Total == 0 ? "Delete the job" : $"Delete {counts.Total.Figure("execution", "executions")}");
    }

    public override async Task<ActionEffect> LookAsync(IJobs jobs) => Effect((await jobs.ExecuteAsync(new DescribeJob(JobId))).Job, Force);

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await jobs.ExecuteAsync(new DeleteJob(JobId) { Force = Force ? true : null });
        return $"Job {JobId} is being deleted.";
    }
}
