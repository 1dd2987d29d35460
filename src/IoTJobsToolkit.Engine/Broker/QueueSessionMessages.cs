using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Broker;

/// <summary>Keeps messages until they are acknowledged; those for sessions which are not there are dropped.</summary>
internal sealed record QueueSessionMessages(IReadOnlyList<SessionMessage> Messages) : Operation<QueuedMessages>
{
    public const int MaxMessages = 500;

    /// <summary>How many messages a session keeps (<see cref="SessionMessage"/>).</summary>
    public const int Kept = 1_000;

    internal override void Validate(Check check)
    {
        check.Count("messages", Messages, 0, MaxMessages);
        foreach (var message in Messages)
        {
            check.ClientId("clientId", message.ClientId);
            check.AtLeast("number", message.Number, 1);
            check.Message(message.Message);
        }
    }

    internal override QueuedMessages Run(JobsTransaction tx)
    {
        var kept = 0;
        foreach (var ofSession in Messages.GroupBy(message => message.ClientId, StringComparer.Ordinal).Where(session => tx.HasSession(session.Key)))
        {
            foreach (var message in ofSession)
            {
                tx.Changes.SessionMessages[(message.ClientId, message.Number)] = message;
                if (message.Number > Kept)
                {
                    tx.Changes.SessionMessages[(message.ClientId, message.Number - Kept)] = null;
                }
                kept++;
            }
        }
        return new(kept);
    }
}

/// <param name="Kept">Less than were given where sessions are gone.</param>
internal sealed record QueuedMessages(int Kept);

/// <summary>Messages were acknowledged, or expired; those which are not there are successes as well.</summary>
internal sealed record RemoveSessionMessages(IReadOnlyList<(string ClientId, long Number)> Messages) : Operation<Nothing>
{
    public const int MaxMessages = 1_000;

    internal override void Validate(Check check)
    {
        check.Count("messages", Messages, 0, MaxMessages);
        foreach (var (clientId, _) in Messages)
        {
            check.ClientId("clientId", clientId);
        }
    }

    internal override Nothing Run(JobsTransaction tx)
    {
        foreach (var message in Messages)
        {
            tx.Changes.SessionMessages[message] = null;
        }
        return Nothing.Value;
    }
}

/// <summary>What waits in a session, by number.</summary>
internal sealed record ReadSessionMessages(string ClientId, long After, int Take) : Operation<ReadMessages<SessionMessage>>
{
    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override void Validate(Check check)
    {
        check.ClientId("clientId", ClientId);
        check.Range("take", Take, 1, 1_000);
    }

    internal override ReadMessages<SessionMessage> Run(JobsTransaction tx) => new(tx.Store.ReadSessionMessages(ClientId, After, Take));
}

internal sealed record ReadMessages<T>(IReadOnlyList<T> Messages);
