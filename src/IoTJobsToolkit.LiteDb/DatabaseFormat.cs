using IoTJobsToolkit.LiteDb.Mapping;
using LiteDB;

namespace IoTJobsToolkit.LiteDb;

/// <summary>Tells a database of jobs by its format number, and makes a new one.</summary>
internal static class DatabaseFormat
{
    /// <summary>The first document of the collection <c>meta</c>.</summary>
    public const string MetaId = "store";

    /// <summary>For how many days ended jobs are kept.</summary>
    public const string RetentionId = "retention";

    /// <summary>What operators did last.</summary>
    public const string ActivitiesId = "activities";

    /// <summary>Which generation of the journal is not wholly in the collections.</summary>
    private const string JournalId = "journal";

    private const int Current = 3;

    /// <exception cref="DatabaseFormatException">The file is something else, or of a later version of the toolkit.</exception>
    public static void Prepare(LiteDatabase database, Collections collections, string path)
    {
        if (collections.Meta.FindById(MetaId) is { } meta)
        {
            var version = meta["v"].AsInt32;
            if (version > Current)
            {
                throw new DatabaseFormatException(
                    path, $"it has format {version}, and this version of IoTJobsToolkit reads formats up to {Current}. Update IoTJobsToolkit.");
            }
            if (version < Current)
            {
                // What a later format has more is read as absent: the number alone keeps earlier versions of the toolkit away.
                collections.Meta.Update(Meta(meta["n"].AsInt64));
            }
            return;
        }
        if (database.GetCollectionNames().Any())
        {
            throw new DatabaseFormatException(path, "it is a LiteDB database of something else than jobs. Choose another path.");
        }
        database.BeginTrans();
        collections.Executions.EnsureIndex(ExecutionMapping.ThingField, BsonExpression.Create($"$.{ExecutionMapping.ThingField}"));
        collections.Meta.Insert(Meta(1));
        database.Commit();
    }

    public static BsonDocument Meta(long nextSequence) =>
        new() { ["_id"] = MetaId, ["v"] = Current, ["n"] = nextSequence };

    /// <summary>Null in a database which never had a journal.</summary>
    public static long? JournalGeneration(Collections collections) => collections.Meta.FindById(JournalId)?.Int64("g");

    /// <summary>Says that all which any journal holds is in the collections, and which generation begins. Within a transaction that makes it so.</summary>
    public static void BeginJournal(Collections collections, long generation) =>
        collections.Meta.Upsert(new BsonDocument { ["_id"] = JournalId, ["g"] = generation });
}

/// <summary>The file is a whole database, but none that this version can use; the message says what to do.</summary>
public sealed class DatabaseFormatException(string path, string reason)
    : IOException($"The database {path} cannot be opened: {reason}")
{
    public string Path { get; } = path;
}
