using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Gives an account a password which whoever asks for it then tells its owner.</summary>
public sealed record ResetPasswordAction(string AccountName, string Password) : OperatorAction
{
    public override string Label => "Reset password";

    public override string Question => "Give this account another password?";

    public override LiveScope Scope => LiveScope.AllJobs;

    public override Task<ActionEffect> LookAsync(IJobs jobs) => Task.FromResult(new ActionEffect(
        $"A new password for {AccountName} is made and shown to you once. The old one no longer counts, and whoever is signed in as {AccountName} is signed out at once.",
        "Make a new password"));

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        await jobs.ExecuteAsync(new UpdateAccount(AccountName) { Password = Password });
        return $"{AccountName} has a new password.";
    }
}
