using System.Collections.Concurrent;
using IoTJobsToolkit.Server.Mqtt.Connections;
using IoTJobsToolkit.Server.Mqtt.Messages;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using IoTJobsToolkit.Server.Mqtt.Topics;

namespace IoTJobsToolkit.Server.Mqtt.Broker;

/// <summary>The last message of each topic whose publisher wanted it kept.</summary>
internal sealed class RetainedMessages(ISessionsKeeper keeper, TimeProvider clock, BrokerLimits limits)
{
    private readonly ConcurrentDictionary<string, Publication> _messages = new(StringComparer.Ordinal);
    private readonly Lock _changing = new();

    public void Restore(IEnumerable<Publication> kept)
    {
        foreach (var message in kept)
        {
            _messages[message.Topic] = message;
        }
    }

    /// <summary>Keeps it; one without payload has the one before forgotten. False where there are as many as there may be.</summary>
    public bool Set(Publication message)
    {
        lock (_changing)
        {
            if (message.Payload.IsEmpty)
            {
                Remove(message.Topic);
                return true;
            }
            if (_messages.Count >= limits.MaxRetained && !_messages.ContainsKey(message.Topic))
            {
                return false;
            }
            _messages[message.Topic] = message;
            keeper.RetainedSet(message);
            return true;
        }
    }

    /// <summary>What somebody gets who subscribes to <paramref name="filter"/>.</summary>
    public IEnumerable<Publication> Of(string filter)
    {
        var found = filter.AsSpan().IndexOfAny('+', '#') < 0
            ? _messages.TryGetValue(filter, out var message) ? [message] : []
            : _messages.Select(entry => entry.Value).Where(one => TopicText.Matches(filter, one.Topic));
        return found.Where(IsAlive);
    }

    private bool IsAlive(Publication message)
    {
        if (!message.HasExpired(clock.GetUtcNow()))
        {
            return true;
        }
        lock (_changing)
        {
            if (_messages.TryGetValue(message.Topic, out var now) && ReferenceEquals(now, message))
            {
                Remove(message.Topic);
            }
        }
        return false;
    }

    private void Remove(string topic)
    {
        if (_messages.TryRemove(topic, out _))
        {
            keeper.RetainedRemoved(topic);
        }
    }
}
