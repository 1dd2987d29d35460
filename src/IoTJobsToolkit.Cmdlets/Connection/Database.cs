namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>
/// The database which this process has open, shared by all its runspaces: opened at first use, closed soon after the last one, so that
/// other processes get their turn at the file.
/// </summary>
internal static class Database
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);
    private static readonly Lock Gate = new();
    private static readonly List<OpenDatabase> Opened = [];

    static Database() => AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAll();

    /// <summary>Abandons all but the one that is connected: what is open closes now, or with the pipeline that still uses it.</summary>
    /// <returns>The databases which could not be closed, and why.</returns>
    public static IReadOnlyList<CloseFailure> Keep(FileConnection? connection)
    {
        lock (Gate)
        {
            if (connection is not null)
            {
                Find(connection)?.Engine.Configure(connection.ToSettings());
            }
            return Each(Opened.Where(database => connection is null || !IsOf(database, connection)), Abandon);
        }
    }

    public static void CloseUnused()
    {
        lock (Gate)
        {
            Each(Opened.Where(database => database.Uses == 0), Close);
        }
    }

    /// <summary>The use of a database that is open already, and works; null where it has to be opened.</summary>
    public static DatabaseLease? TryUse(FileConnection connection)
    {
        lock (Gate)
        {
            if (Find(connection) is not { } database)
            {
                return null;
            }
            if (database.Engine.Failure is not null)
            {
                // Whoever still uses it is refused by it anyway; a close that fails too is told by the open that follows.
                Each([database], Close);
                return null;
            }
            return Lend(database, connection);
        }
    }

    /// <summary>The database, open until the lease is given back.</summary>
    /// <exception cref="IOException">The file is in use by another process, damaged or out of reach.</exception>
    public static DatabaseLease Open(FileConnection connection)
    {
        lock (Gate)
        {
            if (TryUse(connection) is { } lease)
            {
                return lease;
            }
            var database = new OpenDatabase(connection, Release);
            Opened.Add(database);
            return Lend(database, connection);
        }
    }

    private static OpenDatabase? Find(FileConnection connection) => Opened.Find(database => IsOf(database, connection));

    private static bool IsOf(OpenDatabase database, FileConnection connection) =>
        database.Path == connection.DatabasePath && database.IsVirtualClock == connection.IsVirtualClock;

    private static DatabaseLease Lend(OpenDatabase database, FileConnection connection)
    {
        if (database.IsAbandoned)
        {
            database.Engine.Configure(connection.ToSettings());
            database.IsAbandoned = false;
        }
        database.Uses++;
        database.Leases++;
        database.Keep();
        return new(database, Return);
    }

    private static void Return(OpenDatabase database)
    {
        lock (Gate)
        {
            if (--database.Uses > 0)
            {
                return;
            }
            if (database.IsAbandoned)
            {
                Each([database], Close);
            }
            else
            {
                database.ReleaseIn(Linger);
            }
        }
    }

    /// <summary>Closes a database which nobody has used for a while, once the work that its last users left behind is done.</summary>
    private static async void Release(OpenDatabase database)
    {
        var leases = database.Leases;
        try
        {
            await database.Engine.PassTimeAsync().ConfigureAwait(false);
        }
        catch (Exception)
        {
            // All that was answered is durable; on a timer's thread there is nobody to tell, and the shell must live on.
        }
        finally
        {
            lock (Gate)
            {
                if (database.Uses == 0 && database.Leases == leases)
                {
                    if (database.IsSimulating)
                    {
                        database.ReleaseIn(Linger);
                    }
                    else
                    {
                        Each([database], Close);
                    }
                }
            }
        }
    }

    private static void Abandon(OpenDatabase database)
    {
        database.IsAbandoned = true;
        if (database.Uses == 0)
        {
            Close(database);
        }
    }

    private static void Close(OpenDatabase database)
    {
        if (Opened.Remove(database))
        {
            database.IsAbandoned = true;
            database.Dispose();
        }
    }

    /// <summary>At the end of the process; whatever is under way is durable and goes on at the next open.</summary>
    private static void CloseAll()
    {
        if (Gate.TryEnter(TimeSpan.FromSeconds(1)))
        {
            try
            {
                Each(Opened, Close);
            }
            finally
            {
                Gate.Exit();
            }
        }
    }

    /// <summary>Goes on where one fails: no file stays open because of another.</summary>
    private static List<CloseFailure> Each(IEnumerable<OpenDatabase> databases, Action<OpenDatabase> end)
    {
        var failures = new List<CloseFailure>();
        foreach (var database in databases.ToList())
        {
            try
            {
                end(database);
            }
            catch (Exception exception)
            {
                failures.Add(new(database.Path, exception));
            }
        }
        return failures;
    }
}
