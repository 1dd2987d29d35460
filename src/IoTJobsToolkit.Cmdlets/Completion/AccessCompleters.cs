using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Cmdlets.Views;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Ids of access keys.</summary>
public sealed class AccessKeyIdCompleter : LiveCompleter
{
    private protected override Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken) =>
        AccessNames.AddKeysAsync(lease.Jobs, search, key => key.AccessKeyId, key => $"{key.UserName}, {key.Role}", cancellationToken);
}

/// <summary>Names of the portal's accounts.</summary>
public sealed class AccountNameCompleter : LiveCompleter
{
    private protected override Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken) =>
        AccessNames.AddAccountsAsync(lease.Jobs, search, cancellationToken);
}

/// <summary>Names of those who change something: accounts, and users of access keys.</summary>
public sealed class UserNameCompleter : LiveCompleter
{
    private protected override async Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken)
    {
        await AccessNames.AddAccountsAsync(lease.Jobs, search, cancellationToken).ConfigureAwait(false);
        await AccessNames.AddKeysAsync(lease.Jobs, search, key => key.UserName, key => $"{key.Role}, access key {key.AccessKeyId}", cancellationToken).ConfigureAwait(false);
    }
}

/// <summary>Ids of the certificates or tokens of the thing which the line names: of those which still count.</summary>
public abstract class CredentialIdCompleter(ThingCredentialKind kind) : LiveCompleter
{
    private protected override async Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken)
    {
        if (search.Text("ThingName") is { } thing)
        {
            await search.AddPages(async token =>
            {
                var page = await lease.Jobs.ExecuteAsync(new ListThingCredentials(thing) { NextToken = token }, cancellationToken).ConfigureAwait(false);
                return (
                    page.Credentials.Where(credential => credential.Kind == kind && credential.Status == ThingCredentialStatus.ACTIVE)
                        .Select(credential => (credential.CredentialId, (string?)$"created {Times.Minute(credential.CreatedAt)} by {credential.CreatedBy}")),
                    page.NextToken);
            }).ConfigureAwait(false);
        }
    }
}

public sealed class CertificateIdCompleter() : CredentialIdCompleter(ThingCredentialKind.CERTIFICATE);

public sealed class TokenIdCompleter() : CredentialIdCompleter(ThingCredentialKind.TOKEN);

internal static class AccessNames
{
    public static Task AddKeysAsync(
        IJobs jobs, NameSearch search, Func<AccessKeySummary, string> name, Func<AccessKeySummary, string?> toolTip, CancellationToken cancellationToken) =>
        search.AddPages(async token =>
        {
            var page = await jobs.ExecuteAsync(new ListAccessKeys { NextToken = token }, cancellationToken).ConfigureAwait(false);
            return (page.AccessKeys.Select(key => (name(key), toolTip(key))), page.NextToken);
        });

    public static Task AddAccountsAsync(IJobs jobs, NameSearch search, CancellationToken cancellationToken) => search.AddPages(async token =>
    {
        var page = await jobs.ExecuteAsync(new ListAccounts { NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.Accounts.Select(account => (account.AccountName, (string?)account.Role.ToString())), page.NextToken);
    });
}
