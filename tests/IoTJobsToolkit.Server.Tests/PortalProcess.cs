using System.Diagnostics;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Server.Tests;

/// <summary>The real server as people start it: its own process, a database on disk, a free port.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly Process _process;
    private readonly Task<string> _errors;

    private PortalProcess(Process process, string databasePath)
    {
        _process = process;
        _errors = process.StandardError.ReadToEndAsync();
        DatabasePath = databasePath;
    }

    public string DatabasePath { get; }

    /// <summary>What it printed until it was ready, or until it gave up.</summary>
    public List<string> Lines { get; } = [];

    public int Id => _process.Id;

    /// <summary>Bytes that it has in memory now.</summary>
    public long Memory
    {
        get
        {
            _process.Refresh();
            return _process.WorkingSet64;
        }
    }

    /// <summary>Where devices call, of a server with <c>--Jobs:DevicePort=auto</c>.</summary>
    public string Devices => Lines.Single(line => line.StartsWith("  Devices", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];

    /// <summary>Where MQTT is spoken, of those addresses that it printed with <paramref name="what"/> beside them the first.</summary>
    public Uri Mqtt(string what) => new(Lines.First(line => line.StartsWith("  MQTT", StringComparison.Ordinal) && line.Contains(what, StringComparison.Ordinal))
        .Split(' ', StringSplitOptions.RemoveEmptyEntries)[1]);

    public ServerRendezvous Rendezvous => ServerRendezvous.Find(DatabasePath) ?? throw new InvalidOperationException("The server left no address.");

    public static async Task<PortalProcess> StartAsync(string databasePath, params string[] settings)
    {
        // Another working directory than the program's: assets and settings have to be found all the same.
        var start = new ProcessStartInfo("dotnet", [
            Path.Combine(AppContext.BaseDirectory, "IoTJobsToolkit.Portal.dll"), $"--Jobs:DatabasePath={databasePath}", "--urls=http://127.0.0.1:0", "--Jobs:DevicePort=0", "--Mqtt:Port=0", "--Mqtt:TlsPort=0", .. settings])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = Path.GetTempPath(),
        };
        var portal = new PortalProcess(Process.Start(start)!, databasePath);
        using var deadline = new CancellationTokenSource(Deadline);
        while (await portal._process.StandardOutput.ReadLineAsync(deadline.Token) is { } line)
        {
            portal.Lines.Add(line);
            if (line.StartsWith("  Try", StringComparison.Ordinal))
            {
                break;
            }
        }
        return portal;
    }

    /// <summary>The exit code and what was said on the error stream.</summary>
    public async Task<(int Code, string Errors)> EndAsync()
    {
        using var deadline = new CancellationTokenSource(Deadline);
        await _process.WaitForExitAsync(deadline.Token);
        return (_process.ExitCode, await _errors);
    }

    /// <summary>As a service manager or Ctrl+C stops it.</summary>
    public async Task<(int Code, string Errors)> StopAsync()
    {
        await SignalAsync();
        return await EndAsync();
    }

    public async Task SignalAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{_process.Id}"]);
        await kill.WaitForExitAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            _process.Kill();
            await _process.WaitForExitAsync();
        }
        _process.Dispose();
    }
}
