using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Deletes one execution; one in progress only with <paramref name="Force"/> (jobs-reference 15.2).</summary>
public sealed record DeleteExecutionAction(string JobId, string ThingName, long Number, bool Force) : OperatorAction
{
    public override string Label => Force ? "Force delete" : "Delete";

    public override string Question => "Delete this execution?";

    public override LiveScope Scope => new(JobId);

    public static bool IsPossible(JobExecutionStatus status, bool force) => status == JobExecutionStatus.IN_PROGRESS == force;

    public static ActionEffect Effect(JobExecutionStatus status, string thingName, bool force) => !IsPossible(status, force)
        ? new($"The execution on {thingName} is {status.Words().ToLowerInvariant()} now: close this and decide again.", null)
        : new(
            $"Deletes 1 execution, {status.Words().ToLowerInvariant()} on {thingName}" + status switch
            {
                JobExecutionStatus.QUEUED => "; the thing never gets it.",
                JobExecutionStatus.IN_PROGRESS => "; the device can no longer report on it.",
                _ => ", from the job's record and its counters.",
            } + " This cannot be undone.",
            "Delete 1 execution");

    public override async Task<ActionEffect> LookAsync(IJobs jobs)
    {
        var answer = await jobs.ExecuteAsync(new DescribeJobExecution(JobId, ThingName) { ExecutionNumber = Number });
        return Effect(answer.Execution.Status, ThingName, Force);
    }

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await jobs.ExecuteAsync(new DeleteJobExecution(JobId, ThingName) { ExecutionNumber = Number, Force = Force ? true : null });
        return $"The execution on {ThingName} is deleted.";
    }
}
