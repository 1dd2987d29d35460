using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.LiteDb.Durability;
using IoTJobsToolkit.LiteDb.Journaling;
using IoTJobsToolkit.LiteDb.Locking;
using IoTJobsToolkit.LiteDb.Mapping;
using LiteDB;

namespace IoTJobsToolkit.LiteDb;

/// <summary>
/// Jobs in one LiteDB file. Nothing that changes is in an index: what is asked for in an order is a range of keys, and what is due lies in
/// small collections of its own.
/// </summary>
public sealed partial class LiteDbJobsStore : IJobsStore
{
    /// <summary>
    /// Log which is brought into the data file when nobody waits. Between two groups of callers nobody waits either, and LiteDB forgets its
    /// pages with every checkpoint: so not too little.
    /// </summary>
    private const long IdleLog = 12L << 20;

    /// <summary>Log which is brought into the data file though somebody may wait. What is brought at once is waited for at once: so not too much.</summary>
    internal const long LargestLog = 16L << 20;

    private readonly string _path;
    private readonly DurableDatabase _durable;
    private readonly LiteDatabase _database;
    private readonly Collections _collections;
    private readonly JournaledMoves _moves;
    private readonly ActivityLog _activities;
    private long _nextSequence;

    private LiteDbJobsStore(DurableDatabase durable, Journal journal, JournalLimits limits, string path)
    {
        _path = path;
        _durable = durable;
        _database = durable.Database;
        _collections = new(_database);
        DatabaseFormat.Prepare(_database, _collections, path);
        _moves = new(durable, _collections, journal, limits);
        _moves.Recover();
        _nextSequence = ReadNextSequence();
        _activities = new(_collections);
    }

    /// <exception cref="DatabaseDamagedException">A record cannot be read.</exception>
    public StoreContents Load()
    {
        _moves.ApplyAll();
        try
        {
            return ReadContents();
        }
        catch (Exception exception) when (exception is not IOException)
        {
            throw Damaged(_path, exception);
        }
    }

    public string? FindDocument(long jobSequence) => Read(() => _collections.Documents.FindById(jobSequence)?.Text("t"));

    public Thing? FindThing(string name) =>
        Read(() => _collections.Things.FindById(name) is { } thing ? ThingMapping.ToThing(thing) : null);

    public IReadOnlyList<Thing> ReadThings(string? after, int take) =>
        ReadAll(() => _collections.Things.Query().Where("$._id > @0", after ?? "").Limit(take).ToList().Select(ThingMapping.ToThing));

    public IReadOnlyList<GroupMember> ReadMembers(long groupSequence, string? after, int take) =>
        ReadAll(() => _collections.Members.Read(Keys.NamedAfter(groupSequence, after), take).Select(ThingMapping.ToMember));

    public GroupMember? FindMember(long groupSequence, string thingName) =>
        Read(() => _collections.Members.FindById(Keys.Named(groupSequence, thingName)) is { } member ? ThingMapping.ToMember(member) : null);

    public IReadOnlyList<SnapshotLeaver> ReadLeavers(long jobSequence, int target, string? after, int take) =>
        ReadAll(() => _collections.Leavers.Read(Keys.NamedAfter(jobSequence, target, after), take).Select(ThingMapping.ToLeaver));

    public IReadOnlyList<JobExecution> ReadExecutions(long jobSequence, ExecutionKey? after, int take) =>
        ReadAll(() => _collections.Executions.Read(Keys.Executions(jobSequence, after), take).Select(ToExecution));

    public IReadOnlyList<JobExecution> ReadExecutionsOfThing(
        long thingSequence, ThingExecutionKey? after, DateTimeOffset queuedFrom, int take) =>
        ReadAll(() => _collections.Executions
            .ReadDescending(ExecutionMapping.ThingField, Keys.OfThing(thingSequence, after, queuedFrom), take)
            .Select(ToExecution));

