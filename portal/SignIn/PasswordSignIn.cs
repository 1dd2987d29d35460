using System.Net;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Portal.SignIn;

/// <summary>Names and passwords of accounts. Strangers learn nothing from a refusal, neither by its words nor by the time it takes.</summary>
internal sealed class PasswordSignIn(JobsEngine engine, SignInWatch watch)
{
    /// <summary>The account that the password is of; null where it is refused, for whatever reason.</summary>
    public async Task<Account?> SignInAsync(string accountName, string password, IPAddress? from)
    {
        var check = engine.CheckPassword(accountName, password);
        // Whether the database had something to write would show in the time, and with it that a password guessed at a locked account is right.
        var isAwaited = check.Matches && engine.Accounts.GetValueOrDefault(check.AccountName)?.IsLockedAt(engine.Time) is false;
        var counting = CountAsync(check, from, isAwaited);
        return isAwaited ? await counting : null;
    }

    private async Task<Account?> CountAsync(PasswordCheck check, IPAddress? from, bool isAwaited)
    {
        try
        {
            var (outcome, account) = await engine.CountPasswordAsync(check, signsIn: true);
            await watch.TellAsync(new(outcome, account?.Name, from, "password") { Role = outcome == PasswordOutcome.Right ? account?.Role : null });
            return outcome == PasswordOutcome.Right ? account : null;
        }
        catch (Exception fault) when (!isAwaited)
        {
            watch.TellFault("A refused password could not be counted.", fault); // Nobody waits for it.
            return null;
        }
    }
}
