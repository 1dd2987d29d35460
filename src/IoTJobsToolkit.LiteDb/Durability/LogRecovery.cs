using System.Security.Cryptography;

namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>
/// Brings the whole transactions of the log's intact prefix into the data file, before LiteDB sees either: a checkpoint that was cut
/// short may have torn any page of the data file, its first one too, and LiteDB reads that one before the log.
/// </summary>
internal static class LogRecovery
{
    private const int FramesPerRead = 64;

    /// <summary>Answers the header of the generation to start, which the caller writes. Until then it is safe to repeat.</summary>
    /// <exception cref="DatabaseDamagedException">The two files cannot belong together.</exception>
    public static LogHeader Recover(IDurableFile log, IDurableFile data)
    {
        switch (LogHeader.ReadNewest(log))
        {
            case { State: LogState.Creating } unfinished when data.Length <= LitePage.Size:
                data.SetLength(0);
                data.Sync();
                return unfinished.Next(LogState.Creating, default);

            // The data file's first page was synced before its log became ready.
            case { State: LogState.Ready } when data.Length < LitePage.Size:
                throw Damaged(data, "it is empty, but its log is not.", $"Restore it from a backup, or delete {log.Name} to begin anew.");

            case { State: LogState.Ready } ready:
                Replay(log, ready, data);
                CutTornPage(data);
                return ready.Next(LogState.Ready, RequireStamp(data));

            // The first header was synced before the data file got a byte, so here nothing was ever acknowledged.
            case null when data.Length == 0:
                log.SetLength(0);
                return New(LogState.Creating, default);

            // A copy of a database that was closed cleanly needs no log.
            case null when log.Length == 0:
                return New(LogState.Ready, RequireStamp(data));

            default:
                throw Damaged(
                    data,
                    $"its log {log.Name} does not belong to it or is damaged.",
                    "Restore both files from a backup; if the database was closed cleanly before, delete the log.");
        }
    }

    private static LogHeader New(LogState state, DatabaseStamp stamp) =>
        new(BitConverter.ToUInt64(RandomNumberGenerator.GetBytes(8)), 1, state, stamp);

    /// <summary>Asked before anything is written: even LiteDB would shorten a foreign file to whole pages before it refuses it.</summary>
    private static DatabaseStamp RequireStamp(IDurableFile data) => DatabaseStamp.Of(data) ?? throw Damaged(
        data,
        "it is no LiteDB database.",
        "If it is another program's file, give another path; else restore it from a backup.");

    /// <summary>A page that a cut left half written at the data file's end is in the log, or never counted.</summary>
    private static void CutTornPage(IDurableFile data)
    {
        if (data.Length % LitePage.Size is not 0 and var torn)
        {
            data.SetLength(data.Length - torn);
            data.Sync();
        }
    }

    private static DatabaseDamagedException Damaged(IDurableFile data, string reason, string remedy) => new(data.Name, reason, remedy);

    private static void Replay(IDurableFile log, LogHeader header, IDurableFile data)
    {
        var newest = NewestConfirmedFrames(log, header);

        var stamp = RequireStamp(data);

        if (newest.Count == 0)
        {
            return;
        }

        var frame = new byte[LogFrame.Size];
        var last = newest.TryGetValue(0, out var newestHeader)
            ? LitePage.UserVersion(ReadPage(newestHeader))
            : header.Stamp.UserVersion;

        // A checkpoint that was cut short may have brought the data file as far as the log's end.
        if (!stamp.IsBetween(header.Stamp, last))
        {
            throw Damaged(
                data,
                $"its log {log.Name} holds transactions of another database, or of another state of this one.",
                "If the database was restored from a backup, delete the log; else restore both files.");
        }

        foreach (var (page, index) in newest.OrderBy(entry => entry.Key))
        {
            var content = ReadPage(index);
            LitePage.ForgetTransaction(content);
            data.Write(content, (long)page * LitePage.Size);
        }

        data.Sync();

        Span<byte> ReadPage(long index) =>
            log.Read(frame, LogFrame.OffsetOf(index)) == LogFrame.Size && LogFrame.IsIntact(frame, header, index)
                ? LogFrame.Page(frame)
                : throw new IOException($"Frame {index} of {log.Name} changed while it was read. Check the disk, then open again.");
    }

    private static Dictionary<uint, long> NewestConfirmedFrames(IDurableFile log, LogHeader header)
    {
        var newest = new Dictionary<uint, long>();
        var open = new Dictionary<uint, List<(uint Page, long Index)>>();
        var buffer = new byte[FramesPerRead * LogFrame.Size];

        for (long index = 0; ;)
        {
            var frames = log.Read(buffer, LogFrame.OffsetOf(index)) / LogFrame.Size;

            if (frames == 0)
            {
                return newest;
            }

            for (var i = 0; i < frames; i++, index++)
            {
                var frame = buffer.AsSpan(i * LogFrame.Size, LogFrame.Size);

                if (!LogFrame.IsIntact(frame, header, index))
                {
                    return newest;
                }

                Take(LogFrame.Page(frame), index);
            }
        }

        void Take(ReadOnlySpan<byte> page, long index)
        {
            var transaction = LitePage.Transaction(page);

            if (!open.TryGetValue(transaction, out var pages))
            {
                open[transaction] = pages = [];
            }

            pages.Add((LitePage.Number(page), index));

            if (LitePage.IsConfirmed(page))
            {
                pages.ForEach(written => newest[written.Page] = written.Index);
                open.Remove(transaction);
            }
        }
    }
}
