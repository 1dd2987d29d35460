using System.Diagnostics;
using IoTJobsToolkit.Benchmarks.Http;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Benchmarks.Mqtt;

/// <summary>Devices by MQTT: a job of all of them, what a connection costs, answers from memory against the bare library, durable updates against the store.</summary>
internal static class MqttBenchmark
{
    private const int Devices = 5_000;
    private const int Rounds = 8;
    /// <summary>Until all devices have asked takes a while of each.</summary>
    private const int LongRounds = 2;

    private const double WarmUpSeconds = 3;
    private const int GetsInFlight = 128;
    private const int UpdatesInFlight = 64;
    private const string Ours = "ours";
    private const string Bare = "bare";
    private const string Standing = "standing";

    public static async Task RunAsync(BenchmarkOptions options, BenchmarkFolder folder, Report report)
    {
        report.Title($"MQTT, {Devices:N0} connected devices");
        var executions = Fleet.Executions(Devices, Standing).ToArray();
        using var raw = new RawDatabase(folder.Database("mqtt-raw"));
        raw.Insert(executions);
        raw.Checkpoint();
        var path = folder.Database("mqtt");
        var store = new TimedStore(Fleet.Create(path, Devices));
        await using var host = await JobsHost.StartAsync(path, store, withMqtt: true);
        await using var loader = LoaderProcess.Start();

        var devices = await ConnectAsync(report, host, loader);
        await DoJobAsync(report, host, loader);
        await host.Engine.As(Caller.Operator("bench")).ExecuteAsync(Fleet.JobForAll(Standing));
        await host.Engine.SettleAsync(Standing, null);
        await using (var bare = await BareBroker.StartAsync())
        {
            await MeasureMemoryAsync(report, "the bare library", () => loader.DoAsync(new(LoaderVerb.Connect, Bare) { Port = bare.Port, Devices = devices }));
            foreach (var inFlight in new[] { GetsInFlight, Devices })
            {
                await GetAsync(options, report, loader, bare, inFlight);
            }
            await loader.DoAsync(new(LoaderVerb.Leave, Bare));
        }
        await UpdateAsync(options, report, loader, store, raw, executions);
        report.Figure("resident memory of this process, the raw database included", Environment.WorkingSet / 1e6, "MB");
    }

    private static async Task<(string, string)[]> ConnectAsync(Report report, JobsHost host, LoaderProcess loader)
    {
        var devices = new (string Thing, string Token)[Devices];
        await Parallel.ForEachAsync(Enumerable.Range(0, Devices), new ParallelOptions { MaxDegreeOfParallelism = 64 }, async (number, cancellationToken) =>
            devices[number] = (Fleet.NameOf(number), (await host.Engine.As(Caller.Operator("bench"))
                .ExecuteAsync(new CreateThingToken(Fleet.NameOf(number)), cancellationToken)).Token));
        var watch = Stopwatch.StartNew();
        await MeasureMemoryAsync(report, "this broker", async () =>
        {
            watch.Restart();
            await loader.DoAsync(new(LoaderVerb.Connect, Ours) { Port = host.MqttPort, Devices = devices });
            report.Figure("devices connected with tokens, each with four subscriptions", Devices / watch.Elapsed.TotalSeconds, "/s");
        });
        return devices;
    }

