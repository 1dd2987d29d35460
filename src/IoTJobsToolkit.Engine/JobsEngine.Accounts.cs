using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Engine;

/// <summary>Accounts of the portal, and whether somebody knows their password.</summary>
public sealed partial class JobsEngine
{
    private string? _nobodysHash;

    /// <summary>All accounts by name in whatever case, as of the last commit.</summary>
    public IReadOnlyDictionary<string, Account> Accounts => _memory.Accounts.ByName;

    /// <summary>Compares a password, which takes its time, and as long where there is no such account. It counts nowhere yet.</summary>
    public PasswordCheck CheckPassword(string accountName, string password)
    {
        ArgumentNullException.ThrowIfNull(accountName);
        ArgumentNullException.ThrowIfNull(password);
        var nobody = _nobodysHash ??= Services.Passwords.Hash("nobody's password");
        var account = Accounts.GetValueOrDefault(accountName);
        var matches = Services.Passwords.Matches(account?.PasswordHash ?? nobody, password);
        return new(account?.Name ?? accountName, account is not null && matches) { Stamp = account?.Stamp };
    }

    /// <summary>Counts a password that was compared: <see cref="Account.MaxFailedAttempts"/> wrong ones in a row lock the account.</summary>
    /// <param name="signsIn">Whether it is a sign-in, to be remembered with its time.</param>
    public Task<CountedPassword> CountPasswordAsync(PasswordCheck check, bool signsIn, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new CountPassword(check, signsIn), Caller.System, cancellationToken);

    /// <summary>Keeps an administrator's account which the installation gives, with this password from now on.</summary>
    public Task KeepAccountAsync(string accountName, string passwordHash, CancellationToken cancellationToken = default) =>
        ExecuteAsync(new KeepAccount(accountName, passwordHash), Caller.System, cancellationToken);
}
