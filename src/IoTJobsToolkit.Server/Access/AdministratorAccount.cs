using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire.Credentials;

namespace IoTJobsToolkit.Server.Access;

/// <summary>
/// Sees to it that somebody can sign in to the portal to begin with: with the password given as a setting, else with the one that an earlier version kept in a
/// file, else with one that is made and shown once.
/// </summary>
internal sealed class AdministratorAccount(JobsEngine engine, IPasswords passwords, CredentialsFile file, ServerSettings settings)
{
    public const string Name = "admin";

    /// <summary>The password made in this run, to be shown once; null when there was one, or one was given.</summary>
    public string? NewPassword { get; private set; }

    public async Task EnsureAsync(CancellationToken cancellationToken)
    {
        if (settings.Bootstrap.AdminPassword is { } given)
        {
            await KeepGivenAsync(given, cancellationToken).ConfigureAwait(false);
        }
        else if (!engine.Accounts.Values.Any(account => account.Role == AccessRole.ADMINISTRATOR))
        {
            var made = file.AdminPasswordHash is null ? RandomText.Password() : null;
            await engine.KeepAccountAsync(Name, made is null ? file.AdminPasswordHash! : passwords.Hash(made), cancellationToken).ConfigureAwait(false);
            NewPassword = made;
        }
        file.ForgetPassword();
    }

    /// <summary>The same password again unlocks its account and ends no session.</summary>
    private Task KeepGivenAsync(string password, CancellationToken cancellationToken)
    {
        var kept = engine.Accounts.GetValueOrDefault(Name);
        if (kept is { Role: AccessRole.ADMINISTRATOR } && passwords.Matches(kept.PasswordHash, password))
        {
            return engine.As(Caller.System).ExecuteAsync(new UpdateAccount(kept.Name) { Unlock = true }, cancellationToken);
        }
        var former = kept is null && file.AdminPasswordHash is { } hash && passwords.Matches(hash, password) ? hash : null;
        return engine.KeepAccountAsync(Name, former ?? passwords.Hash(password), cancellationToken);
    }
}
