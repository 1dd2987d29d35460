using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.LiteDb;
using IoTJobsToolkit.LiteDb.Durability;
using IoTJobsToolkit.LiteDb.Journaling;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Durability;

/// <summary>What operators did lies in two places, and moves from one to the other: a power cut between leaves no record in both and none in neither.</summary>
public sealed class ActivityPowerCutTests
{
    private const int Commits = 120;
    private const int Cuts = 150;

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_power_cut_at_any_moment_loses_and_doubles_no_activity(int seed)
    {
        var random = new Random(seed);
        var disk = new RecordedDisk([], []);
        var states = Record(disk, random);
        var events = disk.Events;
        for (var cut = 0; cut < Cuts; cut++)
        {
            var moment = random.Next(events.Count + 1);
            var happened = events.Take(moment).ToList();
            var (acknowledged, begun) = (Highest(happened, DiskEventKind.Acknowledged), Highest(happened, DiskEventKind.Committed));
            var power = new PowerCut(random);
            var left = new RecordedDisk(
                power.Content(events, moment, disk.Data), power.Content(events, moment, disk.Log), power.Content(events, moment, disk.Journal));

            using var store = Open(left);
            var found = store.ReadFirstActivities(int.MaxValue);
            Assert.True(
                states[acknowledged..(begun + 1)].Any(state => state.SequenceEqual(found.Select(activity => activity.Sequence))),
                $"The activities are those of none of {acknowledged}..{begun}: cut {cut} behind event {moment} of {events.Count}, seed {seed}");
            Assert.Equal(found.Select(activity => FullActivity(activity.Sequence)), found);
            Assert.Equal(found.Reverse(), store.ReadActivities(null, int.MaxValue));
        }
    }

    /// <summary>The sequences of all activities after each commit, oldest first.</summary>
    private static List<List<long>> Record(RecordedDisk disk, Random random)
    {
        var states = new List<List<long>> { new() };
        var sequence = 0L;
        var store = Open(disk);
        for (var number = 1; number <= Commits; number++)
        {
            var changes = new JobsChanges();
            changes.Activities.AddRange(Enumerable.Range(0, random.Next(4) == 0 ? 60 : 3).Select(_ => FullActivity(++sequence)));
            changes.ClearedActivities.AddRange(random.Next(5) == 0 ? states[^1].Take(random.Next(80)) : []);
            states.Add([.. states[^1].Skip(changes.ClearedActivities.Count), .. changes.Activities.Select(activity => activity.Sequence)]);
            disk.Committed(number);
            store.Commit(changes);
            disk.Acknowledged(number);
            store.Maintain(isIdle: random.Next(10) == 0);
            if (random.Next(30) == 0)
            {
                store.Dispose();
                store = Open(disk);
            }
        }
        store.Dispose();
        return states;
    }

    private static LiteDbJobsStore Open(RecordedDisk disk) =>
        LiteDbJobsStore.Open(DurableDatabase.Open(disk.Data, disk.Log), disk.Journal, new JournalLimits(), "jobs.db");

    private static int Highest(List<DiskEvent> events, DiskEventKind kind) =>
        (int)events.Where(e => e.Kind == kind).Select(e => e.Number).DefaultIfEmpty(0).Max();
}
