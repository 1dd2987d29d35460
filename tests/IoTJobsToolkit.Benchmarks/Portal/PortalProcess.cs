using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Reflection;
using System.Threading.Channels;

namespace IoTJobsToolkit.Benchmarks.Portal;

/// <summary>The portal, as who measures sees it.</summary>
internal sealed class PortalProcess : IAsyncDisposable
{
    private static readonly TimeSpan LongestStart = TimeSpan.FromMinutes(2);

    private readonly Process _process;
    private readonly Channel<string> _memory = Channel.CreateUnbounded<string>();
    private readonly TaskCompletionSource<Uri> _address = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private PortalProcess(Process process) => _process = process;

    public Uri Address => _address.Task.Result;

    public IPEndPoint EndPoint => IPEndPoint.Parse(Address.Authority);

    public static async Task<PortalProcess> StartAsync(string databasePath)
    {
        var path = Environment.ProcessPath!;
        string[] host = Path.GetFileNameWithoutExtension(path) == "dotnet" ? [Assembly.GetEntryAssembly()!.Location, PortalHost.Argument] : [PortalHost.Argument];
        var start = new ProcessStartInfo(path, [
            .. host, "--applicationName=IoTJobsToolkit.Portal", "--urls=http://127.0.0.1:0", "--Jobs:Auth=Open", "--Jobs:Limits=none",
            "--Jobs:DevicePort=0", "--Mqtt:Port=0", "--Mqtt:TlsPort=0", $"--Jobs:DatabasePath={databasePath}"])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        var portal = new PortalProcess(Process.Start(start)!);
        _ = portal.ReadAsync();
        await portal._address.Task.WaitAsync(LongestStart);
        return portal;
    }

    /// <summary>Bytes of the managed heap after a collection, and of the process.</summary>
    public async Task<(long Heap, long Resident)> MemoryAsync()
    {
        await _process.StandardInput.WriteLineAsync("memory");
        await _process.StandardInput.FlushAsync();
        var parts = (await _memory.Reader.ReadAsync()).Split(' ');
        return (long.Parse(parts[0], CultureInfo.InvariantCulture), long.Parse(parts[1], CultureInfo.InvariantCulture));
    }

    /// <summary>Seconds of processor time since the start.</summary>
    public double ProcessorSeconds()
    {
        _process.Refresh();
        return _process.TotalProcessorTime.TotalSeconds;
    }

    public async ValueTask DisposeAsync()
    {
        _process.StandardInput.Close();
        using var late = new CancellationTokenSource(TimeSpan.FromSeconds(10));
        try
        {
            await _process.WaitForExitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            _process.Kill();
        }
        _process.Dispose();
    }

    private async Task ReadAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            if (line.StartsWith(PortalHost.MemoryMark, StringComparison.Ordinal))
            {
                _memory.Writer.TryWrite(line[PortalHost.MemoryMark.Length..]);
            }
            else if (line.Split(' ', StringSplitOptions.RemoveEmptyEntries) is ["Portal", var address, ..])
            {
                _address.TrySetResult(new(address));
            }
        }
        _address.TrySetException(new InvalidOperationException("The portal has ended before it listened."));
        _memory.Writer.TryComplete();
    }
}
