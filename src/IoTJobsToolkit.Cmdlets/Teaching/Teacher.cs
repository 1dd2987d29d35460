using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Teaching;

/// <summary>A refusal in words for whoever typed the command.</summary>
/// <param name="NextStep">Null where that of the refusal fits.</param>
internal sealed record Lesson(string Message, string? NextStep = null);

/// <summary>Says a refusal with what stands in the way as it is now: that takes a request or a few more.</summary>
/// <param name="Force">How the cmdlet's user says the API's force.</param>
/// <param name="IsAws">Each request there takes its time and counts against a quota.</param>
internal sealed record Teacher(IJobs Jobs, string Force, bool IsAws)
{
    private int Pages => IsAws ? 1 : 4;

    /// <returns>Null where there is nothing to say beside the refusal's own message.</returns>
    public async Task<Lesson?> TeachAsync(JobsException refusal, Operation operation, CancellationToken stop) => (refusal.Error, operation) switch
    {
        (JobsError.InvalidStateTransition, CancelJobExecution { Force: not true } cancel) =>
            await RunningAsync(refusal, new(cancel.JobId, cancel.ThingName), "cancel", stop).ConfigureAwait(false),
        (JobsError.InvalidStateTransition, DeleteJobExecution { Force: not true } delete) =>
            await RunningAsync(refusal, new(delete.JobId, delete.ThingName) { ExecutionNumber = delete.ExecutionNumber }, "delete", stop).ConfigureAwait(false),
        (JobsError.InvalidStateTransition, DeleteJob { Force: not true } delete) => NotEnded(await JobAsync(delete.JobId, stop).ConfigureAwait(false)),
        (JobsError.InvalidRequest, CancelJob { Force: not true } cancel) => Canceled(await JobAsync(cancel.JobId, stop).ConfigureAwait(false)),
        (JobsError.ResourceNotFound, _) or (JobsError.InvalidRequest, CreateThingGroup { ParentGroupName: not null }) =>
            await MeantAsync(refusal, operation, stop).ConfigureAwait(false),
        _ => null,
    };

    private async Task<JobDetail> JobAsync(string id, CancellationToken stop) =>
        (await Jobs.ExecuteAsync(new DescribeJob(id), stop).ConfigureAwait(false)).Job;

    private async Task<Lesson> RunningAsync(JobsException refusal, DescribeJobExecution execution, string change, CancellationToken stop)
    {
        var found = await Jobs.ExecuteAsync(execution, stop).ConfigureAwait(false);
        return found.Execution.Status == JobExecutionStatus.IN_PROGRESS
            ? new(
                $"The execution of job {execution.JobId} on thing {execution.ThingName} is IN_PROGRESS; use {Force} to {change} it.",
                $"Wait until it has ended, or repeat with {Force}: its device can no longer report then.")
            : new(refusal.Message, "It has ended: see it with Get-IoTJobExecution.");
    }

    private Lesson? NotEnded(JobDetail job) => (job.Status, Running(job)) switch
    {
        (not (JobStatus.IN_PROGRESS or JobStatus.SCHEDULED), _) => null,
        (_, null) => new(
            $"Job {job.JobId} is {job.Status}; use {Force} to delete it with its executions, or cancel it first with Stop-IoTJob.",
            $"Cancel it with Stop-IoTJob, or repeat with {Force}."),
        (_, { } running) => new(
            $"Job {job.JobId} is {job.Status}; use {Force} to cancel {running} and delete it, or cancel it first with Stop-IoTJob.",
            $"Cancel it with Stop-IoTJob and wait, or repeat with {Force}: devices that are at it can no longer report then."),
    };

    private Lesson? Canceled(JobDetail job) => (job.Status, Running(job)) switch
    {
        (not JobStatus.CANCELED, _) => null,
        (_, null) => new($"Job {job.JobId} is CANCELED already; none of its executions is running.", "Nothing is left to cancel."),
        (_, { } running) => new(
            $"Job {job.JobId} is CANCELED already; use {Force} to cancel {running} too.", $"Wait until what runs has ended, or repeat with {Force}."),
    };

    /// <summary>Null where none runs.</summary>
    private static string? Running(JobDetail job) => job.JobProcessDetails.NumberOfInProgressThings switch
    {
        0 => null,
        1 => "its one running execution",
        var many => $"its running executions ({many} of them)",
    };

    private async Task<Lesson?> MeantAsync(JobsException refusal, Operation operation, CancellationToken stop)
    {
        if (Missing.Of(operation, refusal.Message) is not var (name, kind))
        {
            return null;
        }
        var names = await NearNames.FindAsync(Jobs, kind, name, Pages, IsAws, stop).ConfigureAwait(false);
        return names.Count == 0 ? null : new($"{refusal.Message} Did you mean {string.Join(" or ", names)}?");
    }
}
