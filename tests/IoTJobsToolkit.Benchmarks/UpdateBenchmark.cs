using System.Diagnostics;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Benchmarks;

/// <summary>Devices which report, durably, from 64 connections; and reads that are answered from memory.</summary>
internal static class UpdateBenchmark
{
    private const int Callers = 64;
    private const int Rounds = 4;
    private const int HotThings = 10_000;

    public static async Task RunAsync(BenchmarkOptions options, BenchmarkFolder folder, Report report)
    {
        report.Title($"Updates by {Callers} callers");
        var executions = Fleet.Executions(options.Things, "job").ToArray();
        using (var raw = new RawDatabase(folder.Database("updates-raw")))
        {
            raw.Insert(executions);
            raw.Checkpoint();
            var store = new TimedStore(Fleet.Create(folder.Database("updates"), options.Things));
            using var engine = new JobsEngine(store, TimeProvider.System, Fleet.Settings);
            var jobs = engine.As(Caller.Operator("bench"));
            await jobs.ExecuteAsync(Fleet.JobForAll("job"));
            await engine.SettleAsync("job", null);

            foreach (var things in new[] { Math.Min(HotThings, options.Things), options.Things }.Distinct())
            {
                report.Figure($"things looked up the first time, {things:N0} things", await WarmAsync(engine, things), "/s");
                // By turns, so that whatever else the machine does meets both alike.
                var (rawRate, rate, latencies) = (0.0, 0.0, new List<double>());
                store.Restart();
                for (var round = 0; round < Rounds; round++)
                {
                    rawRate += raw.UpdatesPerSecond(executions[..things], Callers, options.Seconds / Rounds) / Rounds;
                    var (roundRate, waits) = await MeasureAsync(engine, things, options.Seconds / Rounds, CancellationToken.None);
                    rate += roundRate / Rounds;
                    latencies.AddRange(waits);
                }
                report.Figure($"raw group commits of {Callers}, {things:N0} things", rawRate, "/s");
                report.Figure($"UpdateJobExecution, {things:N0} things", rate, "/s");
                report.AtLeast("... against the raw group commits", rate / rawRate, "x", 0.7);
                store.Report(report, options.Seconds);
                report.Latencies("... waits", latencies, 100);
            }
            report.Figure("resident memory of this process, the raw database included", Environment.WorkingSet / 1e6, "MB");

            report.Title("Reads by 2 callers");
            report.Figure("DescribeJob", await ReadAsync(options, _ => jobs.ExecuteAsync(new DescribeJob("job"))), "/s");
            report.Figure("GetPendingJobExecutions, things in memory", await ReadAsync(options, i => Pending(i % 1_000)), "/s");
            report.Figure("GetPendingJobExecutions, all things", await ReadAsync(options, i => Pending(i * 7919L % options.Things)), "/s");
            Task Pending(long number) => jobs.ExecuteAsync(new GetPendingJobExecutions(Fleet.NameOf((int)number)));
        }
    }

    private static async Task<(double Rate, List<double> Latencies)> MeasureAsync(
        JobsEngine engine, int things, double seconds, CancellationToken cancellationToken)
    {
        var watch = Stopwatch.StartNew();
        var callers = Enumerable.Range(0, Callers).Select(caller => Task.Run(
            async () =>
            {
                var random = new Random(caller);
                var latencies = new List<double>();
                while (watch.Elapsed.TotalSeconds < seconds)
                {
                    var thing = Fleet.NameOf(random.Next(things));
                    var start = watch.Elapsed;
                    await engine.As(Caller.Device(thing)).ExecuteAsync(
                        new UpdateJobExecution("job", thing)
                        {
                            Status = JobExecutionStatus.IN_PROGRESS,
                            StatusDetails = new Dictionary<string, string> { ["progress"] = "50" },
                        },
                        cancellationToken);
                    latencies.Add((watch.Elapsed - start).TotalMilliseconds);
                }
                return latencies;
            },
            cancellationToken)).ToList();
        var all = (await Task.WhenAll(callers)).SelectMany(latencies => latencies).ToList();
        return (all.Count / watch.Elapsed.TotalSeconds, all);
    }

    /// <summary>Every device asks once for what it has to do, as it does when it connects.</summary>
    private static async Task<double> WarmAsync(JobsEngine engine, int things)
    {
        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(
            Enumerable.Range(0, things).Select(Fleet.NameOf),
            new ParallelOptions { MaxDegreeOfParallelism = Callers },
            async (thing, cancellationToken) => await engine.As(Caller.Device(thing)).ExecuteAsync(new GetPendingJobExecutions(thing), cancellationToken));
        return things / watch.Elapsed.TotalSeconds;
    }

    private static async Task<double> ReadAsync(BenchmarkOptions options, Func<long, Task> read)
    {
        var watch = Stopwatch.StartNew();
        var callers = Enumerable.Range(0, 2).Select(caller => Task.Run(async () =>
        {
            var count = 0L;
            for (var i = (long)caller; watch.Elapsed.TotalSeconds < options.Seconds; i += 2)
            {
                await read(i);
                count++;
            }
            return count;
        })).ToList();
        return (await Task.WhenAll(callers)).Sum() / watch.Elapsed.TotalSeconds;
    }
}
