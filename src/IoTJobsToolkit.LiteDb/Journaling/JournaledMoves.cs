using System.Security.Cryptography;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.LiteDb.Durability;
using LiteDB;

namespace IoTJobsToolkit.LiteDb.Journaling;

/// <summary>
/// The moves of executions: durable in the journal at once, in the collections a little later. Whoever reads an execution is given it as it
/// will be; whoever commits anything else has all applied first. For the database's thread.
/// </summary>
internal sealed class JournaledMoves(DurableDatabase durable, Collections collections, Journal journal, JournalLimits limits) : IDisposable
{
    private readonly Backlog _backlog = new(collections);
    private long? _next;
    private int _applied;
    private bool _applying;
    private bool _failed;
    private bool _disposed;

    /// <summary>The database was closed with this generation, and so was whatever was copied from it: only moves of that state may go on with it.</summary>
    private bool _isInherited;

    /// <summary>Brings into the collections what a crash left in the journal, and begins a generation.</summary>
    public void Recover()
    {
        if (DatabaseFormat.JournalGeneration(collections) is { } generation)
        {
            if (journal.IsBlank)
            {
                // Closed cleanly: who only looks changes no file.
                journal.Begin(generation);
                _isInherited = true;
                return;
            }
            foreach (var record in journal.Read(generation))
            {
                _backlog.Add(JournalEntry.Read(record));
            }
        }
        Restart();
    }

    /// <summary>Returns when the entry is durable.</summary>
    /// <exception cref="StoreFailedException">Nobody can say whether it is.</exception>
    public void Commit(JournalEntry entry) => Guard(() =>
    {
        journal.Append(entry.Write());
        _backlog.Add(entry);
    });

    /// <summary>Applies what is too much to wait. Behind the answers: those who were answered are back when it is done, and share a commit.</summary>
    public void Apply()
    {
        if (_backlog.Count > limits.MostWaiting || journal.Length > limits.LongestJournal)
        {
            Guard(ApplySome);
        }
    }

    /// <summary>No transaction is open afterwards: LiteDB's readers and checkpoints want none.</summary>
    public void EndTransaction()
    {
        if (_applying)
        {
            Guard(End);
        }
    }

    /// <summary>An execution as it is now, of one that was read.</summary>
    public BsonDocument Newest(BsonDocument execution) => _backlog.Newest(execution);

    /// <summary>All timers are in their collection afterwards, and no transaction is open.</summary>
    public void ApplyTimers()
    {
        if (_backlog.HasTimers)
        {
            Guard(() =>
            {
                Begin();
                _backlog.ApplyTimers();
                End();
            });
        }
    }

    /// <summary>All moves are in the collections afterwards, and no transaction is open.</summary>
    public void ApplyAll()
    {
        if (!_backlog.IsEmpty)
        {
            Guard(() =>
            {
                Begin();
                _backlog.ApplyAll();
                End();
            });
        }
        EndTransaction();
    }

    /// <summary>Within a transaction that commits something else behind all moves: what the journal holds must not be applied once more over that.</summary>
    public void Supersede()
    {
        _next = journal.IsEmpty && !_isInherited ? null : NewGeneration();
        if (_next is { } generation)
        {
            DatabaseFormat.BeginJournal(collections, generation);
        }
    }

    /// <summary>That transaction is durable.</summary>
    public void Superseded()
    {
        if (_next is { } generation)
        {
            journal.Begin(generation);
            (_next, _isInherited) = (null, false);
        }
    }

    /// <summary>The database failed elsewhere: what the journal holds stays there, for the next open.</summary>
    public void GiveUp() => _failed = true;

    /// <summary>Leaves an empty journal behind; after a failure, all that it holds, for the next open.</summary>
    public void Dispose()
    {
        if (_disposed)
        {
            return;
        }
        _disposed = true;
        try
        {
            if (!_failed && !journal.IsBlank)
            {
                Guard(Restart);
                journal.Clear();
            }
        }
        catch (Exception exception) when (exception is StoreFailedException or IOException)
        {
            // The next open finds it all in the journal.
        }
        finally
        {
            journal.Dispose();
        }
    }

    private static long NewGeneration() => BitConverter.ToInt64(RandomNumberGenerator.GetBytes(sizeof(long)));

    private void ApplySome()
    {
        while (_backlog.Count > limits.MostWaiting)
        {
            Begin();
            var count = Math.Min(_backlog.Count - limits.MostWaiting, limits.TransactionSize - _applied);
            _backlog.ApplyExecutions(count);
            _applied += count;
            if (_applied >= limits.TransactionSize)
            {
                End();
            }
        }
        if (journal.Length > limits.LongestJournal)
        {
            Restart();
        }
    }

    private void Restart()
    {
        var generation = NewGeneration();
        Begin();
        _backlog.ApplyAll();
        DatabaseFormat.BeginJournal(collections, generation);
        End();
        durable.WaitUntilDurable();
        journal.Begin(generation);
        _isInherited = false;
    }

    private void Begin()
    {
        if (!_applying && !durable.Database.BeginTrans())
        {
            throw new StoreFailedException("The database is in a transaction which nobody ended.");
        }
        _applying = true;
    }

    private void End()
    {
        if (!durable.Database.Commit())
        {
            throw new StoreFailedException("The database lost a transaction.");
        }
        _applying = false;
        _applied = 0;
    }

    /// <summary>A move that was acknowledged and cannot be applied leaves a database that nobody may read any more.</summary>
    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception exception)
        {
            _failed = true;
            throw exception as StoreFailedException ?? new StoreFailedException($"The database could not be written: {exception.Message}", exception);
        }
    }
}
