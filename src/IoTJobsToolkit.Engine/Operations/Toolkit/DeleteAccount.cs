using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Deletes an account; whoever is signed in with it no longer is.</summary>
public sealed record DeleteAccount(string AccountName) : Operation<Nothing>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check) => check.AccountName(AccountName);

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.PORTAL_ACCOUNT, AccountName);

    internal override Nothing Run(JobsTransaction tx)
    {
        var account = tx.Account(AccountName);
        if (account.Role == AccessRole.ADMINISTRATOR)
        {
            tx.RequireAnotherAdministrator(account, "deleted");
        }
        tx.Delete(account);
        return Nothing.Value;
    }
}
