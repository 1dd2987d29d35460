using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Broker;

/// <summary>Keeps a session as it is now, new or changed; the messages that wait in it stay.</summary>
internal sealed record KeepBrokerSession(BrokerSession Session) : Operation<Nothing>
{
    internal override void Validate(Check check)
    {
        check.ClientId("clientId", Session.ClientId);
        check.Subscriptions(Session.Subscriptions);
        check.Range("expirySeconds", Session.ExpirySeconds, 0, uint.MaxValue);
    }

    internal override Nothing Run(JobsTransaction tx)
    {
        var owner = Session.Owner;
        if (owner is { Kind: CallerKind.Device, ThingSequence: null })
        {
            owner = owner with { ThingSequence = tx.Thing(owner.Name).Sequence };
        }
        tx.Changes.BrokerSessions[Session.ClientId] = Session with { Owner = owner };
        return Nothing.Value;
    }
}

/// <summary>Forgets a session and the messages that wait in it; one that is not there is a success as well.</summary>
internal sealed record RemoveBrokerSession(string ClientId) : Operation<Nothing>
{
    internal override void Validate(Check check) => check.ClientId("clientId", ClientId);

    internal override Nothing Run(JobsTransaction tx)
    {
        tx.Changes.RemoveSession(ClientId);
        return Nothing.Value;
    }
}