    private static async Task MeasureMemoryAsync(Report report, string what, Func<Task> connect)
    {
        var (heap, resident) = Memory();
        await connect();
        var (heapAfter, residentAfter) = Memory();
        report.Figure($"managed heap of a connected device, {what}", (heapAfter - heap) / 1024.0 / Devices, "KiB");
        report.Figure($"resident memory of a connected device, {what}", (residentAfter - resident) / 1024.0 / Devices, "KiB");

        static (long Heap, long Resident) Memory()
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
            return (GC.GetTotalMemory(forceFullCollection: true), Environment.WorkingSet);
        }
    }

    private static async Task DoJobAsync(Report report, JobsHost host, LoaderProcess loader)
    {
        var jobs = host.Engine.As(Caller.Operator("bench"));
        await loader.DoAsync(new(LoaderVerb.BeginJob, Ours) { JobId = "job" });
        var created = Stopwatch.GetTimestamp();
        await jobs.ExecuteAsync(Fleet.JobForAll("job"));
        var answer = await loader.DoAsync(new(LoaderVerb.EndJob, Ours));
        var seen = answer.Seen!;
        await host.Engine.SettleAsync("job", null);
        var seconds = Stopwatch.GetElapsedTime(created, seen.LastEndedAt).TotalSeconds;
        report.Figure("from CreateJob to the last device's end", seconds, "s");
        report.Figure("executions told, started, reported and ended", Devices / seconds, "/s");
        report.Figure("... longest wait for an answer, all asking at one time", answer.Waits.Max(), "ms");
        report.AtLeast("... devices that ended theirs", seen.Ended, "", Devices);
        report.AtMost("... devices not told just once that it is next", seen.ToldWrongly, "", 0);
        report.AtMost("... devices that saw another execution than the first one", seen.NumberedWrongly, "", 0);
        report.AtMost("... requests rejected", seen.Rejected, "", 0);

        var counted = (await jobs.ExecuteAsync(new DescribeJob("job"))).Job.JobProcessDetails!;
        report.AtLeast("... succeeded by the job's counters", counted.NumberOfSucceededThings, "", Devices);
        var stored = new List<(string, long, JobExecutionStatus)>();
        for (string? next = null; ;)
        {
            var page = await jobs.ExecuteAsync(new ListJobExecutionsForJob("job") { NextToken = next, MaxResults = 250 });
            stored.AddRange(page.ExecutionSummaries.Select(one => (
                one.ThingArn, one.JobExecutionSummary.ExecutionNumber, one.JobExecutionSummary.Status)));
            if ((next = page.NextToken) is null)
            {
                break;
            }
        }
        var good = stored.Distinct().Count(one => one is (_, 1, JobExecutionStatus.SUCCEEDED));
        report.AtLeast("... stored as succeeded, the first of their thing", good, "", Devices);
        report.AtMost("... stored otherwise", stored.Count - good, "", 0);
    }

    private static async Task GetAsync(BenchmarkOptions options, Report report, LoaderProcess loader, BareBroker bare, int inFlight)
    {
        report.Title($"GetPendingJobExecutions over MQTT, {inFlight:N0} under way");
        var (bareRate, rate, waits) = (0.0, 0.0, new List<double>());
        var rounds = inFlight < Devices ? Rounds : LongRounds;
        await TurnAsync(WarmUpSeconds); // Until the code is compiled as it stays.
        await TurnAsync(WarmUpSeconds);
        (bareRate, rate) = (0, 0);
        waits.Clear();
        for (var round = 0; round < rounds; round++)
        {
            await TurnAsync(options.Seconds / rounds);
        }
        report.Figure($"bare library, {bare.Answer.Length} bytes", bareRate / rounds, "/s");
        report.Figure("GetPendingJobExecutions", rate / rounds, "/s");
        report.AtLeast("... against the bare library", rate / bareRate, "x", 0.5);
        report.Latencies("... waits", waits, inFlight < Devices ? 100 : 2_000);

        async Task TurnAsync(double seconds)
        {
            var ours = await loader.DoAsync(new(LoaderVerb.Get, Ours) { InFlight = inFlight, Seconds = seconds });
            bare.Answer = ours.Sample;
            var theirs = await loader.DoAsync(new(LoaderVerb.Get, Bare) { InFlight = inFlight, Seconds = seconds });
            bareRate += theirs.Rate;
            rate += ours.Rate;
            waits.AddRange(ours.Waits.Select(wait => (double)wait));
        }
    }

    private static async Task UpdateAsync(
        BenchmarkOptions options, Report report, LoaderProcess loader, TimedStore store, RawDatabase raw, JobExecution[] executions)
    {
        report.Title($"Durable UpdateJobExecution over MQTT, acknowledged, {UpdatesInFlight} under way");
        await loader.DoAsync(Update(WarmUpSeconds));
        raw.UpdatesPerSecond(executions, UpdatesInFlight, WarmUpSeconds);
        var (rawRate, rate, waits) = (0.0, 0.0, new List<double>());
        store.Restart();
        for (var round = 0; round < Rounds; round++)
        {
            rawRate += raw.UpdatesPerSecond(executions, UpdatesInFlight, options.Seconds / Rounds);
            var answer = await loader.DoAsync(Update(options.Seconds / Rounds));
            rate += answer.Rate;
            waits.AddRange(answer.Waits.Select(wait => (double)wait));
        }
        report.Figure($"raw group commits of {UpdatesInFlight}", rawRate / Rounds, "/s");
        report.Figure("UpdateJobExecution", rate / Rounds, "/s");
        report.AtLeast("... against the raw group commits", rate / rawRate, "x", 0.7);
        store.Report(report, options.Seconds);
        report.Latencies("... waits", waits, 100);

        static LoaderCommand Update(double seconds) => new(LoaderVerb.Update, Ours) { JobId = Standing, InFlight = UpdatesInFlight, Seconds = seconds };
    }
}
