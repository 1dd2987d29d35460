namespace IoTJobsToolkit.Engine.Broker;

/// <summary>
/// What a broker of MQTT keeps in the store of the jobs: who is connected, persistent sessions with their messages, retained messages. For
/// the host alone. What these complete for is durable; calls which wait together are committed together.
/// </summary>
public sealed class BrokerState
{
    /// <summary>What one commit is given at the most: others wait meanwhile.</summary>
    private const long MaxBytes = 4 << 20;

    private readonly IJobs _engine;
    private readonly Work.ConnectivityMemory _connectivity;

    internal BrokerState(IJobs engine, Work.ConnectivityMemory connectivity)
    {
        _engine = engine;
        _connectivity = connectivity;
    }

    /// <summary>How many messages a session keeps: the oldest give way (<see cref="SessionMessage"/>).</summary>
    public static int MessagesPerSession => QueueSessionMessages.Kept;

    /// <summary>How many things are connected, as of the last commit.</summary>
    public int ConnectedThings => _connectivity.Count;

    /// <summary>
    /// Keeps who connected and who is not connected any more, in their order, up to 500 in a commit. Things which are not registered are passed
    /// over.
    /// </summary>
    public async Task KeepConnectivityAsync(IReadOnlyList<ConnectivityChange> changes, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(changes);
        foreach (var part in changes.Chunk(KeepConnectivity.MaxChanges))
        {
            await _engine.ExecuteAsync(new KeepConnectivity(part), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>
    /// The server ends: nothing is connected since now. Whoever dies without this leaves it to who opens the database next: then nothing
    /// is connected since that instant.
    /// </summary>
    public Task EndConnectivityAsync(CancellationToken cancellationToken = default) => _engine.ExecuteAsync(new EndConnectivity(), cancellationToken);

    /// <exception cref="JobsException"><see cref="JobsError.ResourceNotFound"/>: it is a device's, and its thing is gone.</exception>
    public Task KeepSessionAsync(BrokerSession session, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(session);
        return _engine.ExecuteAsync(new KeepBrokerSession(session), cancellationToken);
    }

    /// <summary>Forgets a session with its messages.</summary>
    public Task RemoveSessionAsync(string clientId, CancellationToken cancellationToken = default) =>
        _engine.ExecuteAsync(new RemoveBrokerSession(clientId), cancellationToken);

    /// <summary>
    /// A page of the sessions, by client id, for a broker that begins: those that expired and those of things which are gone are removed, and
    /// those that were connected are disconnected since now.
    /// </summary>
    /// <param name="after">Null for the first page, then <see cref="BrokerSessionPage.Next"/>.</param>
    /// <param name="take">1 to 1,000.</param>
    public Task<BrokerSessionPage> LoadSessionsAsync(string? after, int take, CancellationToken cancellationToken = default) =>
        _engine.ExecuteAsync(new LoadBrokerSessions(after, take), cancellationToken);

    /// <summary>Keeps messages of many sessions, in their order, up to 500 or about 4 MB in a commit. Returns how many; sessions which are gone get none.</summary>
    public async Task<int> QueueAsync(IReadOnlyList<SessionMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        var kept = 0;
        foreach (var part in Parts(messages, QueueSessionMessages.MaxMessages, message => message.Message.Size))
        {
            kept += (await _engine.ExecuteAsync(new QueueSessionMessages(part), cancellationToken).ConfigureAwait(false)).Kept;
        }
        return kept;
    }

    /// <summary>Forgets messages which were acknowledged or expired.</summary>
    public async Task RemoveMessagesAsync(IReadOnlyList<(string ClientId, long Number)> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        foreach (var part in messages.Chunk(RemoveSessionMessages.MaxMessages))
        {
            await _engine.ExecuteAsync(new RemoveSessionMessages(part), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Messages which wait in a session, by number, after <paramref name="after"/>; fewer than <paramref name="take"/> are the last.</summary>
    /// <param name="take">1 to 1,000; each may be of a megabyte.</param>
    public async Task<IReadOnlyList<SessionMessage>> ReadMessagesAsync(
        string clientId, long after, int take, CancellationToken cancellationToken = default) =>
        (await _engine.ExecuteAsync(new ReadSessionMessages(clientId, after, take), cancellationToken).ConfigureAwait(false)).Messages;

    /// <summary>Keeps retained messages, each in place of the one its topic had.</summary>
    public async Task KeepRetainedAsync(IReadOnlyList<BrokerMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        foreach (var part in Parts(messages, KeepRetainedMessages.MaxMessages, message => message.Size))
        {
            await _engine.ExecuteAsync(new KeepRetainedMessages(part), cancellationToken).ConfigureAwait(false);
        }
    }

    public async Task RemoveRetainedAsync(IReadOnlyList<string> topics, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(topics);
        foreach (var part in topics.Chunk(KeepRetainedMessages.MaxMessages))
        {
            await _engine.ExecuteAsync(new RemoveRetainedMessages(part), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Retained messages by topic, in the order of its UTF-8, after <paramref name="after"/>; fewer than <paramref name="take"/> are the last.</summary>
    /// <param name="take">1 to 1,000; each may be of a megabyte.</param>
    public async Task<IReadOnlyList<BrokerMessage>> ReadRetainedAsync(string? after, int take, CancellationToken cancellationToken = default) =>
        (await _engine.ExecuteAsync(new ReadRetainedMessages(after, take), cancellationToken).ConfigureAwait(false)).Messages;

    private static IEnumerable<IReadOnlyList<T>> Parts<T>(IReadOnlyList<T> items, int count, Func<T, long> size)
    {
        var part = new List<T>();
        var bytes = 0L;
        foreach (var item in items)
        {
            if (part.Count == count || part.Count > 0 && bytes + size(item) > MaxBytes)
            {
                yield return part;
                part = [];
                bytes = 0;
            }
            part.Add(item);
            bytes += size(item);
        }
        if (part.Count > 0)
        {
            yield return part;
        }
    }
}
