using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Lists accounts by name.</summary>
public sealed record ListAccounts : Operation<ListAccountsResponse>
{
    private const string List = nameof(ListAccounts);

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.Reads;

    internal override void Validate(Check check) => check.MaxResults(MaxResults);

    internal override ListAccountsResponse Run(JobsTransaction tx)
    {
        var after = PageToken.Read(List, NextToken, 1)?[0];
        var (page, nextToken) = Page.Cut(
            tx.Memory.Accounts.ByName.Values.Where(account => after is null || string.Compare(account.Name, after, StringComparison.OrdinalIgnoreCase) > 0),
            MaxResults,
            last => PageToken.Write(List, last.Name));
        return new([.. page.Select(account => AccountSummary.Of(account, tx.Now))]) { NextToken = nextToken };
    }
}

public sealed record ListAccountsResponse(IReadOnlyList<AccountSummary> Accounts)
{
    public string? NextToken { get; init; }
}

/// <summary>A line of ListAccounts.</summary>
public sealed record AccountSummary(string AccountName, AccessRole Role, DateTimeOffset CreatedAt, string CreatedBy)
{
    public DateTimeOffset? LastSignInAt { get; init; }

    /// <summary>Wrong passwords in a row.</summary>
    public int FailedAttempts { get; init; }

    /// <summary>Null where the account is not locked.</summary>
    public DateTimeOffset? LockedUntil { get; init; }

    internal static AccountSummary Of(Account account, DateTimeOffset now) => new(account.Name, account.Role, account.CreatedAt, account.CreatedBy)
    {
        LastSignInAt = account.LastSignInAt,
        FailedAttempts = account.FailedAttempts,
        LockedUntil = account.IsLockedAt(now) ? account.LockedUntil : null,
    };
}
