using System.Globalization;
using IoTJobsToolkit.LiteDb.Durability;
using IoTJobsToolkit.LiteDb.Locking;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Stores.Tests.Locking;

public sealed class DatabaseLockTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 12, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly TemporaryFolder folder = new();

    [Fact]
    public void A_second_open_in_the_same_process_is_refused_with_the_holder()
    {
        using var first = DatabaseLock.Acquire(folder.Database, new FakeTimeProvider(Noon));

        var refusal = Assert.Throws<DatabaseInUseException>(() => DatabaseLock.Acquire(folder.Database, TimeProvider.System));

        Assert.Equal(folder.Database, refusal.Path);
        Assert.Equal(Environment.ProcessId, refusal.Holder!.ProcessId);
        Assert.Equal(Noon, refusal.Holder.Since);
        Assert.Equal(
            $"The database {folder.Database} is in use by process {Environment.ProcessId} ({refusal.Holder.ProcessName}) "
            + "since 2026-12-01T12:00:00Z. Close it, or connect to its endpoint.",
            refusal.Message);
    }

    [Fact]
    public void A_second_process_is_refused_and_says_who_holds_the_database()
    {
        using var database = DurableDatabase.Open(folder.Database, new FakeTimeProvider(Noon));

        using var second = ChildProcess.Start("hold", folder.Database);

        Assert.StartsWith(
            string.Create(CultureInfo.InvariantCulture, $"The database {folder.Database} is in use by process {Environment.ProcessId} ("),
            second.ReadLine());
    }

    [Fact]
    public void A_database_that_another_process_holds_is_refused_until_it_closes()
    {
        using var other = ChildProcess.Start("hold", folder.Database);
        Assert.Equal("open", other.ReadLine());

        var refusal = Assert.Throws<DatabaseInUseException>(() => DurableDatabase.Open(folder.Database, TimeProvider.System));
        Assert.Equal(other.Id, refusal.Holder!.ProcessId);

        other.WriteLine();
        other.WaitForExit();
        DurableDatabase.Open(folder.Database, TimeProvider.System).Dispose();
    }

    [Fact]
    public void The_lock_file_of_a_killed_process_blocks_nobody()
    {
        using var other = ChildProcess.Start("hold", folder.Database);
        Assert.Equal("open", other.ReadLine());
        other.Kill();
        other.WaitForExit();
        Assert.NotEqual(0, new FileInfo(folder.Database + ".lock").Length);

        DurableDatabase.Open(folder.Database, TimeProvider.System).Dispose();
    }

    [Fact]
    public void A_holder_that_cannot_be_read_is_another_process()
    {
        File.WriteAllText(folder.Database + ".lock", string.Empty);
        using var holder = File.Open(folder.Database + ".lock", FileMode.Open, FileAccess.ReadWrite, FileShare.None);

        var refusal = Assert.Throws<DatabaseInUseException>(() => DatabaseLock.Acquire(folder.Database, TimeProvider.System));

        Assert.Null(refusal.Holder);
        Assert.Contains("in use by another process.", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_missing_folder_is_no_lock_of_another()
    {
        var path = Path.Combine(folder.Database, "missing", "jobs.db");

        Assert.Throws<DirectoryNotFoundException>(() => DatabaseLock.Acquire(path, TimeProvider.System));
    }

    public void Dispose() => folder.Dispose();
}
