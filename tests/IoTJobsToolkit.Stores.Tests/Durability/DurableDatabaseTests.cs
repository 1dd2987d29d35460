using IoTJobsToolkit.LiteDb.Durability;
using LiteDB;

namespace IoTJobsToolkit.Stores.Tests.Durability;

public sealed class DurableDatabaseTests : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly RecordedDisk disk = new([], []);

    [Fact]
    public void What_was_committed_is_there_after_a_close_and_an_open()
    {
        using (var database = DurableDatabase.Open(folder.Database, TimeProvider.System))
        {
            Insert(database, 1);
        }

        using var again = DurableDatabase.Open(folder.Database, TimeProvider.System);
        Assert.Equal(1, Count(again));
    }

    [Fact]
    public void A_close_leaves_all_in_the_data_file()
    {
        using (var database = DurableDatabase.Open(disk.Data, disk.Log))
        {
            Insert(database, 1);
        }

        var alone = new RecordedDisk(disk.Data.ToArray(), []);
        using var restored = DurableDatabase.Open(alone.Data, alone.Log);
        Assert.Equal(1, Count(restored));
    }

    [Fact]
    public void One_sync_makes_a_group_of_transactions_durable()
    {
        using var database = DurableDatabase.Open(disk.Data, disk.Log);
        database.WaitUntilDurable();
        var before = disk.Log.Syncs;

        for (var id = 1; id <= 20; id++)
        {
            Insert(database, id);
        }

        database.WaitUntilDurable();

        Assert.Equal(before + 1, disk.Log.Syncs);
    }

    [Fact]
    public async Task Another_thread_may_wait_while_the_next_group_runs()
    {
        using var database = DurableDatabase.Open(disk.Data, disk.Log);

        for (var id = 1; id <= 50; id++)
        {
            Insert(database, id);
            var mark = database.Mark();
            var waiting = Task.Run(() => database.WaitUntilDurable(mark), TestContext.Current.CancellationToken);
            Insert(database, 1000 + id);
            await waiting;
        }

        Assert.Equal(100, Count(database));
    }

    [Fact]
    public void A_checkpoint_empties_the_log_and_keeps_the_documents()
    {
        using var database = DurableDatabase.Open(disk.Data, disk.Log);
        Insert(database, 1);

        database.Checkpoint();

        Assert.Equal(0, database.LogBytes);
        Assert.Equal(1, Count(database));
    }

    [Fact]
    public void A_long_log_is_never_brought_into_the_data_file_unasked()
    {
        using var database = DurableDatabase.Open(disk.Data, disk.Log);
        var before = disk.Data.Syncs;

        for (var id = 1; id <= 1_500; id++)
        {
            Insert(database, id);
        }

        database.WaitUntilDurable();
        Assert.True(database.LogBytes > 1_500 * LitePage.Size);
        Assert.Equal(before, disk.Data.Syncs);
    }

    [Fact]
    public void Names_that_differ_in_case_are_two()
    {
        using var database = DurableDatabase.Open(disk.Data, disk.Log);
        var things = database.Database.GetCollection("things");

        things.Insert(new BsonDocument { ["_id"] = "thing-a" });
        things.Insert(new BsonDocument { ["_id"] = "Thing-A" });

        Assert.Equal(2, things.Count());
    }

    [Fact]
    public void A_log_that_cannot_be_written_is_told_and_keeps_the_data_file_as_it_was()
    {
        var database = DurableDatabase.Open(disk.Data, disk.Log);
        Insert(database, 1);
        database.WaitUntilDurable();
        disk.Log.Failure = new IOException("No space left on device.");
        Insert(database, 2);

        Assert.Throws<IOException>(database.WaitUntilDurable);
        Assert.Throws<IOException>(database.Checkpoint);
        database.Dispose();
        disk.Log.Failure = null;

        using var again = DurableDatabase.Open(disk.Data, disk.Log);
        Assert.Equal(1, Count(again));
    }

    [Fact]
    public void A_checkpoint_that_finds_the_disk_full_can_be_tried_again()
    {
        using var database = DurableDatabase.Open(disk.Data, disk.Log);
        Insert(database, 1);
        disk.Data.Failure = new IOException("No space left on device.");
        Assert.Throws<IOException>(database.Checkpoint);
        disk.Data.Failure = null;

        Insert(database, 2);
        database.Checkpoint();

        Assert.Equal(2, Count(database));
        Assert.Equal(0, database.LogBytes);
    }

    [Fact]
    public void A_close_in_the_middle_of_a_transaction_drops_only_that_transaction()
    {
        using (var database = DurableDatabase.Open(disk.Data, disk.Log))
        {
            Insert(database, 1);
            database.Database.BeginTrans();
            Insert(database, 2);
        }

        using var again = DurableDatabase.Open(disk.Data, disk.Log);
        Assert.Equal(1, Count(again));
    }

    [Fact]
    public void A_file_of_another_kind_is_refused_untouched_and_released()
    {
        var foreign = new byte[20_000];
        new Random(1).NextBytes(foreign);
        File.WriteAllBytes(folder.Database, foreign);

        var refusal = Assert.Throws<DatabaseDamagedException>(() => DurableDatabase.Open(folder.Database, TimeProvider.System));

        Assert.Contains("give another path", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(foreign, File.ReadAllBytes(folder.Database));
    }

    [Fact]
    public void A_deleted_database_file_beside_its_log_is_not_silently_a_new_database()
    {
        DurableDatabase.Open(folder.Database, TimeProvider.System).Dispose();
        File.Delete(folder.Database);

        var refusal = Assert.Throws<DatabaseDamagedException>(() => DurableDatabase.Open(folder.Database, TimeProvider.System));

        Assert.Contains($"delete {folder.Database}-log to begin anew", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void The_log_of_a_crash_is_not_replayed_into_a_backup()
    {
        var database = DurableDatabase.Open(disk.Data, disk.Log);
        Insert(database, 1);
        database.WaitUntilDurable();
        database.Checkpoint();
        var backup = disk.Data.ToArray();

        for (var id = 2; id <= 3; id++)
        {
            Insert(database, id);
            database.WaitUntilDurable();
            database.Checkpoint();
        }

        Insert(database, 4);
        database.WaitUntilDurable();
        var mixed = new RecordedDisk(backup, disk.Log.ToArray());

        var refusal = Assert.Throws<DatabaseDamagedException>(() => DurableDatabase.Open(mixed.Data, mixed.Log));
        Assert.Contains("delete the log", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(backup, mixed.Data.ToArray());

        var alone = new RecordedDisk(backup, []);
        using var restored = DurableDatabase.Open(alone.Data, alone.Log);
        Assert.Equal(1, Count(restored));
    }

    public void Dispose() => folder.Dispose();

    private static void Insert(DurableDatabase database, int id) =>
        database.Database.GetCollection("documents").Insert(new BsonDocument { ["_id"] = id, ["text"] = "some text" });

    private static int Count(DurableDatabase database) => database.Database.GetCollection("documents").Count();
}
