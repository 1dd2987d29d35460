namespace IoTJobsToolkit.LiteDb.Durability;

/// <summary>
/// Brings the whole transactions of the log's intact prefix into the data file, before LiteDB sees either: a checkpoint that was cut
/// short may have torn any page of the data file, its first one too, and LiteDB reads that one before the log.
/// </summary>
internal static class LogRecovery
{
    private const int FramesPerRead = 64;

    /// <summary>Answers how many pages of the data file were written. Safe to repeat until the log's generation moves on.</summary>
    public static int Replay(IDurableFile log, LogHeader header, IDurableFile data)
    {
        var newest = NewestConfirmedFrames(log, header);

        if (newest.Count == 0)
        {
            return 0;
        }

        var frame = new byte[LogFrame.Size];

        foreach (var (page, index) in newest.OrderBy(entry => entry.Key))
        {
            if (log.Read(frame, LogFrame.OffsetOf(index)) < LogFrame.Size || !LogFrame.IsIntact(frame, header, index))
            {
                throw new IOException($"Frame {index} of {log.Name} changed while it was read. Check the disk, then open again.");
            }

            var content = LogFrame.Page(frame);
            LitePage.ForgetTransaction(content);
            data.Write(content, (long)page * LitePage.Size);
        }

        data.Sync();
        return newest.Count;
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
