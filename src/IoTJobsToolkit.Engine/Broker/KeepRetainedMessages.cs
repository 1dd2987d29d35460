using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Broker;

/// <summary>Keeps the last retained message of each topic.</summary>
internal sealed record KeepRetainedMessages(IReadOnlyList<BrokerMessage> Messages) : Operation<Nothing>
{
    public const int MaxMessages = 500;

    internal override void Validate(Check check)
    {
        check.Count("messages", Messages, 0, MaxMessages);
        foreach (var message in Messages)
        {
            check.Message(message);
        }
    }

    internal override Nothing Run(JobsTransaction tx)
    {
        foreach (var message in Messages)
        {
            tx.Changes.RetainedMessages[message.Topic] = message;
        }
        return Nothing.Value;
    }
}

/// <summary>Forgets what topics retained; one that retains nothing is a success as well.</summary>
internal sealed record RemoveRetainedMessages(IReadOnlyList<string> Topics) : Operation<Nothing>
{
    internal override void Validate(Check check)
    {
        check.Count("topics", Topics, 0, KeepRetainedMessages.MaxMessages);
        foreach (var topic in Topics)
        {
            check.Topic("topic", topic);
        }
    }

    internal override Nothing Run(JobsTransaction tx)
    {
        foreach (var topic in Topics)
        {
            tx.Changes.RetainedMessages[topic] = null;
        }
        return Nothing.Value;
    }
}

/// <summary>What is retained, by topic.</summary>
internal sealed record ReadRetainedMessages(string? After, int Take) : Operation<ReadMessages<BrokerMessage>>
{
    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override void Validate(Check check) => check.Range("take", Take, 1, 1_000);

    internal override ReadMessages<BrokerMessage> Run(JobsTransaction tx) => new(tx.Store.ReadRetainedMessages(After, Take));
}
