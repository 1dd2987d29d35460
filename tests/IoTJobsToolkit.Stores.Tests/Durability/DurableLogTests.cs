using IoTJobsToolkit.LiteDb.Durability;

namespace IoTJobsToolkit.Stores.Tests.Durability;

public sealed class DurableLogTests
{
    private readonly RecordedDisk disk = new(LitePages.EmptyDatabase(4), []);

    [Fact]
    public void Whole_transactions_reach_the_data_file_at_the_next_open()
    {
        Append(LitePages.Of(1, 7, confirmed: false, 0xA1), LitePages.Of(2, 7, confirmed: true, 0xA2), LitePages.Of(1, 8, confirmed: true, 0xB1));

        Reopen();

        Assert.Equal(0xB1, Content(page: 1));
        Assert.Equal(0xA2, Content(page: 2));
    }

    [Fact]
    public void A_transaction_without_its_last_page_is_cut()
    {
        Append(LitePages.Of(1, 7, confirmed: true, 0xA1), LitePages.Of(1, 8, confirmed: false, 0xB1), LitePages.Of(2, 8, confirmed: false, 0xB2));

        Reopen();

        Assert.Equal(0xA1, Content(page: 1));
        Assert.Equal(0, Content(page: 2));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(4000)]
    [InlineData(LogFrame.Size - 1)]
    public void Nothing_behind_a_torn_frame_counts(int damagedByte)
    {
        Append(LitePages.Of(1, 7, confirmed: true, 0xA1), LitePages.Of(2, 8, confirmed: true, 0xB2), LitePages.Of(3, 9, confirmed: true, 0xC3));
        Damage(LogFrame.OffsetOf(1) + damagedByte);

        Reopen();

        Assert.Equal([0xA1, 0, 0], [Content(page: 1), Content(page: 2), Content(page: 3)]);
    }

    [Fact]
    public void A_frame_of_the_generation_before_is_not_taken_for_a_new_one()
    {
        var log = Append(LitePages.Of(1, 1, confirmed: true, 0xA1), LitePages.Of(2, 2, confirmed: true, 0xA2));
        log.Restart(default);
        log.Append(0, LitePages.Of(3, 1, confirmed: true, 0xB3));

        Reopen();

        Assert.Equal([0, 0, 0xB3], [Content(page: 1), Content(page: 2), Content(page: 3)]);
    }

    [Fact]
    public void A_frame_in_the_place_of_another_does_not_count()
    {
        Append(LitePages.Of(1, 1, confirmed: true, 0xA1), LitePages.Of(2, 2, confirmed: true, 0xA2));
        var second = new byte[LogFrame.Size];
        disk.Log.Read(second, LogFrame.OffsetOf(1));
        disk.Log.Write(second, LogFrame.OffsetOf(0));

        Reopen();

        Assert.Equal([0, 0], [Content(page: 1), Content(page: 2)]);
    }

    [Fact]
    public void A_torn_header_leaves_the_one_before_it()
    {
        var log = Append(LitePages.Of(1, 1, confirmed: true, 0xA1));
        var generation = log.Generation;
        log.Restart(default);
        Damage(log.Generation % 2 == 0 ? 20 : 4096 + 20);

        Assert.Equal(generation, LogHeader.ReadNewest(disk.Log)!.Value.Generation);
    }

