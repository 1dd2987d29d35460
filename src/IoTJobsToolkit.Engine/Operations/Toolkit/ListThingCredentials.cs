using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Lists a thing's certificates and tokens by id, revoked and expired ones included.</summary>
public sealed record ListThingCredentials(string ThingName) : Operation<ListThingCredentialsResponse>
{
    private const string List = nameof(ListThingCredentials);

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override void Validate(Check check)
    {
        check.ThingName(ThingName);
        check.MaxResults(MaxResults);
    }

    internal override ListThingCredentialsResponse Run(JobsTransaction tx)
    {
        var list = $"{List} {ThingName}";
        var after = PageToken.Read(list, NextToken, 1)?[0];
        var (page, nextToken) = Page.Cut(
            tx.Store.ReadThingCredentials(tx.Thing(ThingName).Sequence, after, (MaxResults ?? Page.Default) + 1),
            MaxResults,
            last => PageToken.Write(list, last.CredentialId));
        return new([.. page.Select(credential => ThingCredentialSummary.Of(credential, tx.Now))]) { NextToken = nextToken };
    }
}

public sealed record ListThingCredentialsResponse(IReadOnlyList<ThingCredentialSummary> Credentials)
{
    public string? NextToken { get; init; }
}

/// <summary>A line of ListThingCredentials.</summary>
public sealed record ThingCredentialSummary(
    string ThingName, string CredentialId, ThingCredentialKind Kind, ThingCredentialStatus Status, DateTimeOffset CreatedAt, string CreatedBy)
{
    /// <summary>Null where it is good until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    public DateTimeOffset? RevokedAt { get; init; }

    internal static ThingCredentialSummary Of(ThingCredential credential, DateTimeOffset now) => new(
        credential.ThingName, credential.CredentialId, credential.Kind, StatusOf(credential, now), credential.CreatedAt, credential.CreatedBy)
    {
        ExpiresAt = credential.ExpiresAt,
        RevokedAt = credential.RevokedAt,
    };

    private static ThingCredentialStatus StatusOf(ThingCredential credential, DateTimeOffset now) =>
        credential.IsGoodAt(now) ? ThingCredentialStatus.ACTIVE
        : credential.RevokedAt is null ? ThingCredentialStatus.EXPIRED
        : ThingCredentialStatus.REVOKED;
}

public enum ThingCredentialStatus
{
    ACTIVE,
    EXPIRED,
    REVOKED,
}
