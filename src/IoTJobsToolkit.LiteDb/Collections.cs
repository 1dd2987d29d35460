using LiteDB;

namespace IoTJobsToolkit.LiteDb;

/// <summary>The collections of a database of jobs, each read by id or by a range of keys, never by offset and never counted.</summary>
internal sealed class Collections(LiteDatabase database)
{
    /// <summary>The file's format, and the next number of the one sequence.</summary>
    public ILiteCollection<BsonDocument> Meta { get; } = database.GetCollection("meta");

    public ILiteCollection<BsonDocument> Jobs { get; } = database.GetCollection("jobs");

    /// <summary>What changes while a job runs: small documents that lie together.</summary>
    public ILiteCollection<BsonDocument> Progress { get; } = database.GetCollection("progress");

    public ILiteCollection<BsonDocument> Documents { get; } = database.GetCollection("documents");

    public ILiteCollection<BsonDocument> Executions { get; } = database.GetCollection("executions");

    /// <summary>Deadlines of running executions, earliest first, with the key of the execution.</summary>
    public ILiteCollection<BsonDocument> Timers { get; } = database.GetCollection("timers");

    public ILiteCollection<BsonDocument> Things { get; } = database.GetCollection("things");

    public ILiteCollection<BsonDocument> Groups { get; } = database.GetCollection("groups");

    public ILiteCollection<BsonDocument> Templates { get; } = database.GetCollection("templates");

    public ILiteCollection<BsonDocument> AccessKeys { get; } = database.GetCollection("accessKeys");

    public ILiteCollection<BsonDocument> Accounts { get; } = database.GetCollection("accounts");

    public ILiteCollection<BsonDocument> NotificationRules { get; } = database.GetCollection("notificationRules");

    /// <summary>What notification rules still have to deliver, and dead letters.</summary>
    public ILiteCollection<BsonDocument> NotificationDeliveries { get; } = database.GetCollection("notificationDeliveries");

    /// <summary>Certificates and tokens of things.</summary>
    public ILiteCollection<BsonDocument> ThingCredentials { get; } = database.GetCollection("thingCredentials");

    public ILiteCollection<BsonDocument> Members { get; } = database.GetCollection("members");

    public ILiteCollection<BsonDocument> Leavers { get; } = database.GetCollection("leavers");

    /// <summary>Joins and retries which wait for a maintenance window.</summary>
    public ILiteCollection<BsonDocument> Postponed { get; } = database.GetCollection("postponed");

    public ILiteCollection<BsonDocument> DeletedNumbers { get; } = database.GetCollection("deletedNumbers");

    public ILiteCollection<BsonDocument> History { get; } = database.GetCollection("history");

    /// <summary>Jobs of which only the history is left, earliest first.</summary>
    public ILiteCollection<BsonDocument> Gone { get; } = database.GetCollection("gone");

    /// <summary>What operators did, many in a document.</summary>
    public ILiteCollection<BsonDocument> Activities { get; } = database.GetCollection("activities");

    /// <summary>Which things are or were connected, by their sequence.</summary>
    public ILiteCollection<BsonDocument> Connectivity { get; } = database.GetCollection("connectivity");

    public ILiteCollection<BsonDocument> ConnectivityRuns { get; } = database.GetCollection("connectivityRuns");

    public ILiteCollection<BsonDocument> BrokerSessions { get; } = database.GetCollection("brokerSessions");

    /// <summary>Messages which wait in sessions.</summary>
    public ILiteCollection<BsonDocument> SessionMessages { get; } = database.GetCollection("sessionMessages");

    public ILiteCollection<BsonDocument> RetainedMessages { get; } = database.GetCollection("retainedMessages");
}

internal static class CollectionReads
{
    // Values are always parameters: each literal would be compiled and kept for ever.
    private const string IdWithin = "$._id BETWEEN @0 AND @1";

    extension(ILiteCollection<BsonDocument> collection)
    {
        /// <summary>Documents by ascending id; both ends are within the range. The cursor is closed on return.</summary>
        public IEnumerable<BsonDocument> Read((byte[] From, byte[] To) range, int take) =>
            collection.Query().Where(IdWithin, range.From, range.To).Limit(take).ToList();

        public void Delete((byte[] From, byte[] To) range) => collection.DeleteMany(IdWithin, range.From, range.To);

        /// <summary>Documents with an indexed field within the range, both ends included, as they come.</summary>
        public IEnumerable<BsonDocument> ReadAny(string field, (byte[] From, byte[] To) range, int take) =>
            collection.Query().Where($"$.{field} BETWEEN @0 AND @1", range.From, range.To).Limit(take).ToList();

        /// <summary>Documents by a descending indexed field; both ends are within the range. The cursor is closed on return.</summary>
        public IEnumerable<BsonDocument> ReadDescending(string field, (byte[] From, byte[] To) range, int take) =>
            collection.Query().Where($"$.{field} BETWEEN @0 AND @1", range.From, range.To)
                .OrderByDescending($"$.{field}").Limit(take).ToList();
    }
}
