using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.LiteDb;
using IoTJobsToolkit.LiteDb.Durability;
using IoTJobsToolkit.LiteDb.Locking;
using IoTJobsToolkit.LiteDb.Mapping;
using IoTJobsToolkit.Stores.Tests.Conformance;
using LiteDB;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests;

/// <summary>How a file of jobs is opened, and what its format promises.</summary>
public sealed class LiteDbJobsStoreTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Opening_creates_the_folder()
    {
        var path = Path.Combine(Path.GetDirectoryName(_folder.Database)!, "new", "folders", "jobs.db");
        using var store = LiteDbJobsStore.Open(path, TimeProvider.System);
        Assert.True(File.Exists(path));
    }

    [Fact]
    public void A_database_in_use_names_its_holder()
    {
        using var holder = Open();
        var refusal = Assert.Throws<DatabaseInUseException>(Open);
        Assert.Contains($"process {Environment.ProcessId}", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_closed_database_opens_again()
    {
        Open().Dispose();
        Open().Dispose();
    }

    [Fact]
    public void A_link_leads_to_the_same_database_with_the_same_lock_and_log()
    {
        Assert.SkipWhen(OperatingSystem.IsWindows(), "Links need rights there.");
        var link = Path.Combine(Path.GetDirectoryName(_folder.Database)!, "link.db");
        File.CreateSymbolicLink(link, _folder.Database);
        using (LiteDbJobsStore.Open(link, TimeProvider.System))
        {
            Assert.Throws<DatabaseInUseException>(Open);
        }
        Assert.False(File.Exists(link + "-log"));
        Assert.True(File.Exists(_folder.Database + "-log"));
    }

    [Fact]
    public void Damaged_records_end_the_store_at_the_first_read()
    {
        using (var store = Open())
        {
            var changes = new JobsChanges();
            for (var i = 0; i < 2_000; i++)
            {
                var name = $"thing-{i:D5}";
                changes.Things[name] = new(null, new() { Sequence = i + 1, Name = name, BillingGroupName = new('x', 100) });
            }
            changes.NextSequence = 3_000;
            store.Commit(changes);
        }
        var bytes = File.ReadAllBytes(_folder.Database);
        Array.Fill<byte>(bytes, 0xFF, bytes.Length / 3, bytes.Length / 3);
        File.WriteAllBytes(_folder.Database, bytes);

        var failure = Assert.ThrowsAny<Exception>(() =>
        {
            using var store = Open();
            store.Load();
            for (var i = 0; i < 2_000; i++)
            {
                store.FindThing($"thing-{i:D5}");
            }
        });
        Assert.True(failure is StoreFailedException or DatabaseDamagedException, failure.ToString());
    }

    [Fact]
    public void A_file_which_is_no_database_is_refused_and_left_alone()
    {
        File.WriteAllText(_folder.Database, new('x', 20_000));
        Assert.Throws<DatabaseDamagedException>(Open);
        Assert.Equal(new('x', 20_000), File.ReadAllText(_folder.Database));
    }

    [Fact]
    public void A_folder_in_the_place_of_the_file_is_refused_by_name()
    {
        Directory.CreateDirectory(_folder.Database);
        var refusal = Assert.ThrowsAny<IOException>(Open);
        Assert.Contains(_folder.Database, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void A_database_of_a_newer_format_is_refused_and_says_what_to_do()
    {
        Open().Dispose();
        Change(database => database.GetCollection("meta").Update(new BsonDocument { ["_id"] = "store", ["v"] = 4, ["n"] = 1L }));
        var refusal = Assert.Throws<DatabaseFormatException>(Open);
        Assert.Contains("format 4", refusal.Message, StringComparison.Ordinal);
        Assert.Contains("Update IoTJobsToolkit", refusal.Message, StringComparison.Ordinal);

        // The refused open has given the file free.
        Change(database => database.GetCollection("meta").Update(new BsonDocument { ["_id"] = "store", ["v"] = 3, ["n"] = 1L }));
        Open().Dispose();
    }

    [Fact]
    public void A_database_of_the_first_format_opens_with_its_jobs_started_and_is_of_the_present_one_then()
    {
        using (var store = Open())
        {
            store.Commit(new JobsChanges { NextSequence = 9, DeletedNumbers = { [(1, 2)] = new(4, 40) } }
                .Put(Job(1) with { Targets = [new("arn", TargetKind.Thing, "a", 2) { AssociatedSequence = 1 }] }));
        }
        Change(database =>
        {
            database.GetCollection("meta").Update(new BsonDocument { ["_id"] = "store", ["v"] = 1, ["n"] = 9L });
            var job = database.GetCollection("jobs").FindById(1L);
            Assert.True(job.Remove("st") && job["t"][0].AsDocument.Remove("j"));
            database.GetCollection("jobs").Update(job);
            var number = database.GetCollection("deletedNumbers").FindAll().Single();
            Assert.True(number.Remove("q"));
            database.GetCollection("deletedNumbers").Update(number);
        });
        using (var store = Open())
        {
            var contents = store.Load();
            Assert.Equal((Time, 9), (Assert.Single(contents.Jobs).StartedAt, contents.NextSequence));
            Assert.Equal(0, contents.Jobs[0].Targets[0].AssociatedSequence);
            Assert.Equal(new(4, 0), store.FindDeletedNumber(1, 2));
        }
        Change(database => Assert.Equal(3, database.GetCollection("meta").FindById("store")["v"].AsInt32));
    }

    [Fact]
    public void A_database_of_something_else_is_refused()
    {
        Change(database => database.GetCollection("customers").Insert(new BsonDocument { ["_id"] = 1 }));
        var refusal = Assert.Throws<DatabaseFormatException>(Open);
        Assert.Contains("something else", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void An_execution_keeps_its_size_from_its_creation_to_its_end()
    {
        var queued = Execution(1, thing: "thing-number-1234567");
        var running = queued.Start(new() { InProgressTimeoutInMinutes = 10 }, queued.ThingName, Time.AddMinutes(1))!;
        var details = running with { StatusDetails = new Dictionary<string, string> { ["step"] = "downloading" } };
        var ended = details.Finish(JobExecutionStatus.SUCCEEDED, queued.ThingName, Time.AddMinutes(2))!;
        var sizes = new[] { queued, running, details, ended }.Select(Size).Distinct();
        Assert.Equal(384, Assert.Single(sizes));
        Assert.Equal(0, (Size(FullExecution(1)) - 384) % 64);
    }

    [Fact]
    public void Progress_keeps_its_size_while_a_job_rolls_out_and_is_canceled()
    {
        var progress = new JobProgress(1);
        var sizes = new[]
        {
            progress,
            progress with { Rollout = new(Time) },
            progress with { Rollout = new(Time, 5, 6, 7, 8, "thing-number-1234567") },
            progress with { Sweep = new(SweepKind.Cancel, Time, "operator", true, Execution(1, thing: "thing-number-1234567").Key) },
        }.Select(p => BsonSerializer.Serialize(ProgressMapping.ToDocument(p)).Length).Distinct();
        Assert.Equal(256, Assert.Single(sizes));
    }

    /// <summary>Enums are stored as numbers: who reorders one would change what is in the files.</summary>
    [Fact]
    public void The_numbers_of_stored_words_stay()
    {
        Assert.Equal("IN_PROGRESS SCHEDULED COMPLETED CANCELED DELETION_IN_PROGRESS", Words<JobStatus>());
        Assert.Equal("SNAPSHOT CONTINUOUS", Words<TargetSelection>());
        Assert.Equal("Thing ThingGroup", Words<TargetKind>());
        Assert.Equal("QUEUED IN_PROGRESS SUCCEEDED FAILED TIMED_OUT REJECTED REMOVED CANCELED", Words<JobExecutionStatus>());
        Assert.Equal("Rollout Retry Device Operator Timer Abort ThingDeleted Join Leave EndTime", Words<ChangeOrigin>());
        Assert.Equal("Cancel Delete Purge", Words<SweepKind>());
        Assert.Equal("FAILED REJECTED TIMED_OUT ALL", Words<JobExecutionFailureType>());
        Assert.Equal("CANCEL", Words<AbortAction>());
        Assert.Equal("FAILED TIMED_OUT ALL", Words<RetryableFailureType>());

        static string Words<T>()
            where T : struct, Enum => string.Join(' ', Enum.GetValues<T>().OrderBy(word => Convert.ToInt32(word)));
    }

    private static int Size(JobExecution execution) => BsonSerializer.Serialize(ExecutionMapping.ToDocument(execution)).Length;

    private LiteDbJobsStore Open() => LiteDbJobsStore.Open(_folder.Database, TimeProvider.System);

    private void Change(Action<LiteDatabase> change)
    {
        using var database = DurableDatabase.Open(_folder.Database, TimeProvider.System);
        change(database.Database);
        database.WaitUntilDurable();
    }
}
