using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Teaching;

/// <summary>
/// A refusal in words for whoever typed the command, with what stands in the way as it is now: that takes a request or a few more.
/// </summary>
/// <param name="Force">How the cmdlet's user says the API's force.</param>
/// <param name="IsAws">Each request there takes its time and counts against a quota.</param>
internal sealed record Lesson(IJobs Jobs, string Force, bool IsAws)
{
    private int Pages => IsAws ? 1 : 4;

    /// <returns>Null where there is nothing to say beside the refusal's own message.</returns>
    public async Task<string?> OfAsync(JobsException refusal, Operation operation, CancellationToken stop) => (refusal.Error, operation) switch
    {
        (JobsError.InvalidStateTransition, CancelJobExecution { Force: not true } cancel) =>
            await RunningAsync(new(cancel.JobId, cancel.ThingName), "cancel", stop).ConfigureAwait(false),
        (JobsError.InvalidStateTransition, DeleteJobExecution { Force: not true } delete) =>
            await RunningAsync(new(delete.JobId, delete.ThingName) { ExecutionNumber = delete.ExecutionNumber }, "delete", stop).ConfigureAwait(false),
        (JobsError.InvalidStateTransition, DeleteJob { Force: not true } delete) => NotEnded(await JobAsync(delete.JobId, stop).ConfigureAwait(false)),
        (JobsError.InvalidRequest, CancelJob { Force: not true } cancel) => Canceled(await JobAsync(cancel.JobId, stop).ConfigureAwait(false)),
        (JobsError.ResourceNotFound, _) or (JobsError.InvalidRequest, CreateThingGroup { ParentGroupName: not null }) =>
            await MeantAsync(refusal, operation, stop).ConfigureAwait(false),
        _ => null,
    };

    private async Task<JobDetail> JobAsync(string id, CancellationToken stop) =>
        (await Jobs.ExecuteAsync(new DescribeJob(id), stop).ConfigureAwait(false)).Job;

    private async Task<string?> RunningAsync(DescribeJobExecution execution, string change, CancellationToken stop)
    {
        var found = await Jobs.ExecuteAsync(execution, stop).ConfigureAwait(false);
        return found.Execution.Status == JobExecutionStatus.IN_PROGRESS
            ? $"The execution of job {execution.JobId} on thing {execution.ThingName} is IN_PROGRESS; use {Force} to {change} it."
            : null;
    }

    private string? NotEnded(JobDetail job) => job.Status is JobStatus.IN_PROGRESS or JobStatus.SCHEDULED
        ? $"Job {job.JobId} is {job.Status}; use {Force} to {(Running(job) > 0 ? $"cancel its running executions ({Running(job)} of them) and delete it" : "delete it with its executions")}, " +
            "or cancel it first with Stop-IoTJob."
        : null;

    private string? Canceled(JobDetail job) => job.Status != JobStatus.CANCELED
        ? null
        : Running(job) > 0
            ? $"Job {job.JobId} is CANCELED already; use {Force} to cancel its running executions too ({Running(job)} of them)."
            : $"Job {job.JobId} is CANCELED already; none of its executions is running.";

    private static long Running(JobDetail job) => job.JobProcessDetails.NumberOfInProgressThings;

    private async Task<string?> MeantAsync(JobsException refusal, Operation operation, CancellationToken stop)
    {
        if (Missing.Of(operation, refusal.Message) is not var (name, kind))
        {
            return null;
        }
        var names = await NearNames.FindAsync(Jobs, kind, name, Pages, IsAws, stop).ConfigureAwait(false);
        return names.Count == 0 ? null : $"{refusal.Message} Did you mean {string.Join(" or ", names)}?";
    }
}
