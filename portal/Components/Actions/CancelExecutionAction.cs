using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Cancels one execution: a queued one, or with <paramref name="Force"/> one in progress (jobs-reference 3).</summary>
public sealed record CancelExecutionAction(string JobId, string ThingName, long Number, bool Force) : OperatorAction
{
    public override string Label => Force ? "Force cancel" : "Cancel";

    public override string Question => "Cancel this execution?";

    public override LiveScope Scope => new(JobId);

    public static bool IsPossible(JobExecutionStatus status, bool force) =>
        status == (force ? JobExecutionStatus.IN_PROGRESS : JobExecutionStatus.QUEUED);

    public static ActionEffect Effect(JobExecutionStatus status, string thingName, bool force) => !IsPossible(status, force)
        ? new($"The execution on {thingName} is {status.Words().ToLowerInvariant()} now: close this and decide again.", null)
        : force
            ? new($"Cancels 1 execution in progress on {thingName}; the device can no longer report on it.", "Cancel 1 execution")
            : new($"Cancels 1 queued execution; {thingName} never gets it.", "Cancel 1 execution");

    public override async Task<ActionEffect> LookAsync(IJobs jobs)
    {
        var answer = await jobs.ExecuteAsync(new DescribeJobExecution(JobId, ThingName) { ExecutionNumber = Number });
        return Effect(answer.Execution.Status, ThingName, Force);
    }

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await jobs.ExecuteAsync(new CancelJobExecution(JobId, ThingName) { Force = Force ? true : null });
        return $"The execution on {ThingName} is canceled.";
    }
}
