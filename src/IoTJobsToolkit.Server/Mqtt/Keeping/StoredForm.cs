using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Server.Mqtt.Access;
using IoTJobsToolkit.Server.Mqtt.Messages;
using IoTJobsToolkit.Server.Mqtt.Sessions;
using MQTTnet.Protocol;

namespace IoTJobsToolkit.Server.Mqtt.Keeping;

/// <summary>Sessions and messages as the database keeps them, and back.</summary>
internal static class StoredForm
{
    extension(KeptSession session)
    {
        public BrokerSession Stored => new(session.Key.Text, new(session.Key.Kind, session.Key.Owner))
        {
            Subscriptions = [.. session.Subscriptions.Select(subscription => subscription.Stored)],
            ExpirySeconds = (long)session.Expiry.TotalSeconds,
            DisconnectedAt = session.DisconnectedAt,
        };
    }

    extension(BrokerSession session)
    {
        /// <summary>Null where the database names a client id that cannot be this owner's.</summary>
        public KeptSession? Kept => SessionKey.Parse(session.Owner.Kind, session.Owner.Name, session.ClientId) is { } key
            ? new(
                key,
                session.Owner.CallerToCome,
                [.. session.Subscriptions.Select(subscription => subscription.Kept)],
                TimeSpan.FromSeconds(session.ExpirySeconds),
                session.DisconnectedAt)
            : null;
    }

    extension(BrokerOwner owner)
    {
        /// <summary>Nobody has shown anything yet: so an operator may no more than watch, until he comes back with his access key.</summary>
        private MqttCaller CallerToCome => new(
            owner.Kind == CallerKind.Device ? Caller.Device(owner.Name) : Caller.Operator(owner.Name, AccessRole.VIEWER), "nothing since the server began");
    }

    extension(Subscription subscription)
    {
        private BrokerSubscription Stored => new(
            subscription.Filter, (int)subscription.Qos, subscription.NoLocal, subscription.RetainAsPublished, (int)subscription.RetainHandling,
            subscription.Identifier == 0 ? null : subscription.Identifier);
    }

    extension(BrokerSubscription subscription)
    {
        private Subscription Kept => new(subscription.Filter, (MqttQualityOfServiceLevel)subscription.Qos)
        {
            NoLocal = subscription.NoLocal,
            RetainAsPublished = subscription.RetainAsPublished,
            RetainHandling = (MqttRetainHandling)subscription.RetainHandling,
            Identifier = subscription.SubscriptionIdentifier ?? 0,
        };
    }

    extension(Outgoing message)
    {
        public SessionMessage StoredIn(SessionKey session, DateTimeOffset now) =>
            new(session.Text, message.Number, message.Publication.Stored(now) with { Qos = (int)message.Qos })
            {
                Retain = message.Retain,
                SubscriptionIdentifiers = message.SubscriptionIdentifiers,
            };
    }

    extension(SessionMessage message)
    {
        public Outgoing Kept => new(
            message.Message.Kept, (MqttQualityOfServiceLevel)message.Message.Qos, message.Retain, message.SubscriptionIdentifiers) { Number = message.Number };
    }

    extension(Publication message)
    {
        public BrokerMessage Stored(DateTimeOffset now) => new(message.Topic, message.Payload, (int)message.Qos, now)
        {
            ExpiresAt = message.ExpiresAt,
            ContentType = message.ContentType,
            ResponseTopic = message.ResponseTopic,
            CorrelationData = message.CorrelationData,
            UserProperties = message.UserProperties,
            IsPayloadText = message.IsPayloadText ? true : null,
        };
    }

    extension(BrokerMessage message)
    {
        public Publication Kept => new(message.Topic, message.Payload, (MqttQualityOfServiceLevel)message.Qos)
        {
            ExpiresAt = message.ExpiresAt,
            ContentType = message.ContentType,
            ResponseTopic = message.ResponseTopic,
            CorrelationData = message.CorrelationData,
            UserProperties = message.UserProperties,
            IsPayloadText = message.IsPayloadText is true,
        };
    }
}
