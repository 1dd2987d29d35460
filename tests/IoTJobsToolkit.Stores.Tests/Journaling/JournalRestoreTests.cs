using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.LiteDb;
using IoTJobsToolkit.LiteDb.Durability;
using IoTJobsToolkit.Stores.Tests.Durability;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Journaling;

/// <summary>A backup of the database alone, put where a later journal lies.</summary>
public sealed class JournalRestoreTests
{
    [Fact]
    public void The_journal_of_what_came_after_a_backup_is_not_applied_to_it()
    {
        var disk = new RecordedDisk([], []);
        Open(disk).Dispose();
        var backup = disk.Data.ToArray();
        var store = Open(disk);
        var execution = Execution(100, 1, "thing", 1, 500, Time);
        Commit(store, null, execution);
        Commit(store, execution, execution with { VersionNumber = 2, Status = JobExecutionStatus.IN_PROGRESS });
        var journal = disk.Journal.ToArray();
        Assert.NotEmpty(journal);

        using var restored = Open(new(backup, [], journal));
        Assert.Empty(restored.ReadExecutions(1, null, 10));
    }

    private static void Commit(LiteDbJobsStore store, JobExecution? before, JobExecution? after)
    {
        var changes = new JobsChanges { NextSequence = 1_000 };
        changes.Executions[(after ?? before)!.Key] = new(before, after);
        store.Commit(changes);
    }

    private static LiteDbJobsStore Open(RecordedDisk disk) =>
        LiteDbJobsStore.Open(DurableDatabase.Open(disk.Data, disk.Log), disk.Journal, new(), "jobs.db");
}
