using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.LiteDb;

namespace IoTJobsToolkit.Stores.Tests.Journaling;

public sealed class JournalEngineTests : IDisposable
{
    /// <summary>More than may wait in the journal, fewer than end a transaction that applies them.</summary>
    private const int Things = 1_500;
    private const long Group = 1;

    private static readonly JobsSettings Settings = new() { Limits = LimitsProfile.None };
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(45);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task An_engine_that_ends_in_the_middle_of_applying_reports_leaves_an_empty_journal_behind()
    {
        var cancellation = TestContext.Current.CancellationToken;
        var store = Open();
        store.Commit(Fleet());
        var engine = new JobsEngine(store, TimeProvider.System, Settings);
        await engine.As(Caller.Operator("test")).ExecuteAsync(new CreateJob("job", [Settings.ThingGroupArn("fleet")]) { Document = "{}" }, cancellation);
        await engine.PassTimeAsync(cancellation);
        await Report(thing => new StartNextPendingJobExecution(thing));
        await Report(thing => new UpdateJobExecution("job", thing) { Status = JobExecutionStatus.IN_PROGRESS }); // Nothing is read for it any more.

        await Task.Run(engine.Dispose, cancellation).WaitAsync(Deadline, cancellation);

        Assert.Equal(0, new FileInfo(_folder.Database + "-journal").Length);
        using var again = Open();
        Assert.Equal(Things, again.Load().Progress.Single().Counts.InProgress);

        Task Report<T>(Func<string, Operation<T>> what) => Task.WhenAll(Enumerable.Range(0, Things).Select(number =>
            engine.As(Caller.Device(Name(number))).ExecuteAsync(what(Name(number)), cancellation)));
    }

    private static JobsChanges Fleet()
    {
        var changes = new JobsChanges { NextSequence = 10 * Things };
        changes.Groups[Group] = new(null, new() { Sequence = Group, Name = "fleet", CreatedAt = DateTimeOffset.UnixEpoch });
        for (var number = 0; number < Things; number++)
        {
            var thing = new Thing { Sequence = 2 + number, Name = Name(number), Groups = [Group] };
            changes.Things[thing.Name] = new(null, thing);
            changes.Members[(Group, thing.Name)] = new(Group, thing.Name, thing.Sequence, 2 + Things + number);
        }
        return changes;
    }

    private static string Name(int number) => $"thing-{number}";

    private LiteDbJobsStore Open() => LiteDbJobsStore.Open(_folder.Database, TimeProvider.System);
}
