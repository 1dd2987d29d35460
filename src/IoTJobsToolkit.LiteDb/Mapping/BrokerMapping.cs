using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Broker;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>Sessions of the broker, the messages that wait in them, and retained messages.</summary>
internal static class BrokerMapping
{
    public static BsonDocument ToDocument(BrokerSession session)
    {
        var document = new BsonDocument
        {
            ["_id"] = Keys.Of(session.ClientId),
            ["k"] = (int)session.Owner.Kind,
            ["o"] = session.Owner.Name,
            ["x"] = session.ExpirySeconds,
        };
        document.Set("q", session.Owner.ThingSequence);
        document.Set("d", session.DisconnectedAt);
        document.Set("s", session.Subscriptions, FromSubscription);
        return document;
    }

    public static BrokerSession ToSession(BsonDocument document) => new(
        new KeyReader(document["_id"].AsBinary).ReadText(),
        new((CallerKind)document["k"].AsInt32, document["o"].AsString, document.Int64("q")))
    {
        Subscriptions = document.List("s", ToSubscription) ?? [],
        ExpirySeconds = document["x"].AsInt64,
        DisconnectedAt = document.Time("d"),
    };

    public static BsonDocument ToDocument(SessionMessage message)
    {
        var document = ToDocument(message.Message, Keys.Of(message.ClientId, message.Number));
        document["t"] = message.Message.Topic;
        document.Set("r", message.Retain ? true : null);
        document.Set("s", message.SubscriptionIdentifiers.Count > 0 ? message.SubscriptionIdentifiers : null, identifier => (long)identifier);
        return document;
    }

    public static SessionMessage ToSessionMessage(BsonDocument document)
    {
        var key = new KeyReader(document["_id"].AsBinary);
        return new(key.ReadText(), key.ReadInt64(), ToMessage(document, document["t"].AsString))
        {
            Retain = document.Boolean("r") == true,
            SubscriptionIdentifiers = document.List("s", identifier => (uint)identifier.AsInt64) ?? [],
        };
    }

    public static BsonDocument ToRetained(BrokerMessage message) => ToDocument(message, Keys.Of(message.Topic));

    public static BrokerMessage FromRetained(BsonDocument document) =>
        ToMessage(document, new KeyReader(document["_id"].AsBinary).ReadText());

    private static BsonDocument ToDocument(BrokerMessage message, byte[] id)
    {
        var document = new BsonDocument
        {
            ["_id"] = id,
            ["p"] = message.Payload.ToArray(),
            ["q"] = message.Qos,
            ["a"] = message.PublishedAt.ToUnixTimeMilliseconds(),
        };
        document.Set("x", message.ExpiresAt);
        document.Set("ct", message.ContentType);
        document.Set("rt", message.ResponseTopic);
        document.SetPart("cd", message.CorrelationData is { } data ? new BsonValue(data.ToArray()) : null);
        document.Set("u", message.UserProperties);
        document.Set("pt", message.IsPayloadText);
        return document;
    }

    private static BrokerMessage ToMessage(BsonDocument document, string topic) =>
        new(topic, document["p"].AsBinary, document["q"].AsInt32, document.Time("a")!.Value)
        {
            ExpiresAt = document.Time("x"),
            ContentType = document.Text("ct"),
            ResponseTopic = document.Text("rt"),
            CorrelationData = document.TryGetValue("cd", out var data) ? data.AsBinary : default(ReadOnlyMemory<byte>?),
            UserProperties = [.. document.Pairs("u")],
            IsPayloadText = document.Boolean("pt"),
        };

    private static BsonValue FromSubscription(BrokerSubscription subscription)
    {
        var document = new BsonDocument { ["f"] = subscription.Filter, ["q"] = subscription.Qos };
        document.Set("l", subscription.NoLocal ? true : null);
        document.Set("p", subscription.RetainAsPublished ? true : null);
        document.Set("h", subscription.RetainHandling == 0 ? null : (int?)subscription.RetainHandling);
        document.Set("i", (long?)subscription.SubscriptionIdentifier);
        return document;
    }

    private static BrokerSubscription ToSubscription(BsonValue value)
    {
        var document = value.AsDocument;
        return new(
            document["f"].AsString, document["q"].AsInt32, document.Boolean("l") == true, document.Boolean("p") == true,
            document.Int32("h") ?? 0, (uint?)document.Int64("i"));
    }
}
