using System.Text;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Engine.Storage;

/// <summary>Connections, and what a broker keeps.</summary>
public sealed partial class InMemoryJobsStore
{
    private readonly Dictionary<long, ThingConnectivity> _connectivity = [];
    private readonly Dictionary<long, ConnectivityRun> _connectivityRuns = [];
    private readonly Pages<Utf8Key, BrokerSession> _sessions = new((x, y) => x.CompareTo(y));
    private readonly Pages<(Utf8Key ClientId, long Number), SessionMessage> _messages = new((x, y) => x.CompareTo(y));
    private readonly Pages<Utf8Key, BrokerMessage> _retained = new((x, y) => x.CompareTo(y));

    public ThingConnectivity? FindConnectivity(long thingSequence) => _connectivity.GetValueOrDefault(thingSequence);

    public BrokerSession? FindBrokerSession(string clientId) => _sessions.Find(new(clientId));

    public IReadOnlyList<BrokerSession> ReadBrokerSessions(string? after, int take) => _sessions.Read(new(after ?? ""), _ => true, take);

    public IReadOnlyList<SessionMessage> ReadSessionMessages(string clientId, long after, int take) =>
        _messages.Read((new(clientId), after), key => key.ClientId.Text == clientId, take);

    public IReadOnlyList<BrokerMessage> ReadRetainedMessages(string? after, int take) => _retained.Read(new(after ?? ""), _ => true, take);

    private void CommitBroker(JobsChanges changes)
    {
        foreach (var (thing, connectivity) in changes.Connectivity)
        {
            Set(_connectivity, thing, connectivity);
        }
        foreach (var (sequence, run) in changes.ConnectivityRuns)
        {
            _connectivityRuns[sequence] = run;
        }
        foreach (var (clientId, session) in changes.BrokerSessions)
        {
            _sessions.Set(new(clientId), session);
        }
        foreach (var clientId in changes.ClearedSessions)
        {
            _messages.RemoveAll(key => key.ClientId.Text == clientId);
        }
        foreach (var ((clientId, number), message) in changes.SessionMessages)
        {
            _messages.Set((new(clientId), number), message);
        }
        foreach (var (topic, message) in changes.RetainedMessages)
        {
            _retained.Set(new(topic), message);
        }
    }

    /// <summary>Text in the order of its UTF-8, which differs from that of its characters beyond the basic plane.</summary>
    private readonly record struct Utf8Key(string Text) : IComparable<Utf8Key>
    {
        public int CompareTo(Utf8Key other) => Encoding.UTF8.GetBytes(Text).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(other.Text));
    }
}
