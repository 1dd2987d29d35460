using IoTJobsToolkit.LiteDb.Locking;
using LiteDB;
using LiteDB.Engine;

namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>
/// A LiteDB database whose acknowledged transactions survive kills and power cuts. One thread uses <see cref="Database"/>; it commits, then
/// calls <see cref="WaitUntilDurable()"/>, then answers its callers.
/// </summary>
internal sealed class DurableDatabase : IDisposable
{
    private readonly IDurableFile dataFile;
    private readonly IDurableFile logFile;
    private readonly DatabaseLock? ownership;
    private readonly DurableLog log;
    private bool disposed;

    private DurableDatabase(IDurableFile dataFile, IDurableFile logFile, DatabaseLock? ownership)
    {
        this.dataFile = dataFile;
        this.logFile = logFile;
        this.ownership = ownership;
        log = DurableLog.Open(logFile, dataFile);
        Database = OpenLiteDb();
    }

    /// <summary>For one thread only, reads too. Its user version belongs to this class, which counts marks in it.</summary>
    public LiteDatabase Database { get; }

    /// <summary>Bytes of pages since the last checkpoint, as far as they are written: when large, it is time for one.</summary>
    public long LogBytes => log.Frames * LitePage.Size;

    /// <summary>Opens or creates the database at the path and its log beside it.</summary>
    /// <exception cref="DatabaseInUseException">Another process, or this one, has it open.</exception>
    /// <exception cref="DatabaseDamagedException">The files are no database that can be opened.</exception>
    public static DurableDatabase Open(string path, TimeProvider time)
    {
        path = Path.GetFullPath(path);
        var opened = new Stack<IDisposable>();

        try
        {
            var ownership = DatabaseLock.Acquire(path, time);
            opened.Push(ownership);
            var log = PhysicalFile.Open(path + "-log");
            opened.Push(log);
            var data = PhysicalFile.Open(path);
            opened.Push(data);

            return new DurableDatabase(data, log, ownership);
        }
        catch
        {
            foreach (var disposable in opened)
            {
                disposable.Dispose();
            }

            throw;
        }
    }

    /// <summary>Opens over files of the caller, which has made sure that nobody else uses them.</summary>
    public static DurableDatabase Open(IDurableFile data, IDurableFile log) => new(data, log, ownership: null);

    /// <summary>
    /// Returns when every transaction that was committed before is written and synced. On the database's thread, outside a transaction,
    /// with no cursor open.
    /// </summary>
    public void WaitUntilDurable() => WaitUntilDurable(Mark());

    /// <summary>Puts a mark behind what was committed so far. On the database's thread, like the above.</summary>
    public int Mark()
    {
        // LiteDB's Commit returns before its pages are written and does not say how many they are. The header page is the one thing that
        // can be made to follow them through its queue; its user version tells this mark from others.
        var mark = unchecked(Database.UserVersion + 1);
        Database.UserVersion = mark;
        return mark;
    }

    /// <summary>Returns when everything before the mark is synced. On any thread: the next group may run meanwhile.</summary>
    public void WaitUntilDurable(int mark) => log.WaitUntilDurable(mark);

    /// <summary>Brings the log's pages into the data file and empties it. LiteDB drops its page cache with it, so not too often.</summary>
    public void Checkpoint() => Database.Checkpoint();

    /// <summary>Checkpoints and closes. On the database's thread.</summary>
    public void Dispose()
    {
        if (disposed)
        {
            return;
        }

        disposed = true;

        try
        {
            CheckpointIfPossible();
            Database.Dispose();
        }
        finally
        {
            dataFile.Dispose();
            logFile.Dispose();
            ownership?.Dispose();
        }
    }

    private LiteDatabase OpenLiteDb()
    {
        try
        {
            var data = new DataStream(dataFile, log);
            var engine = new LiteEngine(new EngineSettings
            {
                DataStream = data,
                LogStream = new LogStream(log, data),
                Collation = Collation.Binary,
            });

            log.EndCreation(data.Stamp);
            log.StartMarksAt(engine.Pragma(Pragmas.USER_VERSION).AsInt32);

            // Never on the path of a waiting caller: the store says when.
            engine.Pragma(Pragmas.CHECKPOINT, 0);
            return new LiteDatabase(engine);
        }
        catch (LiteException e)
        {
            throw new DatabaseDamagedException(
                dataFile.Name,
                $"{e.Message.TrimEnd('.')}.",
                "Restore it from a backup.",
                e);
        }
    }

    /// <summary>The log keeps whatever a failed checkpoint leaves undone; the next open replays it.</summary>
    private void CheckpointIfPossible()
    {
        if (log.HasFailed)
        {
            return;
        }

        try
        {
            Checkpoint();
        }
        catch (Exception e) when (e is IOException or LiteException or LockRecursionException or ObjectDisposedException)
        {
        }
    }
}
