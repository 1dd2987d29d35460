using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Connections;
using IoTJobsToolkit.Server.Mqtt.Jobs;
using IoTJobsToolkit.Server.Mqtt.Messages;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using IoTJobsToolkit.Server.Mqtt.Topics;
using IoTJobsToolkit.Wire.Mqtt;
using MQTTnet;
using MQTTnet.Protocol;
using MQTTnet.Server;

namespace IoTJobsToolkit.Server.Mqtt.Broker;

/// <summary>What clients publish: requests about jobs are worked on, other messages go to who subscribed to them. The library itself brings nothing.</summary>
internal sealed class Publishing(
    IMqttAccess access, TopicPolicy rules, RequestDesk desk, Router router, RetainedMessages retained, BrokerLimits limits, TimeProvider clock)
{
    public async Task PublishAsync(InterceptingPublishEventArgs published)
    {
        published.ProcessPublish = false;
        if (published.SessionItems[nameof(Link)] is not Link link || link.IsEnded)
        {
            published.CloseConnection = true;
            return;
        }
        if (!await access.IsGoodAsync(link.Caller, published.CancellationToken).ConfigureAwait(false))
        {
            published.CloseConnection = true;
            await link.EndAsync(MqttDisconnectReasonCode.NotAuthorized).ConfigureAwait(false);
            return;
        }
        var message = published.ApplicationMessage;
        var reason = Judge(link.Caller, message);
        if (reason == MqttPubAckReasonCode.Success)
        {
            reason = await TakeAsync(link, message, published.CancellationToken).ConfigureAwait(false);
        }
        published.Response.ReasonCode = reason;
        // MQTT 3.1.1 has no way to refuse a message but to go; one that nobody wants to know about is just dropped (mqtt-api 9).
        published.CloseConnection = IsRefusal(reason) && !link.IsOfMqtt5 && message.QualityOfServiceLevel != MqttQualityOfServiceLevel.AtMostOnce;
        if (published.CloseConnection)
        {
            link.Blame(reason == MqttPubAckReasonCode.NotAuthorized ? DisconnectCause.NotAllowed : DisconnectCause.Wrong);
        }
    }

    private MqttPubAckReasonCode Judge(MqttCaller caller, MqttApplicationMessage message) =>
        !TopicText.IsTopic(message.Topic) ? MqttPubAckReasonCode.TopicNameInvalid
        : message.Payload.Length > limits.MaxPayloadBytes ? MqttPubAckReasonCode.QuotaExceeded
        : rules.MayPublish(caller.Caller, message.Topic) ? MqttPubAckReasonCode.Success
        : MqttPubAckReasonCode.NotAuthorized;

    private async ValueTask<MqttPubAckReasonCode> TakeAsync(Link link, MqttApplicationMessage message, CancellationToken cancellationToken)
    {
        if (JobsTopic.TryParse(message.Topic, out var jobs))
        {
            await desk.TakeAsync(link, jobs.ThingName, message.Topic, message.Payload, cancellationToken).ConfigureAwait(false);
            return MqttPubAckReasonCode.Success;
        }
        var publication = Publication.Of(message, clock.GetUtcNow());
        if (publication.Retain && !retained.Set(publication))
        {
            return MqttPubAckReasonCode.QuotaExceeded;
        }
        return router.Route(publication, link.Session) ? MqttPubAckReasonCode.Success : MqttPubAckReasonCode.NoMatchingSubscribers;
    }

    private static bool IsRefusal(MqttPubAckReasonCode reason) => (int)reason >= 0x80;
}
