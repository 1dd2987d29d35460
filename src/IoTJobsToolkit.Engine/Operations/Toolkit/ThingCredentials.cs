using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>What the operations on credentials of things have in common.</summary>
internal static class ThingCredentials
{
    /// <summary>A device needs few; what is made in a loop by mistake ends here.</summary>
    private const int MaxOfThing = 100;

    public static ThingCredential New(JobsTransaction tx, string thingName, string credentialId, ThingCredentialKind kind)
    {
        var thing = tx.Thing(thingName);
        var good = tx.Store.ReadThingCredentials(thing.Sequence, null, int.MaxValue).Count(credential => credential.IsGoodAt(tx.Now));
        return good < MaxOfThing
            ? new()
            {
                ThingSequence = thing.Sequence,
                ThingName = thingName,
                CredentialId = credentialId,
                Kind = kind,
                CreatedAt = tx.Now,
                CreatedBy = tx.Caller.Name,
            }
            : throw JobsException.LimitExceeded($"Thing {thingName} has {good} certificates and tokens; revoke those that are no longer used.");
    }

    public static void Revoke(JobsTransaction tx, string thingName, string credentialId, ThingCredentialKind kind)
    {
        var credential = tx.Store.FindThingCredential(tx.Thing(thingName).Sequence, credentialId);
        if (credential?.Kind != kind)
        {
            throw JobsException.NotFound($"Thing {thingName} has no {kind.ToString().ToLowerInvariant()} {credentialId}.");
        }
        if (credential.RevokedAt is null)
        {
            tx.Save(credential with { RevokedAt = tx.Now });
        }
    }
}
