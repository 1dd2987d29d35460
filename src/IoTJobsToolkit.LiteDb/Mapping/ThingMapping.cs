using IoTJobsToolkit.Engine.Things;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>Things, groups, memberships and leavers.</summary>
internal static class ThingMapping
{
    public static BsonDocument ToDocument(Thing thing)
    {
        var document = new BsonDocument { ["_id"] = thing.Name, ["q"] = thing.Sequence, ["v"] = thing.Version };
        document.Set("t", thing.ThingTypeName);
        document.Set("b", thing.BillingGroupName);
        document.Set("a", thing.Attributes);
        document.Set("g", thing.Groups.IsDefaultOrEmpty ? null : (IEnumerable<long>)thing.Groups, group => group);
        return document;
    }

    public static Thing ToThing(BsonDocument document) => new()
    {
        Sequence = document["q"].AsInt64,
        Name = document["_id"].AsString,
        ThingTypeName = document.Text("t"),
        BillingGroupName = document.Text("b"),
        Attributes = document.ContainsKey("a") ? document.Attributes("a") : Thing.NoAttributes,
        Version = document["v"].AsInt64,
        Groups = [.. document.List("g", group => group.AsInt64) ?? []],
    };

    public static BsonDocument ToDocument(ThingGroup group)
    {
        var document = new BsonDocument
        {
            ["_id"] = group.Sequence,
            ["n"] = group.Name,
            ["c"] = group.CreatedAt.ToUnixTimeMilliseconds(),
            ["v"] = group.Version,
        };
        document.Set("p", group.ParentSequence);
        document.Set("d", group.Description);
        document.Set("a", group.Attributes);
        document.Set("tag", group.Tags, Fields.FromTag);
        document.Set("x", group.DeletedAt);
        document.Set("y", group.DeletedSequence);
        document.Set("qs", group.QueryString);
        document.Set("st", group.Status == ThingGroupStatus.ACTIVE ? null : (int?)group.Status);
        document.Set("bs", group.BuildingSince);
        document.Set("bu", group.BuiltUpTo);
        return document;
    }

    public static ThingGroup ToGroup(BsonDocument document) => new()
    {
        Sequence = document["_id"].AsInt64,
        Name = document["n"].AsString,
        CreatedAt = document.Time("c")!.Value,
        ParentSequence = document.Int64("p"),
        Description = document.Text("d"),
        Attributes = document.Attributes("a"),
        Tags = document.List("tag", Fields.ToTag) ?? [],
        Version = document["v"].AsInt64,
        DeletedAt = document.Time("x"),
        DeletedSequence = document.Int64("y") ?? 0,
        QueryString = document.Text("qs"),
        Status = (ThingGroupStatus)(document.Int32("st") ?? 0),
        BuildingSince = document.Time("bs"),
        BuiltUpTo = document.Text("bu"),
    };

    public static BsonDocument ToDocument(GroupMember member) => new()
    {
        ["_id"] = Keys.Named(member.GroupSequence, member.ThingName),
        ["q"] = member.ThingSequence,
        ["j"] = member.JoinedSequence,
    };

    public static GroupMember ToMember(BsonDocument document)
    {
        var key = new KeyReader(document["_id"].AsBinary);
        return new(key.ReadInt64(), key.ReadText(), document["q"].AsInt64, document["j"].AsInt64);
    }

    public static BsonDocument ToDocument(SnapshotLeaver leaver) => new()
    {
        ["_id"] = Keys.Named(leaver.JobSequence, leaver.Target, leaver.ThingName),
        ["q"] = leaver.ThingSequence,
    };

    public static SnapshotLeaver ToLeaver(BsonDocument document)
    {
        var key = new KeyReader(document["_id"].AsBinary);
        return new(key.ReadInt64(), (int)key.ReadInt64(), key.ReadText(), document["q"].AsInt64);
    }
}
