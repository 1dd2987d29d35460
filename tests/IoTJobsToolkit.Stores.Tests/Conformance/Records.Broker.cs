using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>What a broker keeps, with every field.</summary>
internal static partial class Records
{
    public static ThingConnectivity FullConnectivity(long thing) =>
        new(thing, false, Time.AddMilliseconds(3), AnyText, 7) { DisconnectReason = DisconnectReason.MQTT_KEEP_ALIVE_TIMEOUT };

    public static BrokerSession FullSession(string clientId) => new(clientId, new(CallerKind.Device, "a", 5))
    {
        Subscriptions =
        [
            new("$aws/things/a/jobs/#", 1),
            new(AnyText, 2, NoLocal: true, RetainAsPublished: true, RetainHandling: 2, SubscriptionIdentifier: uint.MaxValue),
        ],
        ExpirySeconds = uint.MaxValue,
        DisconnectedAt = Time.AddMilliseconds(1),
    };

    public static SessionMessage FullMessage(string clientId, long number) =>
        new(clientId, number, FullBrokerMessage(AnyText)) { Retain = true, SubscriptionIdentifiers = [1, uint.MaxValue] };

    public static BrokerMessage FullBrokerMessage(string topic) => new(topic, new byte[] { 0, 255, 0 }, 1, Time)
    {
        ExpiresAt = Time.AddMilliseconds(9),
        ContentType = AnyText,
        ResponseTopic = AnyText,
        CorrelationData = new byte[] { 0, 7 },
        UserProperties = [new("b", AnyText), new("a", ""), new("b", "again")],
        IsPayloadText = false,
    };
}
