using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Takes an access key from whoever signs with it.</summary>
public sealed record DeleteAccessKeyAction(string AccessKeyId) : OperatorAction
{
    public override string Label => "Delete";

    public override string Question => "Delete this access key?";

    public override LiveScope Scope => LiveScope.AllJobs;

    public override Task<ActionEffect> LookAsync(IJobs jobs) => Task.FromResult(new ActionEffect(
        $"Refuses from now on whatever is signed with {AccessKeyId}. It cannot be brought back; another can be created.", "Delete the key"));

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        await jobs.ExecuteAsync(new DeleteAccessKey(AccessKeyId));
        return $"The access key {AccessKeyId} is deleted.";
    }
}
