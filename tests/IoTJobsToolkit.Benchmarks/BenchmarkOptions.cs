using System.Globalization;

namespace IoTJobsToolkit.Benchmarks;

/// <param name="Things">Things of the group, and so executions of the job.</param>
/// <param name="Seconds">Length of each measurement of a rate.</param>
/// <param name="Only">Benchmarks to run; all when empty.</param>
/// <param name="Folder">Where the databases are made: a disk, if disks are to be measured.</param>
internal sealed record BenchmarkOptions(int Things, double Seconds, string[] Only, string Folder)
{
    /// <summary>The page of the portal whose delay is measured.</summary>
    public string Page { get; init; } = "/portal/jobs/job";

    /// <summary>Where on it the number of failed executions stands.</summary>
    public string Selector { get; init; } = ".counter:has(.st-failed) .figure";

    public static BenchmarkOptions Parse(string[] args)
    {
        string? Value(string name) => Array.IndexOf(args, name) is >= 0 and var i && i + 1 < args.Length ? args[i + 1] : null;
        var options = new BenchmarkOptions(
            int.Parse(Value("--things") ?? "100000", CultureInfo.InvariantCulture),
            double.Parse(Value("--seconds") ?? "5", CultureInfo.InvariantCulture),
            Value("--only")?.Split(',') ?? [],
            Value("--folder") ?? Path.GetTempPath());
        return options with { Page = Value("--page") ?? options.Page, Selector = Value("--selector") ?? options.Selector };
    }

    public bool Runs(string benchmark) => Only.Length == 0 || Only.Contains(benchmark);
}

/// <summary>A folder of databases which goes away at the end.</summary>
internal sealed class BenchmarkFolder(string parent) : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateDirectory(System.IO.Path.Combine(parent, $"iotjobs-bench-{Environment.ProcessId}"));

    public string Path => _folder.FullName;

    public string Database(string name) => System.IO.Path.Combine(_folder.FullName, name, "jobs.db");

    public void Dispose() => _folder.Delete(recursive: true);
}
