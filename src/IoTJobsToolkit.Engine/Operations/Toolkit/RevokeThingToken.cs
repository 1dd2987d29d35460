using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Revokes a token of a thing at once and for good; doing it again changes nothing.</summary>
public sealed record RevokeThingToken(string ThingName, string TokenId) : Operation<Nothing>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check) => ThingCredentials.Check(check, ThingName, "tokenId", TokenId);

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING, ThingName, $"token {TokenId}");

    internal override Nothing Run(JobsTransaction tx) => ThingCredentials.Revoke(tx, ThingName, TokenId, ThingCredentialKind.TOKEN);
}