    public IReadOnlyList<JobExecution>? FindExecutionsOfThings(long first, long last, int most)
    {
        var found = ReadAll(() => _collections.Executions
            .ReadAny(ExecutionMapping.ThingField, (Keys.Of(first), Keys.Of(last + 1)), most + 1)
            .Select(ToExecution));
        return found.Count <= most ? found : null;
    }

    public IReadOnlyList<JobExecution> ReadTimers(DateTimeOffset until, int take)
    {
        _moves.ApplyTimers();
        return ReadAll(() => _collections.Timers.Read((Keys.Of(long.MinValue), Keys.Of(until.ToUnixTimeMilliseconds() + 1)), take)
            .Select(timer => ToExecution(_collections.Executions.FindById(timer["e"]))));
    }

    public DeletedNumber? FindDeletedNumber(long jobSequence, long thingSequence) =>
        Read(() => _collections.DeletedNumbers.FindById(Keys.Of(jobSequence, thingSequence)) is { } number
            ? new DeletedNumber(number["n"].AsInt64, number.Int64("q") ?? 0)
            : null);

    public PostponedExecution? FindPostponed(long jobSequence, string thingName) => Read(() =>
        _collections.Postponed.FindById(Keys.Named(jobSequence, thingName)) is { } postponed ? ProgressMapping.ToPostponed(postponed) : null);

    public IReadOnlyList<PostponedExecution> ReadPostponed(long jobSequence, string? after, int take) =>
        ReadAll(() => _collections.Postponed.Read(Keys.NamedAfter(jobSequence, after), take).Select(ProgressMapping.ToPostponed));

    public IReadOnlyList<GoneJob> ReadGone(DateTimeOffset until, int take) =>
        ReadAll(() => _collections.Gone.Read((Keys.Of(long.MinValue), Keys.Of(until.ToUnixTimeMilliseconds() + 1)), take)
            .Select(HistoryMapping.ToGone));

    public IReadOnlyList<JobHistoryRecord> ReadHistory(long jobSequence, long afterSequence, int take) =>
        ReadAll(() => _collections.History.Read((Keys.Of(jobSequence, afterSequence + 1), Keys.Of(jobSequence + 1)), take)
            .Select(HistoryMapping.ToRecord));

    public ThingCredential? FindThingCredential(long thingSequence, string credentialId) => Read(() =>
        _collections.ThingCredentials.FindById(Keys.Named(thingSequence, credentialId)) is { } credential ? AccessMapping.ToThingCredential(credential) : null);

    public IReadOnlyList<ThingCredential> ReadThingCredentials(long thingSequence, string? after, int take) =>
        ReadAll(() => _collections.ThingCredentials.Read(Keys.NamedAfter(thingSequence, after), take).Select(AccessMapping.ToThingCredential));

    public void Commit(JobsChanges changes)
    {
        ArgumentNullException.ThrowIfNull(changes);
        var nextSequence = Math.Max(_nextSequence, changes.NextSequence);
        if (changes.OnlyMoves)
        {
            _moves.Commit(JournalEntry.Of(changes, nextSequence));
            _nextSequence = nextSequence;
        }
        else
        {
            _moves.ApplyAll();
            WriteTransaction(new(_collections, changes, _activities.Plan(changes)), nextSequence);
            _nextSequence = nextSequence;
            _activities.Committed();
            MakeDurable();
        }
    }

    public void Maintain(bool isIdle)
    {
        _moves.Apply();
        if (_durable.LogBytes > (isIdle ? IdleLog : LargestLog))
        {
            Checkpoint();
        }
    }

    /// <summary>Brings everything into the data file, closes it and gives it free.</summary>
    public void Dispose()
    {
        try
        {
            _moves.Dispose();
        }
        finally
        {
            _durable.Dispose();
        }
    }

