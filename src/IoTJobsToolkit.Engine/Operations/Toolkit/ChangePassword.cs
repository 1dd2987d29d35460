using System.Text.Json.Serialization;
using System.Text;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Gives one's own account another password; whoever knows the old one may. Wrong ones count as they do at the sign-in.</summary>
public sealed record ChangePassword(string AccountName, string OldPassword, string NewPassword) : Operation<Nothing>
{
    [JsonIgnore]
    internal string? PasswordHash { get; init; }

    /// <summary>Of the account whose old password was right.</summary>
    [JsonIgnore]
    internal long Stamp { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.AccountName(AccountName);
        check.Required("oldPassword", OldPassword);
        check.NewPassword("newPassword", NewPassword, AccountName);
        if (NewPassword == OldPassword)
        {
            throw JobsException.InvalidRequest("The new password is the old one. Choose another.");
        }
    }

    internal override async ValueTask<Operation> PrepareAsync(JobsEngine engine, CancellationToken cancellationToken)
    {
        var check = engine.CheckPassword(AccountName, OldPassword);
        var (outcome, account) = await engine.CountPasswordAsync(check, signsIn: false, cancellationToken).ConfigureAwait(false);
        return outcome == PasswordOutcome.Right
            ? this with { OldPassword = "", NewPassword = "", PasswordHash = engine.Services.Passwords.Hash(NewPassword), Stamp = account!.Stamp }
            : throw Refused();
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.PORTAL_ACCOUNT, AccountName);

    internal override Nothing Run(JobsTransaction tx)
    {
        var before = tx.FindAccount(AccountName);
        if (before?.Stamp != Stamp)
        {
            throw Refused();
        }
        tx.Save(before, before.Unlocked() with { PasswordHash = PasswordHash!, Stamp = tx.NextSequence() });
        return Nothing.Value;
    }

    /// <summary>The same for all reasons: a stranger learns nothing from it.</summary>
    private JobsException Refused() => new(
        JobsError.AccessDenied,
        $"The old password of {AccountName} is not right, or the account is locked: {Account.MaxFailedAttempts} wrong passwords in a row lock it for " +
        $"{Account.LockTime.TotalMinutes:0} minutes. An administrator can unlock it or set another password.");

    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(AccountName); // A password is for nobody's log.
        return true;
    }
}
