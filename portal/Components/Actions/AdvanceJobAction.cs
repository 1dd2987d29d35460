using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Lets a job pass the stage it stands at, or the jobs it waits for.</summary>
public sealed record AdvanceJobAction(string JobId) : OperatorAction
{
    public override string Label => "Advance";

    public override string Question => "Let this job pass what it stands at?";

    public override LiveScope Scope => new(JobId);

    public override bool TakesComment => true;

    public override bool IsDestructive => false;

    public static bool IsPossible(DescribeJobControlsResponse controls)
    {
        ArgumentNullException.ThrowIfNull(controls);
        return controls.WaitsFor.Count > 0 || controls.Hold == RolloutHold.STAGE;
    }

    public static ActionEffect Effect(DescribeJobControlsResponse controls)
    {
        ArgumentNullException.ThrowIfNull(controls);
        return controls switch
        {
            { WaitsFor: { Count: > 0 } others } => new($"Does not wait for {string.Join(", ", others)} any more.", "Begin the job"),
            { Stage: { } stage } when stage < controls.Stages.Count =>
                new($"Passes stage {stage} of {controls.Stages.Count}: {((long)controls.Stages[stage].Things).Figure("more thing gets", "more things get")} the job.", "Pass the stage"),
            { Stage: not null } => new("Passes the last stage: all the things left get the job.", "Pass the stage"),
            _ => new("The job stands at nothing now.", null),
        };
    }

    public override async Task<ActionEffect> LookAsync(IJobs jobs) => Effect(await jobs.ExecuteAsync(new DescribeJobControls(JobId)));

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment) =>
        $"Job {JobId} is past {(await jobs.ExecuteAsync(new AdvanceJob(JobId) { Comment = comment })).Passed}.";
}
