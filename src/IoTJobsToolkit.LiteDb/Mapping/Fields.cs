using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Jobs;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Mapping;

/// <summary>
/// Fields of stored documents: absent where there is no value, times as UTC milliseconds, enums as their numbers. Texts with free keys
/// are arrays of keys and values in turn, because a document of LiteDB takes keys which differ in case only for the same.
/// </summary>
internal static class Fields
{
    extension(BsonDocument document)
    {
        public void Set(string name, string? value) => document.SetPart(name, value is null ? null : new(value));

        public void Set(string name, long? value) => document.SetPart(name, value is { } number ? new(number) : null);

        public void Set(string name, int? value) => document.SetPart(name, value is { } number ? new(number) : null);

        public void Set(string name, decimal? value) => document.SetPart(name, value is { } number ? new(number) : null);

        public void Set(string name, bool? value) => document.SetPart(name, value is { } truth ? new(truth) : null);

        public void Set(string name, DateTimeOffset? value) => document.Set(name, value?.ToUnixTimeMilliseconds());

        public void Set<T>(string name, IEnumerable<T>? values, Func<T, BsonValue> map) =>
            document.SetPart(name, values is null ? null : new BsonArray(values.Select(map)));

        public void Set(string name, IEnumerable<KeyValuePair<string, string>> pairs)
        {
            var array = new BsonArray(pairs.SelectMany(pair => new[] { new BsonValue(pair.Key), new BsonValue(pair.Value) }));
            document.SetPart(name, array.Count > 0 ? array : null);
        }

        /// <summary>Pairs, keeping apart none and no map at all.</summary>
        public void SetMap(string name, IReadOnlyDictionary<string, string>? map) =>
            document.Set(name, map?.SelectMany(pair => new[] { pair.Key, pair.Value }), text => text);

        public void SetPart(string name, BsonValue? value)
        {
            if (value is not null)
            {
                document[name] = value;
            }
        }

        public string? Text(string name) => document.TryGetValue(name, out var value) ? value.AsString : null;

        public long? Int64(string name) => document.TryGetValue(name, out var value) ? value.AsInt64 : null;

        public int? Int32(string name) => document.TryGetValue(name, out var value) ? value.AsInt32 : null;

        public decimal? Decimal(string name) => document.TryGetValue(name, out var value) ? value.AsDecimal : null;

        public bool? Boolean(string name) => document.TryGetValue(name, out var value) ? value.AsBoolean : null;

        public DateTimeOffset? Time(string name) =>
            document.TryGetValue(name, out var value) ? DateTimeOffset.FromUnixTimeMilliseconds(value.AsInt64) : null;

        public T? Part<T>(string name, Func<BsonDocument, T> map)
            where T : class => document.TryGetValue(name, out var value) ? map(value.AsDocument) : null;

        public IReadOnlyList<T>? List<T>(string name, Func<BsonValue, T> map) =>
            document.TryGetValue(name, out var value) ? [.. value.AsArray.Select(map)] : null;

        public IEnumerable<KeyValuePair<string, string>> Pairs(string name) => document.TryGetValue(name, out var value)
            ? value.AsArray.Chunk(2).Select(pair => KeyValuePair.Create(pair[0].AsString, pair[1].AsString))
            : [];

        public IReadOnlyDictionary<string, string>? Map(string name) =>
            document.ContainsKey(name) ? new Dictionary<string, string>(document.Pairs(name), StringComparer.Ordinal) : null;

        public ImmutableSortedDictionary<string, string> Attributes(string name) =>
            ImmutableSortedDictionary.CreateRange(StringComparer.Ordinal, document.Pairs(name));
    }

    public static BsonValue FromTag(Tag tag)
    {
        var document = new BsonDocument();
        document.Set("k", tag.Key);
        document.Set("v", tag.Value);
        return document;
    }

    public static Tag ToTag(BsonValue value) => new() { Key = value.AsDocument.Text("k"), Value = value.AsDocument.Text("v") };
}
