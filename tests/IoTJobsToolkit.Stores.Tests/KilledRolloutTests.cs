using System.Globalization;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.LiteDb;
using IoTJobsToolkit.Stores.CrashWriter;

namespace IoTJobsToolkit.Stores.Tests;

/// <summary>A process killed while it rolls a job out: the next one goes on where it stopped.</summary>
public sealed class KilledRolloutTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(4_000)]
    [InlineData(9_500)]
    [InlineData(15_000)]
    public async Task Every_thing_gets_one_execution_and_the_counters_are_right(int killedAt)
    {
        var seen = KillWhenQueued(killedAt);
        using (var killed = LiteDbJobsStore.Open(_folder.Database, TimeProvider.System))
        {
            var left = ReadAll(killed);
            Assert.InRange(left.Count, seen, Fleet.Size);
            Assert.Equal(Recount(left), killed.Load().Progress.Single().Counts);
        }

        using (var engine = new JobsEngine(LiteDbJobsStore.Open(_folder.Database, TimeProvider.System), TimeProvider.System, Fleet.Settings))
        {
            await engine.PassTimeAsync(TestContext.Current.CancellationToken);
            var described = await engine.As(Caller.Operator("test"))
                .ExecuteAsync(new DescribeJob(Fleet.JobId), TestContext.Current.CancellationToken);
            Assert.Equal(Fleet.Size, described.Job.JobProcessDetails!.NumberOfQueuedThings);
        }

        using var store = LiteDbJobsStore.Open(_folder.Database, TimeProvider.System);
        var executions = ReadAll(store);
        Assert.Equal(Enumerable.Range(0, Fleet.Size).Select(number => Fleet.NameOf(number)), executions.Select(e => e.ThingName).Order(StringComparer.Ordinal));
        Assert.Equal(Fleet.Size, executions.Select(e => e.Sequence).Distinct().Count());
        var progress = store.Load().Progress.Single();
        Assert.Equal(Recount(executions), progress.Counts);
        Assert.Null(progress.Rollout);
    }

    /// <summary>The number queued which the process had told of before it was killed.</summary>
    private int KillWhenQueued(int count)
    {
        using var process = ChildProcess.Start("roll-out", _folder.Database);
        var queued = 0;
        while (queued < count)
        {
            queued = int.Parse(process.ReadLine()!, CultureInfo.InvariantCulture);
        }
        process.Kill();
        process.WaitForExit();
        return queued;
    }

    private static List<JobExecution> ReadAll(LiteDbJobsStore store)
    {
        var job = store.Load().Jobs.Single();
        var executions = new List<JobExecution>();
        IReadOnlyList<JobExecution> page;
        do
        {
            page = store.ReadExecutions(job.Sequence, executions.Count == 0 ? null : executions[^1].Key, 1000);
            executions.AddRange(page);
        }
        while (page.Count > 0);
        return executions;
    }

    private static ExecutionCounts Recount(IEnumerable<JobExecution> executions) =>
        executions.Aggregate(new ExecutionCounts(), (counts, execution) => counts.Add(execution.Status, 1));
}
