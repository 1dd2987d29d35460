using System.Diagnostics;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Benchmarks.Portal;

/// <summary>The portal's pages in a browser: a large job, the memory of open pages, the way from a report to the page, and what open pages cost the writer.</summary>
internal static class PortalBenchmark
{
    private const string JobId = "job";
    private const string JobPage = "/portal/jobs/job";
    private const int Openings = 10;
    private const int Jumps = 20;
    private const int Dashboards = 50;
    private const int ManyDashboards = 200;

    /// <summary>Until pages that were opened all at once have found their pace.</summary>
    private const int SettlingSeconds = 6;
    private const int ReportsPerSecond = 1_000;
    private const int Connections = 64;
    private const int Rounds = 4;
    private const double WarmUpSeconds = 3;

    public static async Task RunAsync(BenchmarkOptions options, BenchmarkFolder folder, Report report)
    {
        var path = folder.Database("portal");
        await FillAsync(path, options.Things);
        await using var portal = await PortalProcess.StartAsync(path);
        var reports = new DeviceReports(portal.EndPoint, JobId, options.Things);
        await using (var browser = await Chromium.StartAsync())
        {
            await browser.RunOnNewPagesAsync(PageScripts.All(options.Selector));
            await OpenAsync(options, report, portal, browser);
            await ScrollAsync(report, browser);
            await MeasureMemoryAsync(options, report, portal);
            await MeasureDelayAsync(options, report, portal, browser, reports);
        }
        await MeasureWriterAsync(options, report, portal, reports);
    }

    private static async Task FillAsync(string path, int things)
    {
        using var engine = new JobsEngine(Fleet.Create(path, things), TimeProvider.System, Fleet.Settings);
        await engine.As(Caller.Operator("bench")).ExecuteAsync(Fleet.JobForAll(JobId));
        await engine.SettleAsync(JobId, null);
    }

    private static async Task OpenAsync(BenchmarkOptions options, Report report, PortalProcess portal, Chromium browser)
    {
        report.Title($"The page of a job with {options.Things:N0} executions");
        var (painted, live) = (new List<double>(), new List<double>());
        for (var i = 0; i <= Openings; i++)
        {
            await browser.GoAsync(new Uri("about:blank"));
            await browser.GoAsync(new Uri(portal.Address, JobPage));
            await browser.WaitForAsync("window.bench?.live");
            if (i > 0) // The first compiles the server's code and fills the browser's cache.
            {
                painted.Add((double)(await browser.EvaluateAsync("bench.painted"))!);
                live.Add((double)(await browser.EvaluateAsync("bench.live"))!);
            }
        }
        report.Delays("from navigation to rows and counters painted", painted, 1_000);
        report.Delays("from navigation to a page that answers, rows and counters painted", live, 1_000);
    }

    private static async Task ScrollAsync(Report report, Chromium browser)
    {
        var random = new Random(1);
        var waits = new List<double>();
        for (var i = 0; i < Jumps; i++)
        {
            waits.Add((double)(await browser.EvaluateAsync(FormattableString.Invariant($"bench.jump({random.NextDouble()})")))!);
        }
        report.Figure("height of the executions that can be scrolled through", (double)(await browser.EvaluateAsync("bench.height()"))!, "px");
        waits.Sort();
        report.Figure($"{Jumps} jumps in the executions, until rows stand: p50", waits[waits.Count / 2], "ms");
        report.AtMost($"{Jumps} jumps in the executions, until rows stand: max", waits[^1], "ms", 200);
    }

