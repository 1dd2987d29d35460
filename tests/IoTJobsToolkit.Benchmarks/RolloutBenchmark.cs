using System.Diagnostics;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Benchmarks;

/// <summary>A job for all things of a group: how soon the call returns, how long until all is queued, who has to wait meanwhile.</summary>
internal static class RolloutBenchmark
{
    private const int Devices = 8;

    public static async Task RunAsync(BenchmarkOptions options, BenchmarkFolder folder, Report report)
    {
        report.Title("Rollout");
        var rawBefore = InsertRaw(options, folder.Database("rollout-raw-1"));
        var store = new TimedStore(Fleet.Create(folder.Database("rollout"), options.Things));
        using var engine = new JobsEngine(store, TimeProvider.System, Fleet.Settings);
        var (created, queued) = await RollOutAsync(engine, "job");
        var rawSeconds = (rawBefore + InsertRaw(options, folder.Database("rollout-raw-2"))) / 2;
        report.Figure("raw insert of the same documents, no index", options.Things / rawSeconds, "/s");
        report.AtMost("CreateJob returns", created, "s", 1);
        report.Figure("all executions queued", options.Things / queued, "/s");
        store.Report(report, queued);
        report.AtMost("queued, against the raw insert", queued / rawSeconds, "x", 3);

        store.Restart();
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
