using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Broker;

/// <summary>
/// A page of the sessions, for a broker that begins. Those that expired and those of things which are gone are removed; those that were connected
/// when the server ended count as disconnected since now.
/// </summary>
internal sealed record LoadBrokerSessions(string? After, int Take) : Operation<BrokerSessionPage>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check) => check.Range("take", Take, 1, 1_000);

    internal override BrokerSessionPage Run(JobsTransaction tx)
    {
        var page = tx.Store.ReadBrokerSessions(After, Take);
        var sessions = new List<BrokerSession>();
        foreach (var session in page)
        {
            var ended = session with { DisconnectedAt = session.DisconnectedAt ?? tx.Now };
            if (ended.ExpiresAt <= tx.Now || IsOfGoneThing(tx, session.Owner))
            {
                tx.Changes.RemoveSession(session.ClientId);
                continue;
            }
            if (session.DisconnectedAt is null)
            {
                tx.Changes.BrokerSessions[session.ClientId] = ended;
            }
            sessions.Add(ended);
        }
        return new(sessions, page.Count < Take ? null : page[^1].ClientId);
    }

    private static bool IsOfGoneThing(JobsTransaction tx, BrokerOwner owner) =>
        owner.Kind == CallerKind.Device && tx.FindThing(owner.Name)?.Sequence != owner.ThingSequence;
}

/// <param name="Next">After what the next page begins; null when there is none.</param>
public sealed record BrokerSessionPage(IReadOnlyList<BrokerSession> Sessions, string? Next);
