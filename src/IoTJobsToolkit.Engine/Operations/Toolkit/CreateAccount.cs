using System.Text.Json.Serialization;
using System.Text;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Makes an account for the portal.</summary>
/// <param name="AccountName">1 to 64 letters, digits and <c>. _ @ + -</c>; no other account may have it, in whatever case.</param>
/// <param name="Password">12 to 128 characters, not the account's name.</param>
public sealed record CreateAccount(string AccountName, AccessRole? Role, string Password) : Operation<CreateAccountResponse>
{
    /// <summary>All accounts are kept in memory, and whoever needs this many has a provider of identities.</summary>
    internal const int MaxAccounts = 1_000;

    [JsonIgnore]
    internal string? PasswordHash { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.AccountName(AccountName);
        check.Required("role", Role);
        check.Defined("role", Role);
        check.NewPassword("password", Password, AccountName);
    }

    internal override ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) =>
        new(this with { Password = "", PasswordHash = services.Passwords.Hash(Password) });

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.PORTAL_ACCOUNT, AccountName, Role.ToString());

    internal override CreateAccountResponse Run(JobsTransaction tx)
    {
        if (tx.FindAccount(AccountName) is { } other)
        {
            throw new JobsException(JobsError.ResourceAlreadyExists, $"There is an account {other.Name} already.");
        }
        if (tx.Memory.Accounts.ByName.Count >= MaxAccounts)
        {
            throw JobsException.LimitExceeded($"There are {MaxAccounts} accounts already; delete those that are no longer used.");
        }
        var account = new Account
        {
            Sequence = tx.NextSequence(),
            Name = AccountName,
            Role = Role!.Value,
            PasswordHash = PasswordHash!,
            Stamp = tx.NextSequence(),
            CreatedAt = tx.Now,
            CreatedBy = tx.Caller.Name,
        };
        tx.Save(null, account);
        return new(account.Name, account.Role, account.CreatedAt);
    }

    protected override bool PrintMembers(StringBuilder builder)
    {
        builder.Append(AccountName).Append(", ").Append(Role); // A password is for nobody's log.
        return true;
    }
}

public sealed record CreateAccountResponse(string AccountName, AccessRole Role, DateTimeOffset CreatedAt);
