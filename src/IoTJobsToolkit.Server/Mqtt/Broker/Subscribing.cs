using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Connections;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using IoTJobsToolkit.Server.Mqtt.Topics;
using IoTJobsToolkit.Wire.Mqtt;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IoTJobsToolkit.Server.Mqtt.Broker;

/// <summary>To what clients subscribe. The library itself remembers nothing of it.</summary>
internal sealed class Subscribing(IMqttAccess access, TopicPolicy rules, SessionRegistry registry, RetainedMessages retained, BrokerLimits limits)
{
    public async Task SubscribeAsync(InterceptingSubscriptionEventArgs asked)
    {
        asked.ProcessSubscription = false;
        if (asked.SessionItems[nameof(Link)] is not Link { Subscribing: { } pending, Session: { } session } link || link.IsEnded)
        {
            asked.Response.ReasonCode = MqttSubscribeReasonCode.UnspecifiedError;
            asked.CloseConnection = true;
            return;
        }
        if (!await access.IsGoodAsync(link.Caller, asked.CancellationToken).ConfigureAwait(false))
        {
            asked.Response.ReasonCode = MqttSubscribeReasonCode.NotAuthorized;
            asked.CloseConnection = true;
            await link.EndAsync(MqttDisconnectReasonCode.NotAuthorized).ConfigureAwait(false);
            return;
        }
        var filter = asked.TopicFilter;
        var qos = pending.QosOf(filter) == MqttQualityOfServiceLevel.AtMostOnce ? MqttQualityOfServiceLevel.AtMostOnce : MqttQualityOfServiceLevel.AtLeastOnce;
        asked.Response.ReasonCode = Subscribe(session, pending.Count, new(filter.Topic, qos)
        {
            NoLocal = filter.NoLocal,
            RetainAsPublished = filter.RetainAsPublished,
            RetainHandling = filter.RetainHandling,
            Identifier = pending.Identifier,
        });
    }

    // The library holds a lock of its own meanwhile: nothing here waits.
    public Task UnsubscribeAsync(InterceptingUnsubscriptionEventArgs asked)
    {
        asked.ProcessUnsubscription = false;
        asked.Response.ReasonCode = asked.SessionItems[nameof(Link)] is Link { Session: { } session, IsEnded: false } && registry.Unsubscribe(session, asked.Topic)
            ? MqttUnsubscribeReasonCode.Success
            : MqttUnsubscribeReasonCode.NoSubscriptionExisted;
        return Task.CompletedTask;
    }

    private MqttSubscribeReasonCode Subscribe(Session session, int filters, Subscription subscription)
    {
        if (filters > limits.MaxFiltersPerSubscribe)
        {
            return MqttSubscribeReasonCode.QuotaExceeded;
        }
        if (!TopicText.IsFilter(subscription.Filter))
        {
            return MqttSubscribeReasonCode.TopicFilterInvalid;
        }
        if (!rules.MaySubscribe(session.Caller.Caller, subscription.Filter))
        {
            return MqttSubscribeReasonCode.NotAuthorized;
        }
        if (registry.Subscribe(session, subscription, limits.MaxSubscriptions) is not { } isNew)
        {
            return MqttSubscribeReasonCode.QuotaExceeded;
        }
        if (subscription.RetainHandling == MqttRetainHandling.SendAtSubscribe ||
            subscription.RetainHandling == MqttRetainHandling.SendAtSubscribeIfNewSubscriptionOnly && isNew)
        {
            foreach (var message in retained.Of(subscription.Filter))
            {
                session.Outbox.Put(new(
                    message,
                    message.Qos < subscription.Qos ? message.Qos : subscription.Qos,
                    Retain: true,
                    subscription.Identifier == 0 ? [] : [subscription.Identifier]));
            }
        }
        return subscription.Qos == MqttQualityOfServiceLevel.AtMostOnce ? MqttSubscribeReasonCode.GrantedQoS0 : MqttSubscribeReasonCode.GrantedQoS1;
    }
}
