using IoTJobsToolkit.Engine.Events;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>Which families of events are published: one document of the collection <c>meta</c>, which holds those that are on.</summary>
internal static class EventMapping
{
    public const string Id = "events";

    public static BsonDocument ToDocument(EventConfigurations configurations)
    {
        var document = new BsonDocument { ["_id"] = Id };
        document.Set("on", configurations.Enabled.Order(), type => type.ToString());
        document.Set("c", configurations.CreationDate);
        document.Set("m", configurations.LastModifiedDate);
        return document;
    }

    public static EventConfigurations ToConfigurations(BsonDocument document) => new()
    {
        Enabled = [.. document.List("on", type => Enum.Parse<EventType>(type.AsString))!],
        CreationDate = document.Time("c"),
        LastModifiedDate = document.Time("m"),
    };
}
