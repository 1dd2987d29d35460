namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>
/// LiteDB's log as checksummed frames of one generation. LiteDB's background writer appends; whoever must answer a caller waits for a
/// mark (a user version in the header page, written behind the commit) and syncs once for all that was written by then.
/// </summary>
internal sealed class DurableLog
{
    /// <summary>Up to here the file keeps its space for the next generation: syncing what lies in old space takes half the time.</summary>
    private const long SpaceToKeep = 128L << 20;

    private readonly IDurableFile file;
    private readonly object gate = new();
    private readonly object syncing = new();
    private readonly byte[] appended = new byte[LogFrame.Size];
    private readonly byte[] read = new byte[LogFrame.Size];

    private LogHeader header;
    private long frames;
    private long written;
    private long synced;
    private int mark;
    private long writtenAtMark;
    private Exception? failure;

    private DurableLog(IDurableFile file, LogHeader header)
    {
        this.file = file;
        this.header = header;
    }

    /// <summary>Pages written since the last checkpoint.</summary>
    public long Frames => Interlocked.Read(ref frames);

    public ulong Generation => header.Generation;

    public bool HasFailed
    {
        get
        {
            lock (gate)
            {
                return failure is not null;
            }
        }
    }

    /// <summary>Replays what the log holds into the data file and starts an empty generation.</summary>
    public static DurableLog Open(IDurableFile file, IDurableFile data)
    {
        var log = new DurableLog(file, LogRecovery.Recover(file, data));
        log.header.WriteTo(file);
        log.FreeSpace();
        return log;
    }

    /// <summary>Says that the data file's first page is whole and synced. Until then an open begins anew.</summary>
    public void EndCreation(DatabaseStamp stamp)
    {
        if (header.State == LogState.Creating)
        {
            Restart(stamp);
        }
    }

    /// <summary>Marks up to this one count as passed: the user version found in the data file.</summary>
    public void StartMarksAt(int userVersion)
    {
        lock (gate)
        {
            mark = userVersion;
        }
    }

    /// <summary>
    /// Called by LiteDB's writer thread, one page after the other. A failure is kept and not thrown: thrown, it would make LiteDB close
    /// itself on that thread and wait for itself. Whoever waits for durability gets it, and nothing reaches the data file any more.
    /// </summary>
    public void Append(long index, ReadOnlySpan<byte> page)
    {
        if (!HasFailed)
        {
            try
            {
                if (index != frames)
                {
                    throw new IOException($"Page {index} of the log came when {frames} was due: two threads use LiteDB.");
                }

                LogFrame.Seal(appended, header, index, page);
                file.Write(appended, LogFrame.OffsetOf(index));
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                Fail(e);
            }
        }

        lock (gate)
        {
            frames++;
            written++;

            if (LitePage.IsHeader(page) && LitePage.UserVersion(page) != mark)
            {
                mark = LitePage.UserVersion(page);
                writtenAtMark = written;
                Monitor.PulseAll(gate);
            }
        }
    }

    public void ReadPage(long index, Span<byte> page)
    {
        if (file.Read(read, LogFrame.OffsetOf(index)) < LogFrame.Size || !LogFrame.IsIntact(read, header, index))
        {
            throw new IOException($"Frame {index} of {file.Name} is damaged. Close the database, check the disk, then open it again.");
        }

        LogFrame.Page(read).CopyTo(page);
    }

    /// <summary>Returns when LiteDB's writer has passed the mark and all up to it is synced.</summary>
    public void WaitUntilDurable(int awaited)
    {
        long target;

        lock (gate)
        {
            // Marks count on through the whole of Int32, so their difference orders them.
            while (unchecked(awaited - mark) > 0 && failure is null)
            {
                Monitor.Wait(gate);
            }

            target = writtenAtMark;
        }

        SyncUpTo(target);
    }

    /// <summary>Syncs what was written so far, if anything was: before the data file takes any of it.</summary>
    public void Sync()
    {
        long target;

        lock (gate)
        {
            target = written;
        }

        SyncUpTo(target);
    }

    /// <summary>Drops all frames by starting the next generation. The data file must hold their pages, synced.</summary>
    public void Restart(DatabaseStamp stamp)
    {
        lock (syncing)
        {
            ThrowIfFailed();
            var next = header.Next(LogState.Ready, stamp);
            Guard(() => next.WriteTo(file));

            lock (gate)
            {
                header = next;
                frames = 0;
                synced = written;
            }
        }

        FreeSpace();
    }

    public IOException Fail(Exception cause)
    {
        lock (gate)
        {
            failure ??= cause;
            Monitor.PulseAll(gate);
        }

        return Failed(cause);
    }

    private void SyncUpTo(long target)
    {
        lock (syncing)
        {
            long reached;

            lock (gate)
            {
                ThrowIfFailed();

                if (synced >= target)
                {
                    return;
                }

                reached = written;
            }

            Guard(file.Sync);

            lock (gate)
            {
                synced = reached;
            }
        }
    }

    /// <summary>After a failed sync the system may have dropped what it could not write: only a new open finds out what is there.</summary>
    private void Guard(Action action)
    {
        try
        {
            action();
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw Fail(e);
        }
    }

    private void FreeSpace()
    {
        if (file.Length > SpaceToKeep)
        {
            file.SetLength(LogHeader.Space);
        }
    }

    private void ThrowIfFailed()
    {
        lock (gate)
        {
            if (failure is not null)
            {
                throw Failed(failure);
            }
        }
    }

    private IOException Failed(Exception cause) =>
        new($"The log {file.Name} could not be written: {cause.Message} Close the database, mend the cause, then open it again.", cause);
}