    private StoreContents ReadContents() => new(
        [.. _collections.Jobs.FindAll().Select(JobMapping.ToJob)],
        [.. _collections.Progress.FindAll().Select(ProgressMapping.ToProgress)],
        [.. _collections.Groups.FindAll().Select(ThingMapping.ToGroup)],
        _nextSequence,
        _collections.Timers.Query().Limit(1).ToList() is [var first] ? new KeyReader(first["_id"].AsBinary).ReadTime() : null)
    {
        RetentionDays = _collections.Meta.FindById(DatabaseFormat.RetentionId)?.Int32("d"),
        Clock = _collections.Meta.FindById(ClockMapping.Id) is { } clock ? ClockMapping.ToState(clock) : null,
        EventConfigurations = _collections.Meta.FindById(EventMapping.Id) is { } configurations ? EventMapping.ToConfigurations(configurations) : null,
        Templates = [.. _collections.Templates.FindAll().Select(TemplateMapping.ToTemplate)],
        AccessKeys = [.. _collections.AccessKeys.FindAll().Select(AccessMapping.ToAccessKey)],
        Accounts = [.. _collections.Accounts.FindAll().Select(AccessMapping.ToAccount)],
        NotificationRules = [.. _collections.NotificationRules.FindAll().Select(NotificationMapping.ToRule)],
        NotificationDeliveries = [.. _collections.NotificationDeliveries.FindAll().Select(NotificationMapping.ToDelivery)],
        ConnectivityRuns = [.. _collections.ConnectivityRuns.FindAll().Select(ConnectivityMapping.ToRun)],
    };

    private StoreFailedException Failed(string message, Exception? cause = null)
    {
        _moves.GiveUp();
        return new(message, cause);
    }

    private List<T> ReadAll<T>(Func<IEnumerable<T>> read) => Read(() => read().ToList());

    /// <summary>The journal may be ahead of what the collection holds.</summary>
    private JobExecution ToExecution(BsonDocument read) => ExecutionMapping.ToExecution(_moves.Newest(read));

    /// <summary>What cannot be read is damaged, and LiteDB may be left in the middle of it: nothing after that can be trusted.</summary>
    private T Read<T>(Func<T> read)
    {
        _moves.EndTransaction();
        try
        {
            return read();
        }
        catch (Exception exception)
        {
            throw Failed($"The database could not be read: {exception.Message}", exception);
        }
    }

    private long ReadNextSequence() => _collections.Meta.FindById(DatabaseFormat.MetaId)["n"].AsInt64;

    private void WriteTransaction(CommitDocuments documents, long nextSequence)
    {
        try
        {
            if (!_database.BeginTrans())
            {
                throw Failed("The database is in a transaction which nobody ended.");
            }
            documents.Write();
            if (nextSequence != _nextSequence)
            {
                _collections.Meta.Update(DatabaseFormat.Meta(nextSequence));
            }
            _moves.Supersede();
            if (!_database.Commit())
            {
                throw Failed("The database lost a transaction.");
            }
        }
        catch (Exception exception) when (exception is not StoreFailedException)
        {
            Rollback(exception);
            throw;
        }
    }

    /// <summary>LiteDB rolls back by itself where an operation fails within a transaction, and closes itself where it finds damage.</summary>
    private void Rollback(Exception cause)
    {
        try
        {
            _database.Rollback();
            if (ReadNextSequence() == _nextSequence)
            {
                return;
            }
        }
        catch (Exception exception)
        {
            throw Failed($"The database could not take a change back: {exception.Message}", new AggregateException(cause, exception));
        }
        throw Failed("The database could not take a change back.", cause);
    }

    /// <summary>From here on the change is in LiteDB: when it cannot be made durable, nobody can say whether it happened.</summary>
    private void MakeDurable()
    {
        try
        {
            _durable.WaitUntilDurable();
        }
        catch (Exception exception)
        {
            throw Failed($"The database could not be written: {exception.Message}", exception);
        }
        _moves.Superseded();
    }

    private void Checkpoint()
    {
        _moves.EndTransaction();
        try
        {
            _durable.Checkpoint();
        }
        catch (Exception exception)
        {
            throw Failed($"The log of the database could not be brought into its file: {exception.Message}", exception);
        }
    }
}
