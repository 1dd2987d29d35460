using System.Globalization;
using IoTJobsToolkit.LiteDb.Durability;
using IoTJobsToolkit.Stores.CrashWriter;

namespace IoTJobsToolkit.Stores.Tests.Durability;

/// <summary>A nightly run sets IOTJOBS_KILLS to some hundreds.</summary>
public sealed class KillTests
{
    [Fact]
    public void A_killed_process_loses_no_acknowledged_transaction()
    {
        using var folder = new TemporaryFolder();
        var random = new Random(1);
        var kills = int.TryParse(Environment.GetEnvironmentVariable("IOTJOBS_KILLS"), CultureInfo.InvariantCulture, out var n) ? n : 10;

        for (var kill = 0; kill < kills; kill++)
        {
            var acknowledged = WriteAndKill(folder.Database, random.Next(1, 300));

            using var database = DurableDatabase.Open(folder.Database, TimeProvider.System);
            var transactions = new NumberedTransactions(database.Database);

            // One more may have been committed than was heard of.
            Assert.InRange(transactions.Last, acknowledged, acknowledged + 1);
            Assert.Null(transactions.FirstFault());
        }
    }

    /// <summary>Answers the last acknowledged number, with what was still in the pipe.</summary>
    private static int WriteAndKill(string path, int lines)
    {
        using var writer = ChildProcess.Start("write", path);
        var last = 0;

        while (writer.ReadLine() is { } line)
        {
            last = int.Parse(line, CultureInfo.InvariantCulture);

            if (--lines == 0)
            {
                writer.Kill();
            }
        }

        Assert.True(lines <= 0, "The writer ended by itself.");
        return last;
    }
}
