using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.LiteDb;

namespace IoTJobsToolkit.Stores.CrashWriter;

/// <summary>One group of things, and a job for it whose rollout may be cut off anywhere.</summary>
internal static class Fleet
{
    public const int Size = 20_000;
    public const string JobId = "job";
    private const string GroupName = "fleet";
    private const long GroupSequence = 1;

    public static JobsSettings Settings { get; } = new() { Limits = LimitsProfile.None };

    public static string NameOf(long number) => $"thing-{number:D5}";

    /// <summary>Writes the things and their group past the engine.</summary>
    public static void Create(IJobsStore store)
    {
        var changes = new JobsChanges { NextSequence = 2 * Size + 2 };
        changes.Groups[GroupSequence] = new(null, new() { Sequence = GroupSequence, Name = GroupName, CreatedAt = DateTimeOffset.UnixEpoch });
        for (var number = 0; number < Size; number++)
        {
            var thing = new Thing { Sequence = 2 + number, Name = NameOf(number), Groups = [GroupSequence] };
            changes.Things[thing.Name] = new(null, thing);
            changes.Members[(GroupSequence, thing.Name)] = new(GroupSequence, thing.Name, thing.Sequence, 2 + Size + number);
        }
        store.Commit(changes);
    }

    /// <summary>Rolls the job out to the end, and says after each commit how many executions are queued.</summary>
    public static async Task RollOutAsync(string databasePath, TextWriter output)
    {
        var store = LiteDbJobsStore.Open(databasePath, TimeProvider.System);
        if (store.FindThing(NameOf(0)) is null)
        {
            Create(store);
        }
        using var engine = new JobsEngine(store, TimeProvider.System, Settings);
        using var events = engine.Subscribe(capacity: 100_000);
        var jobs = engine.As(Caller.Operator("test"));
        await jobs.ExecuteAsync(new CreateJob(JobId, [Settings.ThingGroupArn(GroupName)]) { Document = "{}" });
        await foreach (var batch in events.Batches.ReadAllAsync())
        {
            foreach (var job in batch.Events.OfType<JobChanged>())
            {
                await output.WriteLineAsync($"{job.Progress!.Counts.Queued}");
                if (job.Progress.Rollout is null)
                {
                    return;
                }
            }
        }
    }
}
