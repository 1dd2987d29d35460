using IoTJobsToolkit.LiteDb;
using IoTJobsToolkit.LiteDb.Durability;
using IoTJobsToolkit.LiteDb.Journaling;
using IoTJobsToolkit.Stores.Tests.Durability;

namespace IoTJobsToolkit.Stores.Tests.Journaling;

/// <summary>The three files together: whatever a power cut leaves of each, the store opens with all that was acknowledged and nothing in halves.</summary>
public sealed class JournalPowerCutTests
{
    private const int Commits = 150;
    private const int Cuts = 150;

    /// <summary>All that happens now and then happens often.</summary>
    private static readonly JournalLimits Small = new() { MostWaiting = 4, TransactionSize = 6, LongestJournal = 60_000 };

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void A_power_cut_at_any_moment_loses_no_acknowledged_report(int seed)
    {
        var random = new Random(seed);
        var disk = new RecordedDisk([], []);
        var reports = new Reports(random);
        Record(disk, reports, random);
        var events = disk.Events;
        for (var cut = 0; cut < Cuts; cut++)
        {
            var moment = random.Next(events.Count + 1);
            var happened = events.Take(moment).ToList();
            var (acknowledged, begun) = (Highest(happened, DiskEventKind.Acknowledged), Highest(happened, DiskEventKind.Committed));
            var power = new PowerCut(random);
            var left = new RecordedDisk(
                power.Content(events, moment, disk.Data), power.Content(events, moment, disk.Log), power.Content(events, moment, disk.Journal));
            var place = $"cut {cut} behind event {moment} of {events.Count}, seed {seed}";

            // The second open finds what the first made of it, and whatever the first reused.
            Verify(left, reports, acknowledged, begun, place);
            Verify(left, reports, acknowledged, begun, $"second open, {place}");
        }
    }

    [Fact]
    public void The_journal_of_an_earlier_state_of_the_database_is_not_applied()
    {
        var disk = new RecordedDisk([], []);
        var reports = new Reports(new(7));
        byte[] journal;
        using (var store = Open(disk))
        {
            for (var i = 0; i < 20; i++)
            {
                store.Commit(reports.Next());
            }
            journal = disk.Journal.ToArray();
            store.Commit(reports.Next());
        }
        Assert.NotEmpty(journal);
        using var again = Open(new(disk.Data.ToArray(), disk.Log.ToArray(), journal));
        Assert.Equal(reports.States[^1], Reports.Read(again));
    }

    private static void Verify(RecordedDisk disk, Reports reports, int acknowledged, int begun, string place)
    {
        using var store = Open(disk);
        var found = Reports.Read(store);
        Assert.True(
            Enumerable.Range(acknowledged, begun - acknowledged + 1).Any(number => IsSame(reports.States[number], found)),
            $"The state is none of {acknowledged}..{begun}: {place}");
        Assert.True(Reports.FirstFault(store) is not { } fault, place);
    }

    private static void Record(RecordedDisk disk, Reports reports, Random random)
    {
        var store = Open(disk);
        for (var number = 1; number <= Commits; number++)
        {
            disk.Committed(number);
            store.Commit(reports.Next());
            disk.Acknowledged(number);
            store.Maintain(isIdle: random.Next(10) == 0);
            if (random.Next(15) == 0)
            {
                Assert.Equal(reports.States[number], Reports.Read(store));
            }
            if (random.Next(30) == 0)
            {
                store.Dispose();
                store = Open(disk);
            }
        }
        store.Dispose();
    }

    private static LiteDbJobsStore Open(RecordedDisk disk) =>
        LiteDbJobsStore.Open(DurableDatabase.Open(disk.Data, disk.Log), disk.Journal, Small, "jobs.db");

    private static bool IsSame(Dictionary<string, long> expected, Dictionary<string, long> found) =>
        expected.Count == found.Count && expected.All(pair => found.TryGetValue(pair.Key, out var version) && version == pair.Value);

    private static int Highest(List<DiskEvent> events, DiskEventKind kind) =>
        (int)events.Where(e => e.Kind == kind).Select(e => e.Number).DefaultIfEmpty(0).Max();
}
