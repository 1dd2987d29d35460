using System.Diagnostics;
using System.Globalization;
using System.Reflection;

namespace IoTJobsToolkit.Benchmarks.Module;

/// <summary>Runs scripts in a fresh shell each, with the module as it is laid out.</summary>
internal static class ShellProcess
{
    private static string Manifest { get; } = Path.Combine(FindRepository(), "out", "module", "IoTJobsToolkit", "IoTJobsToolkit.psd1");

    /// <summary>The numbers that the script writes. It has the module's path as <c>$module</c> and <c>ms { ... }</c>, which tells how long a block takes; <c>cpu { ... }</c> tells its processor time too.</summary>
    public static async Task<IReadOnlyList<double>> RunAsync(string script)
    {
        var path = Environment.ProcessPath!;
        string[] arguments = Path.GetFileNameWithoutExtension(path) == "dotnet" ? [Assembly.GetEntryAssembly()!.Location, ModuleShell.Argument] : [ModuleShell.Argument];
        var start = new ProcessStartInfo(path, arguments) { RedirectStandardInput = true, RedirectStandardOutput = true };
        start.Environment["DOTNET_gcServer"] = "0"; // As in the shell itself.
        using var process = Process.Start(start)!;
        await process.StandardInput.WriteAsync($$"""
            $module = '{{Manifest}}'
            function ms($block) { $time = [Diagnostics.Stopwatch]::StartNew(); . $block > $null; $time.Elapsed.TotalMilliseconds }
            function cpu($block) { $process = [Diagnostics.Process]::GetCurrentProcess(); $before = $process.TotalProcessorTime; . $block; $process.Refresh(); ($process.TotalProcessorTime - $before).TotalMilliseconds }
            {{script}}
            """);
        process.StandardInput.Close();
        var lines = (await process.StandardOutput.ReadToEndAsync()).Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? [.. lines.Select(line => double.Parse(line, CultureInfo.InvariantCulture))]
            : throw new InvalidOperationException($"The shell ended with {process.ExitCode}.");
    }

    private static string FindRepository()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "IoTJobsToolkit.sln")))
        {
            folder = folder.Parent ?? throw new DirectoryNotFoundException("The module is laid out in the repository, and this is outside of it.");
        }
        return folder.FullName;
    }
}
