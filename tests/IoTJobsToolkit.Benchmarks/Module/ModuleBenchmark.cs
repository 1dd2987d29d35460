using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Benchmarks.Module;

/// <summary>The module in a fresh shell: its import, its first cmdlet on a large database, long pipelines.</summary>
internal static class ModuleBenchmark
{
    private const int Imports = 7;
    private const int Objects = 10_000;

    public static async Task RunAsync(BenchmarkOptions options, BenchmarkFolder folder, Report report)
    {
        report.Title($"The module, and a database with {options.Things:N0} executions");
        var (imports, busy) = (new List<double>(), new List<double>());
        for (var i = 0; i < Imports; i++)
        {
            var import = await ShellProcess.RunAsync("cpu { ms { Import-Module $module } }");
            imports.Add(import[0]);
            busy.Add(import[1]);
        }
        report.Figure("import into a fresh process: the first one", imports[0], "ms");
        report.AtMost($"import into a fresh process: median of {Imports}", imports.Order().ElementAt(Imports / 2), "ms", 400);
        report.Figure("its processor time, median", busy.Order().ElementAt(Imports / 2), "ms");

        var large = await CreateAsync(folder.Database("large"), options.Things);
        var first = await ShellProcess.RunAsync($$"""
            Import-Module $module; Connect-IoTJobs '{{large}}' -Limits None
            cpu { ms { Get-IoTJob job } }
            ms { Get-IoTJob job }
            ms { Get-IoTJobExecutionsForJobList job | Select-Object -First 1 }
            """);
        report.AtMost("first cmdlet of a process", first[0], "ms", 1000);
        report.Figure("its processor time", first[1], "ms");
        report.Figure("second cmdlet", first[2], "ms");
        report.Figure("list of all executions | Select-Object -First 1", first[3], "ms");

        var reading = await ShellProcess.RunAsync($$"""
            Import-Module $module; Connect-IoTJobs '{{large}}' -Limits None
            $n = 0; $sizes = [System.Collections.Generic.List[long]]::new()
            ms { Get-IoTJobExecutionsForJobList job | ForEach-Object { if ($n++ % {{Math.Max(1, options.Things / 5)}} -eq 0) { $sizes.Add([GC]::GetTotalMemory($true)) } } }
            $sizes[1]; $sizes[-1]
            """);
        report.Figure("all executions through a pipeline", options.Things / reading[0] * 1000, "/s");
        report.AtMost("memory that the last four fifths of them leave behind", (reading[2] - reading[1]) / 1e6, "MB", 10);

        var small = await CreateAsync(folder.Database("small"), Objects);
        var stopping = await ShellProcess.RunAsync($$"""
            Import-Module $module; Connect-IoTJobs '{{small}}' -Limits None
            cpu { ms { Get-IoTJobExecutionsForJobList job | Where-Object Status -eq QUEUED | Stop-IoTJobExecution } }
            (Get-IoTJob job).Job.JobProcessDetails.NumberOfCanceledThings
            """);
        report.AtMost($"{stopping[2]:N0} executions listed | Where-Object | Stop-IoTJobExecution", stopping[0] / 1000, "s", 5);
        report.Figure("its processor time", stopping[1] / 1000, "s");
    }

    /// <summary>A job for each of so many things, rolled out.</summary>
    private static async Task<string> CreateAsync(string path, int things)
    {
        using var engine = new JobsEngine(Fleet.Create(path, things), TimeProvider.System, Fleet.Settings);
        await engine.As(Caller.Operator("bench")).ExecuteAsync(Fleet.JobForAll("job"));
        await engine.SettleAsync("job", null);
        return path;
    }
}
