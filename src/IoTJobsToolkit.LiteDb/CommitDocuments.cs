using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.LiteDb.Mapping;
using LiteDB;

namespace IoTJobsToolkit.LiteDb;

/// <summary>
/// What a commit does to the collections, mapped before the transaction begins and sorted by key, so that LiteDB fills its pages in order.
/// </summary>
internal sealed class CommitDocuments
{
    private readonly List<Batch> _batches = [];
    private readonly List<(ILiteCollection<BsonDocument> Collection, (byte[] From, byte[] To) Range)> _clearings = [];

    /// <summary>What goes before anything is added.</summary>
    private readonly List<(ILiteCollection<BsonDocument> Collection, (byte[] From, byte[] To) Range)> _firstClearings = [];

    public CommitDocuments(Collections collections, JobsChanges changes, ActivityWrites activities)
    {
        Add(collections.Jobs, changes.Jobs, sequence => sequence, JobMapping.ToDocument);
        Add(collections.Progress, changes.Progress, sequence => sequence, ProgressMapping.ToDocument);
        Add(collections.Groups, changes.Groups, sequence => sequence, ThingMapping.ToDocument);
        Add(collections.Templates, changes.Templates, sequence => sequence, TemplateMapping.ToDocument);
        Add(collections.AccessKeys, changes.AccessKeys, sequence => sequence, AccessMapping.ToDocument);
        Add(collections.Accounts, changes.Accounts, sequence => sequence, AccessMapping.ToDocument);
        Add(collections.NotificationRules, changes.NotificationRules, sequence => sequence, NotificationMapping.ToDocument);
        Add(collections.NotificationDeliveries, changes.NotificationDeliveries, sequence => sequence, NotificationMapping.ToDocument);
        Add(collections.Things, changes.Things, name => name, ThingMapping.ToDocument);
        Add(collections.Executions, changes.Executions, key => Keys.Of(key), ExecutionMapping.ToDocument);
        AddTimers(collections.Timers, changes.Executions);
        AddKeyed(
            collections.Documents, changes.Documents, sequence => sequence,
            (sequence, text) => new() { ["_id"] = sequence, ["t"] = text });
        AddKeyed(
            collections.Members, changes.Members, key => Keys.Named(key.Group, key.Thing),
            (_, member) => ThingMapping.ToDocument(member));
        AddKeyed(
            collections.ThingCredentials, changes.ThingCredentials, key => Keys.Named(key.Thing, key.Id),
            (_, credential) => AccessMapping.ToDocument(credential));
        AddKeyed(
            collections.Leavers, changes.Leavers, key => Keys.Named(key.Job, key.Target, key.Thing),
            (_, leaver) => ThingMapping.ToDocument(leaver));
        AddKeyed(
            collections.Postponed, changes.Postponed, key => Keys.Named(key.Job, key.Thing),
            (_, postponed) => ProgressMapping.ToDocument(postponed));
        AddKeyed(
            collections.DeletedNumbers, changes.DeletedNumbers, key => Keys.Of(key.Job, key.Thing),
            (key, number) => new() { ["_id"] = Keys.Of(key.Job, key.Thing), ["n"] = number.Number, ["q"] = number.Sequence });
        AddKeyed(
            collections.Gone, changes.Gone, key => Keys.Of(key.At.ToUnixTimeMilliseconds(), key.Job),
            (_, gone) => HistoryMapping.ToDocument(gone));
        AddBroker(collections, changes);
        Add(new(collections.History)
        {
            Inserts = [.. changes.History.Select(HistoryMapping.ToDocument)],
            Deletes = [.. changes.ClearedHistory.Select(record => new BsonValue(Keys.Of(record.Job, record.Sequence)))],
        });
        Add(new(collections.Activities) { Inserts = activities.Inserts, Updates = activities.Updates, Deletes = activities.Deletes });
        if (activities.Newest is { } newest)
        {
            Add(new(collections.Meta) { Upserts = [newest] });
        }
        if (changes.EventConfigurations is { } configurations)
        {
            Add(new(collections.Meta) { Upserts = [EventMapping.ToDocument(configurations)] });
        }
        if (changes.Clock is { } clock)
        {
            Add(new(collections.Meta) { Upserts = [ClockMapping.ToDocument(clock)] });
        }
        if (changes.RetentionDays is { } days)
        {
            Add(new(collections.Meta) { Upserts = [new() { ["_id"] = DatabaseFormat.RetentionId, ["d"] = days }] });
        }

        foreach (var (job, _) in changes.Jobs.Where(change => change.Value.After is null))
        {
            _clearings.Add((collections.Leavers, Keys.Below(job)));
            _clearings.Add((collections.Postponed, Keys.Below(job)));
            _clearings.Add((collections.DeletedNumbers, Keys.Below(job)));
        }
        foreach (var thing in changes.DeletedThings)
        {
            _clearings.Add((collections.ThingCredentials, Keys.Below(thing.Sequence)));
        }
    }

