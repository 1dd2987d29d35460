using System.Collections.Concurrent;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Connections;
using IoTJobsToolkit.Server.Mqtt.Messages;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using IoTJobsToolkit.Wire.Mqtt;

namespace IoTJobsToolkit.Server.Mqtt.Broker;

/// <summary>What clients left to be published when their connection breaks, at once or after a while, if they are still allowed to.</summary>
internal sealed class Wills(TopicPolicy rules, IMqttAccess access, Router router, RetainedMessages retained, TimeProvider clock) : IDisposable
{
    private readonly ConcurrentDictionary<SessionKey, ITimer> _waiting = new();

    public void Left(Session session, Will will)
    {
        if (will.Delay <= TimeSpan.Zero || !session.IsPersistent)
        {
            Publish(session.Caller, will);
            return;
        }
        // It waits no longer than the session does (MQTT 5, 3.1.3.2.2).
        var delay = will.Delay < session.Expiry ? will.Delay : session.Expiry;
        var timer = clock.CreateTimer(
            _ =>
            {
                if (_waiting.TryRemove(session.Key, out var own))
                {
                    own.Dispose();
                    Publish(session.Caller, will);
                }
            },
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan);
        _waiting.AddOrUpdate(session.Key, timer, (_, before) =>
        {
            before.Dispose();
            return timer;
        });
        timer.Change(delay, Timeout.InfiniteTimeSpan);
    }

    /// <summary>The client is back.</summary>
    public void Forget(SessionKey key)
    {
        if (_waiting.TryRemove(key, out var timer))
        {
            timer.Dispose();
        }
    }

    public void Dispose()
    {
        foreach (var (_, timer) in _waiting)
        {
            timer.Dispose();
        }
    }

    private void Publish(MqttCaller caller, Will will)
    {
        var message = will.At(clock.GetUtcNow());
        if (!access.IsGood(caller) || !rules.MayPublish(caller.Caller, message.Topic))
        {
            return;
        }
        if (!message.Retain || retained.Set(message))
        {
            router.Route(message, from: null);
        }
    }
}
