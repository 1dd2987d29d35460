using IoTJobsToolkit.Benchmarks;
using IoTJobsToolkit.Benchmarks.Http;
using IoTJobsToolkit.Benchmarks.Module;
using IoTJobsToolkit.Benchmarks.Mqtt;
using IoTJobsToolkit.Benchmarks.Portal;

// What the design promises, as ratios within one run. Usage: dotnet run -c Release -- [--things 100000] [--seconds 5] [--only rollout,updates,http,mqtt,portal,open,week,module] [--page / --selector CSS]
if (args is [Loader.Argument])
{
    await Loader.RunAsync(Console.In, Console.Out);
    return 0;
}
if (args is [PortalHost.Argument, .. var portal])
{
    return PortalHost.Run(portal, Console.In, Console.Out);
}
if (args is [ModuleShell.Argument])
{
    return ModuleShell.Run(Console.In, Console.Out);
}
var options = BenchmarkOptions.Parse(args);
using var folder = new BenchmarkFolder(options.Folder);
var report = new Report(Console.Out);
report.Title($"{options.Things:N0} things, {Environment.ProcessorCount} processors, {folder.Path}");

if (options.Runs("rollout"))
{
    await RolloutBenchmark.RunAsync(options, folder, report);
}
if (options.Runs("updates"))
{
    await UpdateBenchmark.RunAsync(options, folder, report);
}
if (options.Runs("http"))
{
    await HttpBenchmark.RunAsync(options, folder, report);
}
if (options.Runs("mqtt"))
{
    await MqttBenchmark.RunAsync(options, folder, report);
}
if (options.Runs("portal"))
{
    await PortalBenchmark.RunAsync(options, folder, report);
}
if (options.Runs("open"))
{
    await OpenBenchmark.RunAsync(options, folder, report);
}
if (options.Runs("week"))
{
    await WeekBenchmark.RunAsync(folder, report);
}
if (options.Runs("module"))
{
    await ModuleBenchmark.RunAsync(options, folder, report);
}
return report.AllReached ? 0 : 1;