    /// <summary>Within the caller's transaction.</summary>
    public void Write()
    {
        foreach (var (collection, range) in _firstClearings)
        {
            collection.Delete(range);
        }
        foreach (var batch in _batches)
        {
            batch.Write();
        }
        foreach (var (collection, range) in _clearings)
        {
            collection.Delete(range);
        }
    }

    /// <summary>Connections, and what a broker keeps.</summary>
    private void AddBroker(Collections collections, JobsChanges changes)
    {
        AddKeyed(
            collections.Connectivity, changes.Connectivity, sequence => sequence, (_, connectivity) => ConnectivityMapping.ToDocument(connectivity));
        AddKeyed(
            collections.ConnectivityRuns, changes.ConnectivityRuns!, sequence => sequence, (_, run) => ConnectivityMapping.ToDocument(run));
        AddKeyed(
            collections.BrokerSessions, changes.BrokerSessions, clientId => Keys.Of(clientId), (_, session) => BrokerMapping.ToDocument(session));
        AddKeyed(
            collections.SessionMessages, changes.SessionMessages, key => Keys.Of(key.ClientId, key.Number),
            (_, message) => BrokerMapping.ToDocument(message));
        AddKeyed(
            collections.RetainedMessages, changes.RetainedMessages, topic => Keys.Of(topic), (_, message) => BrokerMapping.ToRetained(message));
        foreach (var clientId in changes.ClearedSessions)
        {
            _firstClearings.Add((collections.SessionMessages, Keys.Below(clientId)));
        }
    }

    private void Add<TKey, T>(
        ILiteCollection<BsonDocument> collection, Dictionary<TKey, Change<T>> changes, Func<TKey, BsonValue> id, Func<T, BsonDocument> map)
        where TKey : notnull
        where T : class
    {
        var batch = new Batch(collection) { DeletesWhatIsThere = true };
        foreach (var (key, (before, after)) in changes)
        {
            switch (before, after)
            {
                case (null, not null):
                    batch.Inserts.Add(map(after));
                    break;
                case (not null, not null):
                    batch.Updates.Add(map(after));
                    break;
                case (not null, null):
                    batch.Deletes.Add(id(key));
                    break;
            }
        }
        Add(batch);
    }

    /// <summary>Changes which do not tell what was there before.</summary>
    private void AddKeyed<TKey, T>(
        ILiteCollection<BsonDocument> collection, Dictionary<TKey, T?> changes, Func<TKey, BsonValue> id, Func<TKey, T, BsonDocument> map)
        where TKey : notnull
        where T : class
    {
        var batch = new Batch(collection);
        foreach (var (key, value) in changes)
        {
            if (value is null)
            {
                batch.Deletes.Add(id(key));
            }
            else
            {
                batch.Upserts.Add(map(key, value));
            }
        }
        Add(batch);
    }

    private void AddTimers(ILiteCollection<BsonDocument> collection, Dictionary<ExecutionKey, Change<JobExecution>> changes)
    {
        var batch = new Batch(collection) { DeletesWhatIsThere = true };
        foreach (var (key, (before, after)) in changes)
        {
            if (before?.Deadline == after?.Deadline)
            {
                continue;
            }
            if (before?.Deadline is { } old)
            {
                batch.Deletes.Add(TimerMapping.IdOf(old, key));
            }
            if (after?.Deadline is { } deadline)
            {
                batch.Inserts.Add(TimerMapping.ToDocument(deadline, key));
            }
        }
        Add(batch);
    }

    private void Add(Batch batch)
    {
        if (batch.Sort())
        {
            _batches.Add(batch);
        }
    }

    private sealed record Batch(ILiteCollection<BsonDocument> Collection)
    {
        private static readonly Comparison<BsonDocument> ById = (x, y) => x["_id"].CompareTo(y["_id"], LiteDB.Collation.Binary);

        public List<BsonDocument> Inserts { get; init; } = [];

        public List<BsonDocument> Updates { get; init; } = [];

        public List<BsonDocument> Upserts { get; init; } = [];

        public List<BsonValue> Deletes { get; init; } = [];

        public bool DeletesWhatIsThere { get; init; }

        /// <summary>False when there is nothing to do.</summary>
        public bool Sort()
        {
            Inserts.Sort(ById);
            Updates.Sort(ById);
            Upserts.Sort(ById);
            Deletes.Sort((x, y) => x.CompareTo(y, LiteDB.Collation.Binary));
            return Inserts.Count + Updates.Count + Upserts.Count + Deletes.Count > 0;
        }

        public void Write()
        {
            foreach (var id in Deletes)
            {
                if (!Collection.Delete(id) && DeletesWhatIsThere)
                {
                    throw new InvalidOperationException($"A record of {Collection.Name} is to be deleted and is not there.");
                }
            }
            if (Updates.Count > 0 && Collection.Update(Updates) != Updates.Count)
            {
                throw new InvalidOperationException($"Of {Updates.Count} records of {Collection.Name} to be changed some are not there.");
            }
            if (Upserts.Count > 0)
            {
                Collection.Upsert(Upserts);
            }
            if (Inserts.Count > 0)
            {
                Collection.Insert(Inserts);
            }
        }
    }
}
