namespace IoTJobsToolkit.Cmdlets.Connection;

/// <summary>
/// The database of this process, shared by all its runspaces: opened at first use, closed soon after the last one, so that other
/// processes get their turn at the file.
/// </summary>
internal static class Database
{
    private static readonly TimeSpan Linger = TimeSpan.FromSeconds(2);
    private static readonly Lock Gate = new();
    private static readonly List<OpenDatabase> Opened = [];
    private static JobsConnection _connection = JobsConnection.Default;
    private static int _imports;

    static Database() => AppDomain.CurrentDomain.ProcessExit += (_, _) => CloseAll();

    public static JobsConnection Connection
    {
        get
        {
            lock (Gate)
            {
                return _connection;
            }
        }
    }

    /// <returns>The databases which could not be closed, and why.</returns>
    public static IReadOnlyList<CloseFailure> Connect(JobsConnection connection)
    {
        lock (Gate)
        {
            _connection = connection;
            Opened.Find(database => database.Path == connection.DatabasePath)?.Engine.Configure(connection.ToSettings());
            return Each(Opened.Where(database => database.Path != connection.DatabasePath), Abandon);
        }
    }

    /// <summary>Back to the default database; what is open closes now, or with the pipeline that still uses it.</summary>
    /// <returns>The databases which could not be closed, and why.</returns>
    public static IReadOnlyList<CloseFailure> Disconnect()
    {
        lock (Gate)
        {
            _connection = JobsConnection.Default;
            return Each(Opened, Abandon);
        }
    }

    /// <summary>A runspace has the module now.</summary>
    public static void Import()
    {
        lock (Gate)
        {
            _imports++;
        }
    }

    /// <summary>A runspace has given the module up: files which nobody uses close; the connection ends with the last runspace that has it.</summary>
    public static void Remove()
    {
        lock (Gate)
        {
            _imports = Math.Max(0, _imports - 1);
            if (_imports == 0)
            {
                Disconnect();
            }
            else
            {
                Each(Opened.Where(database => database.Uses == 0), Close);
            }
        }
    }

    /// <summary>The connected database, open until the lease is given back.</summary>
    /// <exception cref="IOException">The file is in use by another process, damaged or out of reach.</exception>
    public static Lease Use()
    {
        lock (Gate)
        {
            var database = Opened.Find(opened => opened.Path == _connection.DatabasePath);
            if (database is { Engine.Failure: not null })
            {
                // Whoever still uses it is refused by it anyway; a close that fails too is told by the open that follows.
                Each([database], Close);
                database = null;
            }
            database ??= Open();
            if (database.IsAbandoned)
            {
                database.Engine.Configure(_connection.ToSettings());
                database.IsAbandoned = false;
            }
            database.Uses++;
            database.Leases++;
            database.Keep();
            return new(database, Return);
        }
    }

    private static OpenDatabase Open()
    {
        var database = new OpenDatabase(_connection, Release);
        Opened.Add(database);
        return database;
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
                    Each([database], Close);
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
