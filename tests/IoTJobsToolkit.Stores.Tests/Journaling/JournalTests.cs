using IoTJobsToolkit.LiteDb.Journaling;
using IoTJobsToolkit.Stores.Tests.Durability;

namespace IoTJobsToolkit.Stores.Tests.Journaling;

public sealed class JournalTests
{
    private readonly RecordedDisk _disk = new([], []);

    private Journal Journal => field ??= new(_disk.Journal);

    [Fact]
    public void What_was_appended_is_read_again_in_its_order()
    {
        Journal.Begin(7);
        Append(1, 5_000, 0, 4_072, 4_073);
        Assert.Equal([1, 5_000, 0, 4_072, 4_073], Lengths(7));
        Assert.Equal(5, _disk.Journal.Syncs);
    }

    [Fact]
    public void Records_of_another_generation_do_not_count_also_behind_those_that_do()
    {
        Journal.Begin(7);
        Append(10, 20, 30);
        Journal.Begin(8);
        Append(40);
        Assert.Equal([40], Lengths(8));
        Assert.Empty(Lengths(7));
        Assert.Empty(Lengths(9));
    }

    [Fact]
    public void Nothing_counts_from_the_first_damaged_record_on()
    {
        Journal.Begin(7);
        Append(10, 9_000, 30);
        var content = _disk.Journal.ToArray();
        content[4096 + 5_000] ^= 1;
        Assert.Equal([10], Lengths(7, content));
        Assert.Equal([10], Lengths(7, _disk.Journal.ToArray()[..9_000]));
    }

    [Fact]
    public void A_record_never_touches_a_page_of_one_before()
    {
        Journal.Begin(7);
        Append(10, 5_000, 30);
        var writes = _disk.Events.Where(e => e.Kind == DiskEventKind.Write).ToList();
        Assert.All(writes, write => Assert.Equal(0, write.Number % 4096));
        Assert.All(writes, write => Assert.Equal(0, write.Bytes.Length % 4096));
        Assert.Equal([0, 4096, 3 * 4096], writes.Select(write => write.Number));
    }

    [Theory]
    [InlineData(int.MaxValue)]
    [InlineData(-1)]
    [InlineData(int.MinValue)]
    public void A_length_that_cannot_be_ends_the_row(int length)
    {
        Journal.Begin(7);
        Append(10, 20);
        var content = _disk.Journal.ToArray();
        BitConverter.TryWriteBytes(content.AsSpan(4096 + 20), length);
        Assert.Equal([10], Lengths(7, content));
    }

    private void Append(params int[] lengths)
    {
        foreach (var length in lengths)
        {
            Journal.Append(Enumerable.Range(0, length).Select(i => (byte)(i + length)).ToArray());
        }
    }

    private List<int> Lengths(long generation, byte[]? content = null)
    {
        var records = new Journal(new RecordedFile(_disk, "copy", content ?? _disk.Journal.ToArray())).Read(generation).ToList();
        Assert.All(records, record => Assert.Equal(Enumerable.Range(0, record.Length).Select(i => (byte)(i + record.Length)), record));
        return [.. records.Select(record => record.Length)];
    }
}
