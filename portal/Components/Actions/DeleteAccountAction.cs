using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Live;

namespace IoTJobsToolkit.Portal.Components.Actions;

/// <summary>Takes the portal from somebody.</summary>
public sealed record DeleteAccountAction(string AccountName) : OperatorAction
{
    public override string Label => "Delete";

    public override string Question => "Delete this account?";

    public override LiveScope Scope => LiveScope.AllJobs;

    public override async Task<ActionEffect> LookAsync(IJobs jobs)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        var accounts = (await jobs.ExecuteAsync(new ListAccounts())).Accounts;
        return accounts.Where(account => account.Role == AccessRole.ADMINISTRATOR && account.LockedUntil is null).ToList() is [var last] && last.AccountName == AccountName
            ? new($"{AccountName} is the only administrator who can sign in. Make another account an administrator first, or unlock one.", null)
            : new($"Whoever is signed in as {AccountName} is signed out at once, and the password no longer counts. What {AccountName} did stays in the history.", "Delete the account");
    }

    public override async Task<string> RunAsync(IJobs jobs, string? reasonCode, string? comment)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        await jobs.ExecuteAsync(new DeleteAccount(AccountName));
        return $"The account {AccountName} is deleted.";
    }
}
