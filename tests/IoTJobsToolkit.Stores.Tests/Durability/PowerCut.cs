namespace IoTJobsToolkit.Stores.Tests.Durability;

/// <summary>What a disk may hold after the power went: all that was synced, and of the rest whatever it pleased to write.</summary>
internal sealed class PowerCut(Random random)
{
    private const int Sector = 512;

    private enum Fate
    {
        Everything,
        Nothing,
        Prefix,
        Subset,
        Torn,
        GarbageTail,
    }

    /// <summary>The file's content after a cut behind the first <paramref name="count"/> events.</summary>
    public byte[] Content(IReadOnlyList<DiskEvent> events, int count, RecordedFile file)
    {
        var own = events.Take(count).Where(e => e.File == file).ToList();
        var safe = own.FindLastIndex(e => e.Kind == DiskEventKind.Sync) + 1;
        var content = new GrowingBytes(file.Start);

        foreach (var happened in own.Take(safe))
        {
            Apply(content, happened);
        }

        var syncedLength = content.Length;
        var unsynced = own.Skip(safe).ToList();
        var fate = (Fate)random.Next(Enum.GetValues<Fate>().Length);
        var reach = fate == Fate.Prefix ? random.Next(unsynced.Count + 1) : unsynced.Count;

        foreach (var happened in unsynced.Take(reach))
        {
            switch (fate)
            {
                case Fate.Everything or Fate.Prefix:
                case Fate.Subset or Fate.GarbageTail when random.Next(2) == 0:
                case Fate.Torn when happened.Kind == DiskEventKind.SetLength && random.Next(2) == 0:
                    Apply(content, happened);
                    break;

                case Fate.Torn when happened.Kind == DiskEventKind.Write:
                    ApplySomeSectors(content, happened, syncedLength);
                    break;
            }
        }

        if (fate == Fate.GarbageTail && unsynced.Count > 0)
        {
            AppendGarbage(content, own);

            // No disk makes a file longer than it was ever asked for. The log must bear even that.
            if (file == file.Disk.Data)
            {
                content.SetLength(Math.Min(content.Length, LongestEver(file, own)));
            }
        }

        return content.ToArray();
    }

    private static void Apply(GrowingBytes content, DiskEvent happened)
    {
        switch (happened.Kind)
        {
            case DiskEventKind.Write:
                content.Write(happened.Bytes, happened.Number);
                break;

            case DiskEventKind.SetLength:
                content.SetLength(happened.Number);
                break;
        }
    }

    /// <summary>A lost sector keeps what it held; behind the synced end it may also hold noise.</summary>
    private void ApplySomeSectors(GrowingBytes content, DiskEvent happened, long syncedLength)
    {
        var end = happened.Number + happened.Bytes.Length;

        for (var at = happened.Number; at < end;)
        {
            var next = Math.Min(end, (at / Sector + 1) * Sector);
            var chance = random.Next(8);

            if (chance < 6)
            {
                content.Write(happened.Bytes.AsSpan((int)(at - happened.Number), (int)(next - at)), at);
            }
            else if (chance == 6 && at >= syncedLength)
            {
                content.Write(Noise((int)(next - at)), at);
            }

            at = next;
        }
    }

    /// <summary>Noise, or what the file held there once: old blocks that the disk gave out again.</summary>
    private void AppendGarbage(GrowingBytes content, List<DiskEvent> own)
    {
        var writes = own.Where(e => e.Kind == DiskEventKind.Write).ToList();

        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var garbage = writes.Count > 0 && random.Next(2) == 0
                ? writes[random.Next(writes.Count)].Bytes
                : Noise(random.Next(1, 20_000));
            content.Write(garbage, content.Length);
        }
    }

    private static long LongestEver(RecordedFile file, List<DiskEvent> own) =>
        own.Select(e => e.Number + e.Bytes.Length).Append(file.Start.Length).Max();

    private byte[] Noise(int length)
    {
        var noise = new byte[length];
        random.NextBytes(noise);
        return noise;
    }
}
