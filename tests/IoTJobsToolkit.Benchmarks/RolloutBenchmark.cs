using System.Diagnostics;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.LiteDb;

namespace IoTJobsToolkit.Benchmarks;

/// <summary>A job for all things of a group: how soon the call returns, how long until all is queued, who has to wait meanwhile.</summary>
internal static class RolloutBenchmark
{
    private const int Devices = 8;
    private const int Rounds = 3;

    public static async Task RunAsync(BenchmarkOptions options, BenchmarkFolder folder, Report report)
    {
        report.Title("Rollout");
        // By turns, and the best of each: the rest is what else the machine did.
        var (rawSeconds, created, queued) = (double.MaxValue, double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            rawSeconds = Math.Min(rawSeconds, InsertRaw(options, folder.Database($"rollout-raw-{round}")));
            using var fresh = new JobsEngine(
                Fleet.Create(folder.Database($"rollout-{round}"), options.Things), TimeProvider.System, Fleet.Settings);
            var (call, all) = await RollOutAsync(fresh, "job");
            (created, queued) = (Math.Min(created, call), Math.Min(queued, all));
        }
        report.Figure("raw insert of the same documents, no index", options.Things / rawSeconds, "/s");
        report.AtMost("CreateJob returns", created, "s", 1);
        report.Figure("all executions queued", options.Things / queued, "/s");
        report.AtMost("queued, against the raw insert", queued / rawSeconds, "x", 3);

        var store = new TimedStore(LiteDbJobsStore.Open(folder.Database("rollout-0"), TimeProvider.System));
        using var engine = new JobsEngine(store, TimeProvider.System, Fleet.Settings);
        using var stop = new CancellationTokenSource();
        var devices = Enumerable.Range(0, Devices).Select(i => UpdateAsync(engine, Fleet.NameOf(i * (options.Things / Devices)), stop.Token)).ToList();
        (_, queued) = await RollOutAsync(engine, "job-2");
        await stop.CancelAsync();
        var latencies = (await Task.WhenAll(devices)).SelectMany(device => device).ToList();
        report.Figure($"queued while {Devices} devices report", options.Things / queued, "/s");
        store.Report(report, queued);
        report.Latencies("UpdateJobExecution meanwhile", latencies, 100);
    }

    private static double InsertRaw(BenchmarkOptions options, string path)
    {
        using var raw = new RawDatabase(path);
        return raw.Insert(Fleet.Executions(options.Things, "job"));
    }

    private static async Task<(double Created, double Queued)> RollOutAsync(JobsEngine engine, string jobId)
    {
        var watch = Stopwatch.StartNew();
        await engine.As(Caller.Operator("bench")).ExecuteAsync(Fleet.JobForAll(jobId));
        var created = watch.Elapsed.TotalSeconds;
        await engine.SettleAsync(jobId, null);
        return (created, watch.Elapsed.TotalSeconds);
    }

    private static async Task<List<double>> UpdateAsync(JobsEngine engine, string thing, CancellationToken cancellationToken)
    {
        var jobs = engine.As(Caller.Device(thing));
        var update = new UpdateJobExecution("job", thing) { Status = JobExecutionStatus.IN_PROGRESS };
        var latencies = new List<double>();
        while (!cancellationToken.IsCancellationRequested)
        {
            var watch = Stopwatch.StartNew();
            await jobs.ExecuteAsync(update, CancellationToken.None);
            latencies.Add(watch.Elapsed.TotalMilliseconds);
        }
        return latencies;
    }
}
