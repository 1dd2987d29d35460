using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>What the operations on credentials of things have in common.</summary>
internal static class ThingCredentials
{
    /// <summary>
    /// Certificates and tokens that count at one time. A device needs few (AWS attaches ten principals to a thing); what is made in a loop by mistake
    /// ends here.
    /// </summary>
    public const int MaxOfThing = 100;

    /// <summary>Of those that no longer count: who issues and revokes in a loop fills no database.</summary>
    private const int MaxEnded = 100;

    /// <summary>The place for another one, after what ended before the retention, or long before others, has been cleared away.</summary>
    /// <exception cref="JobsException">The thing has as many as it may have.</exception>
    public static ThingCredential New(JobsTransaction tx, string thingName, string credentialId, ThingCredentialKind kind)
    {
        var thing = tx.Thing(thingName);
        var all = tx.Store.ReadThingCredentials(thing.Sequence, null, int.MaxValue).ToLookup(credential => credential.IsGoodAt(tx.Now));
        var good = all[true].Count();
        if (good >= MaxOfThing)
        {
            throw JobsException.LimitExceeded($"Thing {thingName} has {good} certificates and tokens; revoke those that are no longer used.");
        }
        ClearEnded(tx, all[false]);
        return new()
        {
            ThingSequence = thing.Sequence,
            ThingName = thingName,
            CredentialId = credentialId,
            Kind = kind,
            CreatedAt = tx.Now,
            CreatedBy = tx.Caller.Name,
        };
    }

    public static void Check(Check check, string thingName, string name, string credentialId)
    {
        check.ThingName(thingName);
        check.Required(name, credentialId);
        check.Length(name, credentialId, 1, 64);
    }

    public static Nothing Revoke(JobsTransaction tx, string thingName, string credentialId, ThingCredentialKind kind)
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
        return Nothing.Value;
    }

    private static void ClearEnded(JobsTransaction tx, IEnumerable<ThingCredential> ended)
    {
        var kept = tx.Now - tx.Retention;
        foreach (var credential in ended.OrderByDescending(credential => credential.EndsAt).Where((credential, i) => i >= MaxEnded || credential.EndsAt < kept))
        {
            tx.Delete(credential);
        }
    }
}
