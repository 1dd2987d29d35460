using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Benchmarks.Http;

/// <summary>The API over HTTP with signatures: reads against a bare endpoint with the same bytes, durable updates against the store's own rate.</summary>
internal static class HttpBenchmark
{
    private const int Connections = 64;
    private const int Rounds = 4;
    private const double WarmUpSeconds = 2;
    private const int HotThings = 10_000;
    private const string Body = """{"status":"IN_PROGRESS","statusDetails":{"progress":"50"}}""";

    public static async Task RunAsync(BenchmarkOptions options, BenchmarkFolder folder, Report report)
    {
        var executions = Fleet.Executions(options.Things, "job").ToArray();
        using var raw = new RawDatabase(folder.Database("http-raw"));
        raw.Insert(executions);
        raw.Checkpoint();
        var path = folder.Database("http");
        var store = new TimedStore(Fleet.Create(path, options.Things));
        await using var host = await JobsHost.StartAsync(path, store);
        await host.Engine.As(Caller.Operator("bench")).ExecuteAsync(Fleet.JobForAll("job"));
        await host.Engine.SettleAsync("job", null);
        var requests = new SignedRequests(host.Key, host.Engine.Settings.Region);

        await ReadAsync(options, report, host, requests);
        await UpdateAsync(options, report, host, store, requests, raw, executions);
        report.Figure("resident memory of this process, the raw database included", Environment.WorkingSet / 1e6, "MB");
    }

    private static async Task ReadAsync(BenchmarkOptions options, Report report, JobsHost host, SignedRequests requests)
    {
        report.Title($"Signed reads over HTTP, {Connections} connections");
        await using var bare = await BareServer.StartAsync(host.Key, host.Engine.Settings.Region);
        var reads = new[]
        {
            ("DescribeJob", "iot", "/jobs/job"),
            ("GetPendingJobExecutions", "iot-jobs-data", $"/things/{Fleet.NameOf(1)}/jobs"),
            ("DescribeJobExecution", "iot-jobs-data", $"/things/{Fleet.NameOf(1)}/jobs/job"),
        }.Select(read => new Read(
            read.Item1, requests.Make(host.Address, read.Item2, "GET", read.Item3), requests.Make(bare.Address, read.Item2, "GET", read.Item3))).ToList();
        foreach (var read in reads.Concat(reads))
        {
            await TurnAsync(read, WarmUpSeconds); // Until the code is compiled as it stays.
        }
        foreach (var read in reads)
        {
            var (bareRate, rate, latencies) = (0.0, 0.0, new List<double>());
            for (var round = 0; round < Rounds; round++)
            {
                var (bareRound, (roundRate, waits)) = await TurnAsync(read, options.Seconds / Rounds);
                bareRate += bareRound / Rounds;
                rate += roundRate / Rounds;
                latencies.AddRange(waits);
            }
            report.Figure($"bare endpoint, {bare.Answer.Length} bytes", bareRate, "/s");
            report.Figure(read.Name, rate, "/s");
            report.AtLeast("... against the bare endpoint", rate / bareRate, "x", 0.5);
            report.Latencies("... waits", latencies, 100);
        }

        async Task<(double Bare, (double Rate, List<double> Latencies) Ours)> TurnAsync(Read read, double seconds)
        {
            bare.Answer = await HttpLoad.AskOnceAsync(host.Address, read.Ours);
            var bareRate = (await HttpLoad.RunAsync(bare.Address, Connections, seconds, _ => read.Bare)).Rate;
            return (bareRate, await HttpLoad.RunAsync(host.Address, Connections, seconds, _ => read.Ours));
        }
    }

    private static async Task UpdateAsync(
        BenchmarkOptions options, Report report, JobsHost host, TimedStore store, SignedRequests requests, RawDatabase raw, Engine.Executions.JobExecution[] executions)
    {
        report.Title($"Signed, durable UpdateJobExecution over HTTP, {Connections} connections");
        foreach (var things in new[] { Math.Min(HotThings, options.Things), options.Things }.Distinct())
        {
            await Parallel.ForEachAsync(Enumerable.Range(0, things).Select(Fleet.NameOf), async (thing, cancellationToken) =>
                await host.Engine.As(Caller.Device(thing)).ExecuteAsync(new GetPendingJobExecutions(thing), cancellationToken));
            var updates = Enumerable.Range(0, things)
                .Select(number => requests.Make(host.Address, "iot-jobs-data", "POST", $"/things/{Fleet.NameOf(number)}/jobs/job", Body)).ToArray();
            var (rawRate, rate, latencies) = (0.0, 0.0, new List<double>());
            store.Restart();
            for (var round = 0; round < Rounds; round++)
            {
                rawRate += raw.UpdatesPerSecond(executions[..things], Connections, options.Seconds / Rounds) / Rounds;
                var (roundRate, waits) = await HttpLoad.RunAsync(
                    host.Address, Connections, options.Seconds / Rounds, random => updates[random.Next(things)]);
                rate += roundRate / Rounds;
                latencies.AddRange(waits);
            }
            report.Figure($"raw group commits of {Connections}, {things:N0} things", rawRate, "/s");
            report.Figure($"UpdateJobExecution, {things:N0} things", rate, "/s");
            report.AtLeast("... against the raw group commits", rate / rawRate, "x", 0.7);
            store.Report(report, options.Seconds);
            report.Latencies("... waits", latencies, 100);
        }
    }

    /// <param name="Ours">The request to our server.</param>
    /// <param name="Bare">The same to the bare endpoint.</param>
    private sealed record Read(string Name, byte[] Ours, byte[] Bare);
}
