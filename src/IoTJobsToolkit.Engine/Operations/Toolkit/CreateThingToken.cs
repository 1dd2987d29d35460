using System.Text;
using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Issues a token with which a device that cannot do certificates acts for one thing: it is sent as <c>Authorization: Bearer</c>.</summary>
public sealed record CreateThingToken(string ThingName) : Operation<CreateThingTokenResponse>
{
    /// <summary>1 to 36,500; a token without it is good until it is revoked.</summary>
    public int? ValidDays { get; init; }

    [JsonIgnore]
    internal IssuedToken? Issued { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.ThingName(ThingName);
        check.Range("validDays", ValidDays, 1, 36_500);
    }

    internal override ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) =>
        new(this with { Issued = services.Credentials.NewToken(ThingName) });

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING, ThingName, $"token {Issued!.TokenId}");

    internal override CreateThingTokenResponse Run(JobsTransaction tx)
    {
        var credential = ThingCredentials.New(tx, ThingName, Issued!.TokenId, ThingCredentialKind.TOKEN) with
        {
            SecretHash = Issued.SecretHash,
            ExpiresAt = ValidDays is { } days ? tx.Now.AddDays(days) : null,
        };
        tx.Save(credential);
        return new(ThingName, Issued.TokenId, Issued.Token) { ExpiresAt = credential.ExpiresAt };
    }
}

/// <param name="Token">Shown this once.</param>
public sealed record CreateThingTokenResponse(string ThingName, string TokenId, string Token)
{
    /// <summary>Null where it is good until it is revoked.</summary>
    public DateTimeOffset? ExpiresAt { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(ThingName).Append(", ").Append(TokenId); // The token is for nobody's log.
        return true;
    }
}