    [Fact]
    public void Two_damaged_headers_over_data_are_refused_and_say_what_to_do()
    {
        Append(LitePages.Of(1, 1, confirmed: true, 0xA1)).Restart(default);
        Damage(20);
        Damage(4096 + 20);

        var refusal = Assert.Throws<DatabaseDamagedException>(Reopen);

        Assert.Contains("Restore both files from a backup", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_that_was_never_finished_begins_anew()
    {
        var fresh = new RecordedDisk([], []);
        DurableLog.Open(fresh.Log, fresh.Data);
        fresh.Data.Write(new byte[1000], 0);

        DurableLog.Open(fresh.Log, fresh.Data);

        Assert.Equal(0, fresh.Data.Length);
    }

    [Fact]
    public void A_group_of_commits_is_synced_once()
    {
        var log = Append(LitePages.Of(1, 1, confirmed: true, 0xA1), LitePages.Of(2, 2, confirmed: true, 0xA2), LitePages.Mark(1, 3));
        var before = disk.Log.Syncs;

        log.WaitUntilDurable(1);
        log.WaitUntilDurable(1);
        log.Sync();

        Assert.Equal(before + 1, disk.Log.Syncs);
    }

    [Fact]
    public async Task A_waiter_is_answered_only_when_its_mark_was_written()
    {
        var log = Append(LitePages.Of(1, 1, confirmed: true, 0xA1));
        var before = disk.Log.Syncs;
        var waiting = Task.Run(() => log.WaitUntilDurable(1), TestContext.Current.CancellationToken);

        log.Append(1, LitePages.Of(2, 2, confirmed: true, 0xA2));
        Assert.Equal(before, disk.Log.Syncs);
        log.Append(2, LitePages.Mark(1, 3));
        await waiting;

        Assert.Equal(before + 1, disk.Log.Syncs);
    }

    [Fact]
    public void Marks_are_told_apart_when_they_pass_the_end_of_their_range()
    {
        var log = DurableLog.Open(disk.Log, disk.Data);
        log.StartMarksAt(int.MaxValue);

        log.Append(0, LitePages.Mark(int.MinValue, 1));

        log.WaitUntilDurable(int.MaxValue);
        log.WaitUntilDurable(int.MinValue);
    }

    [Fact]
    public void A_failed_write_is_told_to_the_waiter_and_ends_all_syncing()
    {
        var log = Append(LitePages.Of(1, 1, confirmed: true, 0xA1));
        disk.Log.Failure = new IOException("No space left on device.");
        log.Append(1, LitePages.Mark(1, 2));
        disk.Log.Failure = null;

        var failure = Assert.Throws<IOException>(() => log.WaitUntilDurable(1));

        Assert.Contains("No space left on device.", failure.Message, StringComparison.Ordinal);
        Assert.Throws<IOException>(log.Sync);
        Assert.Throws<IOException>(() => log.Restart(default));
    }

    [Fact]
    public void A_failed_sync_is_never_tried_again()
    {
        var log = Append(LitePages.Of(1, 1, confirmed: true, 0xA1));
        disk.Log.Failure = new IOException("Input/output error.");
        Assert.Throws<IOException>(log.Sync);
        disk.Log.Failure = null;

        Assert.Throws<IOException>(log.Sync);
    }

    [Fact]
    public void A_page_out_of_its_order_is_a_failure()
    {
        var log = Append(LitePages.Of(1, 1, confirmed: true, 0xA1));

        log.Append(5, LitePages.Of(2, 2, confirmed: true, 0xA2));

        Assert.True(log.HasFailed);
    }

    [Fact]
    public void A_frame_that_changed_on_disk_is_not_read_as_a_page()
    {
        var log = Append(LitePages.Of(1, 1, confirmed: true, 0xA1));
        Damage(LogFrame.OffsetOf(0) + 500);

        Assert.Throws<IOException>(() => log.ReadPage(0, new byte[LitePage.Size]));
    }

    [Fact]
    public void LiteDb_closing_itself_ends_the_waiting()
    {
        var log = Append(LitePages.Of(1, 1, confirmed: true, 0xA1));

        new DataStream(disk.Data, log).Dispose();

        Assert.Throws<IOException>(() => log.WaitUntilDurable(1));
    }

    private DurableLog Append(params byte[][] pages)
    {
        var log = DurableLog.Open(disk.Log, disk.Data);

        foreach (var page in pages)
        {
            log.Append(log.Frames, page);
        }

        return log;
    }

    private void Reopen() => DurableLog.Open(disk.Log, disk.Data);

    private void Damage(long offset)
    {
        var one = new byte[1];
        disk.Log.Read(one, offset);
        one[0] ^= 0xFF;
        disk.Log.Write(one, offset);
    }

    private byte Content(int page)
    {
        var one = new byte[1];
        disk.Data.Read(one, page * LitePage.Size + 4000);
        return one[0];
    }
}
