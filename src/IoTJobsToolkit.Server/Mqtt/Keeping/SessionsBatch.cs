using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Broker;

namespace IoTJobsToolkit.Server.Mqtt.Keeping;

/// <summary>What is written together. Writing it twice comes to the same.</summary>
internal sealed class SessionsBatch
{
    public List<string> Removed { get; } = [];

    public List<BrokerSession> Saved { get; } = [];

    public List<SessionMessage> Queued { get; } = [];

    public List<(string ClientId, long Number)> Acknowledged { get; } = [];

    public List<BrokerMessage> Retained { get; } = [];

    public List<string> NoLongerRetained { get; } = [];

    public bool IsEmpty => Removed.Count + Saved.Count + Queued.Count + Acknowledged.Count + Retained.Count + NoLongerRetained.Count == 0;

    /// <summary>First what is gone, which may have begun anew; a session before its messages.</summary>
    public async Task WriteAsync(BrokerState broker)
    {
        await Task.WhenAll(Removed.Select(session => broker.RemoveSessionAsync(session))).ConfigureAwait(false);
        await Task.WhenAll(Saved.Select(session => SaveAsync(broker, session))).ConfigureAwait(false);
        await Task.WhenAll(
            broker.RemoveMessagesAsync(Acknowledged),
            broker.QueueAsync(Queued),
            broker.RemoveRetainedAsync(NoLongerRetained),
            broker.KeepRetainedAsync(Retained)).ConfigureAwait(false);
    }

    private static async Task SaveAsync(BrokerState broker, BrokerSession session)
    {
        try
        {
            await broker.KeepSessionAsync(session).ConfigureAwait(false);
        }
        catch (JobsException gone) when (gone.Error == JobsError.ResourceNotFound)
        {
            // Its thing is: it lives as long as its connection, and nobody can come back to it.
        }
    }
}
