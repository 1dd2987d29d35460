using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.LiteDb.Mapping;

namespace IoTJobsToolkit.LiteDb;

/// <summary>Connections, and what a broker keeps.</summary>
public sealed partial class LiteDbJobsStore
{
    public ThingConnectivity? FindConnectivity(long thingSequence) => Read(() =>
        _collections.Connectivity.FindById(thingSequence) is { } connectivity ? ConnectivityMapping.ToConnectivity(connectivity) : null);

    public BrokerSession? FindBrokerSession(string clientId) => Read(() =>
        _collections.BrokerSessions.FindById(Keys.Of(clientId)) is { } session ? BrokerMapping.ToSession(session) : null);

    public IReadOnlyList<BrokerSession> ReadBrokerSessions(string? after, int take) =>
        ReadAll(() => _collections.BrokerSessions.Read(Keys.TextsAfter(after), take).Select(BrokerMapping.ToSession));

    public IReadOnlyList<SessionMessage> ReadSessionMessages(string clientId, long after, int take) =>
        ReadAll(() => _collections.SessionMessages.Read(Keys.NumbersAfter(clientId, after), take).Select(BrokerMapping.ToSessionMessage));

    public IReadOnlyList<BrokerMessage> ReadRetainedMessages(string? after, int take) =>
        ReadAll(() => _collections.RetainedMessages.Read(Keys.TextsAfter(after), take).Select(BrokerMapping.FromRetained));
}
