using IoTJobsToolkit.Engine.NotificationRules;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>Notification rules, and what they still have to deliver; no secret among them that can be read.</summary>
internal static class NotificationMapping
{
    public static BsonDocument ToDocument(NotificationRule rule)
    {
        var document = new BsonDocument
        {
            ["_id"] = rule.Sequence,
            ["n"] = rule.Name,
            ["c"] = rule.CreatedAt.ToUnixTimeMilliseconds(),
            ["by"] = rule.CreatedBy,
        };
        document.Set("e", rule.Events, what => (int)what);
        document.Set("j", rule.JobIdPattern);
        document.Set("u", rule.Url);
        document.Set("m", rule.EmailAddress);
        document.Set("s", rule.ProtectedSecret);
        document.Set("off", rule.IsEnabled ? null : true);
        document.Set("ld", rule.LastDeliveredAt);
        document.Set("lf", rule.LastFailedAt);
        document.Set("le", rule.LastError);
        document.Set("dr", rule.DroppedDeliveries == 0 ? null : rule.DroppedDeliveries);
        return document;
    }

    public static NotificationRule ToRule(BsonDocument document) => new()
    {
        Sequence = document["_id"].AsInt64,
        Name = document["n"].AsString,
        CreatedAt = document.Time("c")!.Value,
        CreatedBy = document["by"].AsString,
        Events = document.List("e", what => (NotificationEvent)what.AsInt32) ?? [],
        JobIdPattern = document.Text("j"),
        Url = document.Text("u"),
        EmailAddress = document.Text("m"),
        ProtectedSecret = document.Text("s"),
        IsEnabled = document.Boolean("off") is not true,
        LastDeliveredAt = document.Time("ld"),
        LastFailedAt = document.Time("lf"),
        LastError = document.Text("le"),
        DroppedDeliveries = document.Int64("dr") ?? 0,
    };

    public static BsonDocument ToDocument(NotificationDelivery delivery)
    {
        var document = new BsonDocument
        {
            ["_id"] = delivery.Sequence,
            ["id"] = delivery.DeliveryId,
            ["q"] = delivery.RuleSequence,
            ["n"] = delivery.RuleName,
            ["e"] = (int)delivery.Event,
            ["j"] = delivery.JobId,
            ["t"] = delivery.At.ToUnixTimeMilliseconds(),
            ["a"] = delivery.Attempts,
        };
        document.Set("by", delivery.By);
        document.Set("d", delivery.Details);
        document.Set("k", delivery.Count == 0 ? null : delivery.Count);
        document.Set("x", delivery.Executions.SelectMany(execution => new BsonValue[] { execution.ThingName, execution.ExecutionNumber }), value => value);
        document.Set("u", delivery.DueAt);
        document.Set("la", delivery.LastAttemptAt);
        document.Set("le", delivery.LastError);
        return document;
    }

    public static NotificationDelivery ToDelivery(BsonDocument document) => new()
    {
        Sequence = document["_id"].AsInt64,
        DeliveryId = document["id"].AsString,
        RuleSequence = document["q"].AsInt64,
        RuleName = document["n"].AsString,
        Event = (NotificationEvent)document["e"].AsInt32,
        JobId = document["j"].AsString,
        At = document.Time("t")!.Value,
        Attempts = document["a"].AsInt32,
        By = document.Text("by"),
        Details = document.Text("d"),
        Count = document.Int64("k") ?? 0,
        Executions = [.. (document.List("x", value => value) ?? []).Chunk(2).Select(pair => new NotifiedExecution(pair[0].AsString, pair[1].AsInt64))],
        DueAt = document.Time("u"),
        LastAttemptAt = document.Time("la"),
        LastError = document.Text("le"),
    };
}
