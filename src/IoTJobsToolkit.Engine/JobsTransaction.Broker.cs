namespace IoTJobsToolkit.Engine;

/// <summary>What a transaction knows of the broker's sessions.</summary>
internal sealed partial class JobsTransaction
{
    public bool HasSession(string clientId)
    {
        for (var scope = this; scope is not null; scope = scope._group)
        {
            if (scope._changes is { } changes && changes.BrokerSessions.TryGetValue(clientId, out var session))
            {
                return session is not null;
            }
        }
        return Store.FindBrokerSession(clientId) is not null;
    }
}