    private static async Task MeasureMemoryAsync(BenchmarkOptions options, Report report, PortalProcess portal)
    {
        report.Title($"Memory of {Dashboards} open pages, {options.Page}");
        await CloseAsync(await Circuit.OpenManyAsync(portal.Address, options.Page, 2));
        var (heap, resident) = await portal.MemoryAsync();
        var circuits = await Circuit.OpenManyAsync(portal.Address, options.Page, Dashboards);
        await Task.Delay(TimeSpan.FromSeconds(WarmUpSeconds));
        var (heapAfter, residentAfter) = await portal.MemoryAsync();
        report.Figure("managed heap of an open page", (heapAfter - heap) / 1024.0 / Dashboards, "KiB");
        report.Figure("resident memory of an open page", (residentAfter - resident) / 1024.0 / Dashboards, "KiB");
        report.Figure("resident memory of the server with them", residentAfter / 1e6, "MB");
        await CloseAsync(circuits);
    }

    private static async Task MeasureDelayAsync(BenchmarkOptions options, Report report, PortalProcess portal, Chromium browser, DeviceReports reports)
    {
        report.Title($"From an accepted report to the number in a browser: {options.Page} \"{options.Selector}\", {ReportsPerSecond:N0} reports a second, {Dashboards} pages open");
        var circuits = await Circuit.OpenManyAsync(portal.Address, options.Page, Dashboards - 1);
        await browser.GoAsync(new Uri(portal.Address, options.Page));
        await browser.WaitForAsync("window.portalTheme?.isLive() && bench.read() !== null");
        await browser.EvaluateAsync("bench.watch()");
        using var end = new CancellationTokenSource();
        var flow = reports.FlowAsync(ReportsPerSecond, end.Token);
        await Task.Delay(TimeSpan.FromSeconds(WarmUpSeconds));

        var (watch, rendered, processor) = (Stopwatch.StartNew(), circuits.Sum(circuit => circuit.Renders), portal.ProcessorSeconds());
        var random = new Random(2);
        var delays = new List<double>();
        while (watch.Elapsed.TotalSeconds < Math.Max(10, 4 * options.Seconds) && !flow.IsCompleted)
        {
            var before = (int)(await browser.EvaluateAsync("bench.changes.length"))!;
            await reports.FailNextAsync();
            var accepted = (DateTime.UtcNow - DateTime.UnixEpoch).TotalMilliseconds;
            await browser.WaitForAsync($"bench.changes.length > {before}");
            delays.Add((double)(await browser.EvaluateAsync($"bench.changes[{before}]"))! - accepted);
            await Task.Delay(random.Next(400)); // Anywhere between two paints.
        }
        var seconds = watch.Elapsed.TotalSeconds;
        report.Figure("pages painted a second, without the browser's", (circuits.Sum(circuit => circuit.Renders) - rendered) / seconds, "/s");
        report.Figure("processor time of the server", 100 * (portal.ProcessorSeconds() - processor) / seconds, "%");
        await end.CancelAsync();
        report.AtLeast("reports accepted", await flow, "/s", 0.95 * ReportsPerSecond);
        report.Delays("... to the number on the page", delays, 500);
        await CloseAsync(circuits);
    }

    private static async Task MeasureWriterAsync(BenchmarkOptions options, Report report, PortalProcess portal, DeviceReports reports)
    {
        report.Title($"Durable reports by {Connections} connections, without and with {ManyDashboards} pages open, {options.Page}");
        await reports.RateAsync(Connections, WarmUpSeconds);
        var (alone, watched) = (0.0, 0.0);
        for (var round = 0; round < Rounds; round++)
        {
            alone += await reports.RateAsync(Connections, options.Seconds / Rounds) / Rounds;
            var circuits = await Circuit.OpenManyAsync(portal.Address, options.Page, ManyDashboards);
            await reports.RateAsync(Connections, SettlingSeconds);
            watched += await reports.RateAsync(Connections, options.Seconds / Rounds) / Rounds;
            await CloseAsync(circuits);
        }
        report.Figure("without pages", alone, "/s");
        report.Figure($"with {ManyDashboards} pages", watched, "/s");
        report.AtLeast("... against without", watched / alone, "x", 0.8);
    }

    private static async Task CloseAsync(List<Circuit> circuits)
    {
        foreach (var circuit in circuits)
        {
            await circuit.DisposeAsync();
        }
    }
}
