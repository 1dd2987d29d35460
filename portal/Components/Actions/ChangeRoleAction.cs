using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Gives an account another role. It asks, for a key pressed on a closed list of roles chooses at once.</summary>
public sealed record ChangeRoleAction(string AccountName, AccessRole Before, AccessRole Role) : OperatorAction
{
    public override string Label => "Change role";

    public override string Question => "Give this account another role?";

    public override LiveScope Scope => LiveScope.AllJobs;

    private string NewRole => Role.ToString().ToLowerInvariant();

    public override Task<ActionEffect> LookAsync(IJobs jobs) => Task.FromResult(new ActionEffect(
        $"{AccountName} is {Before.ToString().ToLowerInvariant()} and becomes {NewRole}; whoever is signed in as {AccountName} is signed out at once.", $"Make it {NewRole}"));

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        await jobs.ExecuteAsync(new UpdateAccount(AccountName) { Role = Role });
        return $"{AccountName} is {NewRole} now and has to sign in again.";
    }
}
