using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Jobs;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Lets a job go that waits for approval.</summary>
public sealed record ApproveJobAction(string JobId) : OperatorAction
{
    public override string Label => "Approve";

    public override string Question => "Approve this job?";

    public override LiveScope Scope => new(JobId);

    public override bool TakesComment => true;

    public override bool IsDestructive => false;

    public static ActionEffect Effect(JobApprovalRequest? request) => request is null
        ? new("The job does not wait for approval now.", null)
        : new($"Lets {request.RequestedBy}'s job go: its devices get it, as its rollout and schedule say.", "Approve the job");

    public override async Task<ActionEffect> LookAsync(IJobs jobs) => Effect(await jobs.ApprovalAsync(JobId));

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await jobs.ExecuteAsync(new ApproveJob(JobId) { Comment = comment });
        return $"Job {JobId} is approved.";
    }
}

/// <summary>Cancels a job that waits for approval.</summary>
public sealed record DenyJobAction(string JobId) : OperatorAction
{
    public override string Label => "Deny";

    public override string Question => "Deny this job?";

    public override LiveScope Scope => new(JobId);

    public override bool TakesComment => true;

    public static ActionEffect Effect(JobApprovalRequest? request) => request is null
        ? new("The job does not wait for approval now.", null)
        : new($"Cancels {request.RequestedBy}'s job; no device gets it.", "Deny the job");

    public override async Task<ActionEffect> LookAsync(IJobs jobs) => Effect(await jobs.ApprovalAsync(JobId));

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await jobs.ExecuteAsync(new DenyJob(JobId) { Comment = comment });
        return $"Job {JobId} is denied.";
    }
}
