using LiteDB;

namespace IoTJobsToolkit.LiteDb.Journaling;

/// <summary>Documents of one collection which are in the journal and not yet in the collection: of each the newest, first come first.</summary>
/// <param name="isThere">Whether the collection has them already: then one that it has not is damage.</param>
internal sealed class PendingDocuments(ILiteCollection<BsonDocument> collection, bool isThere)
{
    private readonly Dictionary<BsonValue, BsonDocument?> _documents = new(IdComparer.Instance);
    private readonly Queue<BsonValue> _order = new();

    public int Count => _documents.Count;

    /// <summary>The document as it will be, of one that was read.</summary>
    public BsonDocument Newest(BsonDocument read) => _documents.TryGetValue(read["_id"], out var pending) && pending is not null ? pending : read;

    public void Put(BsonDocument document) => Put(document["_id"], document);

    /// <param name="document">Null to delete it.</param>
    public void Put(BsonValue id, BsonDocument? document)
    {
        if (!_documents.ContainsKey(id))
        {
            _order.Enqueue(id);
        }
        _documents[id] = document;
    }

    /// <summary>Within the caller's transaction.</summary>
    public void Apply(int count, Func<BsonDocument, BsonDocument> finish)
    {
        var changed = new List<BsonDocument>(Math.Min(count, Count));
        for (; count > 0 && _order.TryDequeue(out var id); count--)
        {
            if (_documents.Remove(id, out var document) && document is not null)
            {
                changed.Add(finish(document));
            }
            else
            {
                collection.Delete(id);
            }
        }
        if (changed.Count == 0)
        {
            return;
        }
        if (!isThere)
        {
            collection.Upsert(changed);
        }
        else if (collection.Update(changed) != changed.Count)
        {
            throw new InvalidOperationException($"Of {changed.Count} records of {collection.Name} to be changed some are not there.");
        }
    }

    /// <summary>LiteDB's own hash of a key of bytes is that of the array object.</summary>
    private sealed class IdComparer : IEqualityComparer<BsonValue>
    {
        public static IdComparer Instance { get; } = new();

        public bool Equals(BsonValue? x, BsonValue? y) =>
            x is { IsBinary: true } && y is { IsBinary: true } ? x.AsBinary.AsSpan().SequenceEqual(y.AsBinary) : object.Equals(x, y);

        public int GetHashCode(BsonValue id)
        {
            if (!id.IsBinary)
            {
                return id.GetHashCode();
            }
            var hash = new HashCode();
            hash.AddBytes(id.AsBinary);
            return hash.ToHashCode();
        }
    }
}
