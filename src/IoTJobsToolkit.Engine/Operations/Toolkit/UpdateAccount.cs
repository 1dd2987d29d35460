using System.Text.Json.Serialization;
using System.Text;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Gives an account another role or password, or unlocks it. With a new role or password it has to sign in again.</summary>
public sealed record UpdateAccount(string AccountName) : Operation<Nothing>
{
    public AccessRole? Role { get; init; }

    /// <summary>12 to 128 characters, not the account's name; it unlocks the account too.</summary>
    public string? Password { get; init; }

    /// <summary>Whether wrong passwords until now are forgotten.</summary>
    public bool? Unlock { get; init; }

    [JsonIgnore]
    internal string? PasswordHash { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.AccountName(AccountName);
        check.Defined("role", Role);
        if (Password is not null)
        {
            check.NewPassword("password", Password, AccountName);
        }
        if (Role is null && Password is null && Unlock is null)
        {
            throw JobsException.InvalidRequest("Say what is to change: role, password or unlock.");
        }
    }

    internal override ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) =>
        new(Password is null ? this : this with { Password = null, PasswordHash = services.Passwords.Hash(Password) });

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.PORTAL_ACCOUNT, AccountName,
        Role is { } role ? $"role {role}" : null, PasswordHash is null ? null : "new password", Unlock == true ? "unlocked" : null);

    internal override Nothing Run(JobsTransaction tx)
    {
        var before = tx.Account(AccountName);
        var after = before with { Role = Role ?? before.Role, PasswordHash = PasswordHash ?? before.PasswordHash };
        if (before.Role == AccessRole.ADMINISTRATOR && after.Role != AccessRole.ADMINISTRATOR)
        {
            tx.RequireAnotherAdministrator(before, "given another role");
        }
        if (after != before)
        {
            after = after with { Stamp = tx.NextSequence() };
        }
        if (Unlock is true || PasswordHash is not null)
        {
            after = after.Unlocked();
        }
        if (after != before)
        {
            tx.Save(before, after);
        }
        return Nothing.Value;
    }

    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(AccountName).Append(", ").Append(Role); // A password is for nobody's log.
        return true;
    }
}
