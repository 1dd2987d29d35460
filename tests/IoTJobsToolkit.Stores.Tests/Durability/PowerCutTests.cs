using System.Globalization;
using IoTJobsToolkit.LiteDb.Durability;
using IoTJobsToolkit.Stores.CrashWriter;
using LiteDB;

namespace IoTJobsToolkit.Stores.Tests.Durability;

/// <summary>A nightly run sets IOTJOBS_POWER_CUTS to some thousands, and IOTJOBS_POWER_CUT_SEED to a seed of its own.</summary>
public sealed class PowerCutTests
{
    private const int Transactions = 120;

    private static int Cuts => Setting("IOTJOBS_POWER_CUTS", 300);

    private static int Seed => Setting("IOTJOBS_POWER_CUT_SEED", 20_261_123);

    [Fact]
    public void A_power_cut_at_any_moment_loses_no_acknowledged_transaction_and_leaves_none_in_halves()
    {
        var random = new Random(Seed);
        var disk = Record(new RecordedDisk([], []), random, Transactions, close: true);
        var events = disk.Events;

        for (var cut = 0; cut < Cuts; cut++)
        {
            var after = CutAndVerify(disk, events, random, cut);

            // Now and then the power goes again, while the first cut is being recovered or soon after.
            if (cut % 3 == 0)
            {
                Record(after, random, transactions: 5, close: false);
                CutAndVerify(after, after.Events, random, cut);
            }
        }
    }

    /// <summary>Answers a disk that holds what was left, on which recovery has not run yet.</summary>
    private static RecordedDisk CutAndVerify(RecordedDisk disk, IReadOnlyList<DiskEvent> events, Random random, int cut)
    {
        var moment = random.Next(events.Count + 1);
        var happened = events.Take(moment).ToList();
        var started = Start(disk);
        var acknowledged = Math.Max(started, Highest(happened, DiskEventKind.Acknowledged));
        var committed = Math.Max(acknowledged, Highest(happened, DiskEventKind.Committed));
        var power = new PowerCut(random);
        var data = power.Content(events, moment, disk.Data);
        var log = power.Content(events, moment, disk.Log);

        var place = $"cut {cut} behind event {moment} of {events.Count}, seed {Seed}";
        var verified = new RecordedDisk(data, log);

        try
        {
            Verify(verified, acknowledged, committed, place);
        }
        catch (Exception e) when (e is IOException or LiteException)
        {
            Assert.Fail($"{e} {place}");
        }

        return new RecordedDisk(data, log);
    }

    private static void Verify(RecordedDisk disk, int acknowledged, int committed, string place)
    {
        int last;

        using (var database = DurableDatabase.Open(disk.Data, disk.Log))
        {
            var found = new NumberedTransactions(database.Database);
            last = found.Last;
            Assert.True(last >= acknowledged && last <= committed, $"{last} is not in {acknowledged}..{committed}: {place}");
            Assert.True(found.FirstFault() is null, $"{found.FirstFault()} {place}");

            // A page that was left wrong may show only when the next transactions build on it.
            found.Commit(last + 1);
            found.Commit(last + 2);
            database.WaitUntilDurable();
        }

        using var again = DurableDatabase.Open(disk.Data, disk.Log);
        var transactions = new NumberedTransactions(again.Database);
        Assert.Equal(last + 2, transactions.Last);
        Assert.True(transactions.FirstFault() is null, $"After going on: {transactions.FirstFault()} {place}");
    }

    /// <summary>Groups of one to three commits per acknowledgement, a checkpoint now and then.</summary>
    private static RecordedDisk Record(RecordedDisk disk, Random random, int transactions, bool close)
    {
        var database = DurableDatabase.Open(disk.Data, disk.Log);
        var workload = new NumberedTransactions(database.Database);
        var first = workload.Last + 1;

        for (var number = first; number < first + transactions; number++)
        {
            // Told before it happens: its pages may reach the disk while Commit still runs.
            disk.Committed(number);
            workload.Commit(number);

            if (random.Next(3) != 0)
            {
                database.WaitUntilDurable();
                disk.Acknowledged(number);
            }

            if (random.Next(12) == 0)
            {
                database.Checkpoint();
                disk.Acknowledged(number);
            }
        }

        if (close)
        {
            database.Dispose();
        }

        return disk;
    }

    private static int Start(RecordedDisk disk)
    {
        if (disk.Data.Start.Length == 0)
        {
            return 0;
        }

        var copy = new RecordedDisk(disk.Data.Start, disk.Log.Start);
        using var database = DurableDatabase.Open(copy.Data, copy.Log);
        return new NumberedTransactions(database.Database).Last;
    }

    private static int Highest(List<DiskEvent> events, DiskEventKind kind) =>
        (int)events.Where(e => e.Kind == kind).Select(e => e.Number).DefaultIfEmpty(0).Max();

    private static int Setting(string name, int otherwise) =>
        int.TryParse(Environment.GetEnvironmentVariable(name), CultureInfo.InvariantCulture, out var value) ? value : otherwise;
}
