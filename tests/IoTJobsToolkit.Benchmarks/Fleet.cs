using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.LiteDb;

namespace IoTJobsToolkit.Benchmarks;

/// <summary>Things of one group, written past the engine.</summary>
internal static class Fleet
{
    public const string GroupName = "fleet";
    private const long GroupSequence = 1;
    private const int Batch = 5_000;

    public static JobsSettings Settings { get; } = new() { Limits = LimitsProfile.None };

    public static string NameOf(int number) => $"device-{number:D7}";

    public static LiteDbJobsStore Create(string path, int things)
    {
        var store = LiteDbJobsStore.Open(path, TimeProvider.System);
        var group = new JobsChanges { NextSequence = 2L + 2 * things };
        group.Groups[GroupSequence] = new(null, new() { Sequence = GroupSequence, Name = GroupName, CreatedAt = DateTimeOffset.UnixEpoch });
        store.Commit(group);
        for (var first = 0; first < things; first += Batch)
        {
            var changes = new JobsChanges();
            for (var number = first; number < Math.Min(things, first + Batch); number++)
            {
                var thing = new Thing { Sequence = 2 + number, Name = NameOf(number), Groups = [GroupSequence] };
                changes.Things[thing.Name] = new(null, thing);
                changes.Members[(GroupSequence, thing.Name)] = new(GroupSequence, thing.Name, thing.Sequence, 2 + things + number);
            }
            store.Commit(changes);
            store.Maintain(isIdle: true);
        }
        return store;
    }

    public static CreateJob JobForAll(string jobId) => new(jobId, [Settings.ThingGroupArn(GroupName)]) { Document = """{"operation":"update"}""" };

    /// <summary>The executions which a job of the group would have, for stores without an engine.</summary>
    public static IEnumerable<JobExecution> Executions(int things, string jobId)
    {
        var now = DateTimeOffset.FromUnixTimeMilliseconds(TimeProvider.System.GetUtcNow().ToUnixTimeMilliseconds());
        var job = new Engine.Jobs.Job { Sequence = 2L + 2 * things, JobId = jobId, Targets = [], CreatedAt = now, LastUpdatedAt = now };
        return Enumerable.Range(0, things).Select(number => ExecutionLifecycle.Queue(
            job, 2 + number, NameOf(number), 1, job.Sequence + 1 + number, ChangeOrigin.Rollout, now));
    }
}
