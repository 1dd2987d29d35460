using System.Diagnostics;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.LiteDb;

namespace IoTJobsToolkit.Benchmarks;

/// <summary>What a large file costs: its open, the first page, the memory.</summary>
internal static class OpenBenchmark
{
    public static async Task RunAsync(BenchmarkOptions options, BenchmarkFolder folder, Report report)
    {
        report.Title("A file with the executions stored");
        var path = folder.Database("open");
        using (var engine = new JobsEngine(Fleet.Create(path, options.Things), TimeProvider.System, Fleet.Settings))
        {
            await engine.As(Caller.Operator("bench")).ExecuteAsync(Fleet.JobForAll("job"));
            await engine.SettleAsync("job", null);
        }
        report.Figure("size of the file", new FileInfo(path).Length / 1e6, "MB");

        var watch = Stopwatch.StartNew();
        using (var engine = new JobsEngine(LiteDbJobsStore.Open(path, TimeProvider.System), TimeProvider.System, Fleet.Settings))
        {
            report.AtMost("open", watch.Elapsed.TotalSeconds, "s", 1);
            var jobs = engine.As(Caller.Operator("bench"));
            watch.Restart();
            var page = await jobs.ExecuteAsync(new ListJobExecutionsForJob("job"));
            report.Figure("first page of executions", watch.Elapsed.TotalMilliseconds, "ms");
            while (page.NextToken is not null && watch.Elapsed.TotalSeconds < options.Seconds)
            {
                page = await jobs.ExecuteAsync(new ListJobExecutionsForJob("job") { NextToken = page.NextToken, MaxResults = 250 });
            }
            watch.Restart();
            await jobs.ExecuteAsync(new ListJobExecutionsForJob("job") { NextToken = page.NextToken });
            report.Figure("last page of executions read", watch.Elapsed.TotalMilliseconds, "ms");
            using var process = Process.GetCurrentProcess();
            report.AtMost("resident memory of this process", process.WorkingSet64 / 1e6, "MB", 500);
        }
    }
}
