namespace IoTJobsToolkit.Engine.Access;

/// <summary>Whether somebody knew an account's password; it counts only once <see cref="JobsEngine.CountPasswordAsync"/> has taken it.</summary>
/// <param name="Matches">False too where there is no such account.</param>
public sealed record PasswordCheck(string AccountName, bool Matches)
{
    /// <summary>Of the account that the password was compared with; null where there is none.</summary>
    internal long? Stamp { get; init; }
}

/// <summary>What became of a password.</summary>
public enum PasswordOutcome
{
    Right,
    Wrong,
    UnknownAccount,

    /// <summary>It was wrong once too often: the account is locked from now on.</summary>
    LocksAccount,

    /// <summary>The account is locked, whatever the password.</summary>
    AccountIsLocked,
}

/// <param name="Account">As it is after the attempt; null where there is none.</param>
public sealed record CountedPassword(PasswordOutcome Outcome, Account? Account);

/// <summary>Counts a password that was compared: wrong ones in a row lock the account.</summary>
/// <param name="SignsIn">False where it only allows a change.</param>
internal sealed record CountPassword(PasswordCheck Check, bool SignsIn) : Operation<CountedPassword>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override CountedPassword Run(JobsTransaction tx)
    {
        if (tx.FindAccount(Check.AccountName) is not { } account)
        {
            return new(PasswordOutcome.UnknownAccount, null);
        }
        if (account.IsLockedAt(tx.Now))
        {
            return new(PasswordOutcome.AccountIsLocked, account);
        }
        if (Check.Matches && Check.Stamp == account.Stamp)
        {
            var known = account.Unlocked() with { LastSignInAt = SignsIn ? tx.Now : account.LastSignInAt };
            tx.Save(account, known);
            return new(PasswordOutcome.Right, known);
        }
        var failed = account.AfterWrongPassword(tx.Now);
        tx.Save(account, failed);
        return new(failed.IsLockedAt(tx.Now) ? PasswordOutcome.LocksAccount : PasswordOutcome.Wrong, failed);
    }
}
