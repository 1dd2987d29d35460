using System.Diagnostics;

namespace IoTJobsToolkit.Stores.Tests;

/// <summary>The crash writer in a process of its own.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process process;

    private ChildProcess(Process process) => this.process = process;

    public int Id => process.Id;

    public static ChildProcess Start(string mode, string databasePath)
    {
        var assembly = typeof(CrashWriter.NumberedTransactions).Assembly.Location;
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet", [assembly, mode, databasePath])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };

        return new ChildProcess(Process.Start(start)!);
    }

    /// <summary>Null at the end of what it says.</summary>
    public string? ReadLine() => process.StandardOutput.ReadLine();

    public void Kill() => process.Kill();

    public void WriteLine() => process.StandardInput.WriteLine();

    public void WaitForExit() => process.WaitForExit();

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }

        process.Dispose();
    }
}
