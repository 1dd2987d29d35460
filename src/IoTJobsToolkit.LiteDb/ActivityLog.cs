using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.LiteDb.Mapping;
using LiteDB;

namespace IoTJobsToolkit.LiteDb;

/// <summary>
/// What operators did. A document of its own for each would make every change a third slower: the newest are packed beside the sequence, in a page that every
/// commit writes anyway, and go to their collection many at a time, by the sequence of the first.
/// </summary>
internal sealed class ActivityLog
{
    private const int NewestBytes = 3_000;
    private const int PacksPerRead = 32;
    private const string Packed = "p";

    private readonly Collections _collections;
    private byte[] _newest;
    private byte[] _planned;

    public ActivityLog(Collections collections)
    {
        _collections = collections;
        _newest = _planned = collections.Meta.FindById(DatabaseFormat.ActivitiesId)?[Packed].AsBinary ?? [];
    }

    /// <summary>Newest first, before a sequence.</summary>
    public List<ActivityRecord> Read(long? before, int take)
    {
        var found = new List<ActivityRecord>();
        Add(_newest);
        for (var below = before ?? long.MaxValue; found.Count < take;)
        {
            var packs = _collections.Activities.ReadDescending("_id", (Keys.Of(0), Keys.Of(below - 1)), PacksFor(take)).ToList();
            if (packs.Count == 0)
            {
                break;
            }
            packs.ForEach(pack => Add(pack[Packed].AsBinary));
            below = IdOf(packs[^1]);
        }
        return found;

        void Add(byte[] pack)
        {
            if (found.Count < take)
            {
                found.AddRange(ActivityMapping.Unpack(pack).Where(record => !(record.Sequence >= before)).Reverse().Take(take - found.Count));
            }
        }
    }

    /// <summary>Oldest first.</summary>
    public List<ActivityRecord> ReadFirst(int take)
    {
        var found = new List<ActivityRecord>();
        for (var from = 0L; found.Count < take;)
        {
            var packs = _collections.Activities.Read((Keys.Of(from), Keys.Of(long.MaxValue)), PacksFor(take)).ToList();
            if (packs.Count == 0)
            {
                found.AddRange(ActivityMapping.Unpack(_newest));
                break;
            }
            packs.ForEach(pack => found.AddRange(ActivityMapping.Unpack(pack[Packed].AsBinary)));
            from = IdOf(packs[^1]) + 1;
        }
        return found[..Math.Min(take, found.Count)];
    }

    /// <summary>What a commit does to the packs; to be told of by <see cref="Committed"/>.</summary>
    public ActivityWrites Plan(JobsChanges changes)
    {
        var writes = new ActivityWrites();
        _planned = _newest;
        if (changes.ClearedActivities.Count > 0)
        {
            Clear([.. changes.ClearedActivities], writes);
        }
        if (changes.Activities.Count > 0)
        {
            byte[] packed = [.. _planned, .. ActivityMapping.Pack(changes.Activities.OrderBy(record => record.Sequence))];
            _planned = packed.Length <= NewestBytes ? packed : [];
            if (packed.Length > NewestBytes)
            {
                writes.Inserts.Add(Document(Keys.Of(ActivityMapping.Unpack(packed)[0].Sequence), packed));
            }
        }
        if (!ReferenceEquals(_planned, _newest))
        {
            writes.Newest = Document(DatabaseFormat.ActivitiesId, _planned);
        }
        return writes;
    }

    public void Committed() => _newest = _planned;

    private void Clear(HashSet<long> cleared, ActivityWrites writes)
    {
        foreach (var sequence in cleared.Order().ToList())
        {
            if (cleared.Contains(sequence) &&
                _collections.Activities.ReadDescending("_id", (Keys.Of(0), Keys.Of(sequence)), 1).SingleOrDefault() is { } pack &&
                Without(cleared, pack[Packed].AsBinary) is { } left)
            {
                if (left.Length == 0)
                {
                    writes.Deletes.Add(pack["_id"]);
                }
                else
                {
                    writes.Updates.Add(Document(pack["_id"], left));
                }
            }
        }
        _planned = Without(cleared, _planned) ?? _planned;
    }

    /// <summary>What is left of a pack; null where nothing of it goes. What goes is taken off the list.</summary>
    private static byte[]? Without(HashSet<long> cleared, byte[] pack)
    {
        var records = ActivityMapping.Unpack(pack);
        return records.RemoveAll(record => cleared.Remove(record.Sequence)) > 0 ? ActivityMapping.Pack(records) : null;
    }

    private static int PacksFor(int take) => Math.Min(PacksPerRead, 1 + take / 16);

    private static long IdOf(BsonDocument pack) => new KeyReader(pack["_id"].AsBinary).ReadInt64();

    private static BsonDocument Document(BsonValue id, byte[] packed) => new() { ["_id"] = id, [Packed] = packed };
}

/// <summary>What one commit does to the packs of activities.</summary>
internal sealed class ActivityWrites
{
    public List<BsonDocument> Inserts { get; } = [];

    public List<BsonDocument> Updates { get; } = [];

    public List<BsonValue> Deletes { get; } = [];

    /// <summary>Those beside the sequence; null where they stay.</summary>
    public BsonDocument? Newest { get; set; }
}
