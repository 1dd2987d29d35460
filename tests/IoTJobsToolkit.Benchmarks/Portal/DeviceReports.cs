using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using IoTJobsToolkit.Benchmarks.Http;

namespace IoTJobsToolkit.Benchmarks.Portal;

/// <summary>
/// Devices of one job that report over HTTP, at a pace or as fast as they are answered: the first half for the pace, then those that only
/// report progress, from the end those that fail.
/// </summary>
internal sealed class DeviceReports(IPEndPoint server, string jobId, int things)
{
    private const int Connections = 16;

    private readonly byte[] _space = new byte[64 * 1024];
    private Socket? _socket;
    private int _failed;
    private int _nextDevice;

    /// <summary>The next device from the end says that it failed; returns once that is accepted.</summary>
    public async Task FailNextAsync()
    {
        _socket ??= await HttpLoad.ConnectAsync(server);
        await HttpLoad.AskAsync(_socket, Request(things - ++_failed, "FAILED"), _space);
    }

    /// <summary>Each report changes the job's counters: devices from the first on start, then succeed.</summary>
    /// <returns>Reports accepted a second.</returns>
    public async Task<double> FlowAsync(int perSecond, CancellationToken until)
    {
        var watch = Stopwatch.StartNew();
        var accepted = await Task.WhenAll(Enumerable.Range(0, Connections).Select(number => Task.Run(() => FlowAsync(number, perSecond, watch, until), CancellationToken.None)));
        return accepted.Sum() / watch.Elapsed.TotalSeconds;
    }

    /// <summary>As many reports as there are answers, from so many connections; devices report progress, which the counters do not show.</summary>
    public async Task<double> RateAsync(int connections, double seconds)
    {
        var requests = Enumerable.Range(0, Math.Min(10_000, things / 4)).Select(number => Request(things / 2 + number, "IN_PROGRESS")).ToArray();
        return (await HttpLoad.RunAsync(server, connections, seconds, random => requests[random.Next(requests.Length)])).Rate;
    }

    private async Task<int> FlowAsync(int number, int perSecond, Stopwatch watch, CancellationToken until)
    {
        using var socket = await HttpLoad.ConnectAsync(server);
        var space = new byte[64 * 1024];
        var (accepted, device) = (0, 0);
        while (!until.IsCancellationRequested)
        {
            var due = TimeSpan.FromSeconds((double)(accepted * Connections + number) / perSecond);
            if (due - watch.Elapsed is var wait && wait > TimeSpan.Zero)
            {
                await Task.Delay(wait, CancellationToken.None);
            }
            var starts = accepted % 2 == 0;
            device = starts ? Interlocked.Increment(ref _nextDevice) - 1 : device;
            if (device >= things / 2)
            {
                throw new InvalidOperationException($"{things:N0} things are too few for so many reports.");
            }
            await HttpLoad.AskAsync(socket, Request(device, starts ? "IN_PROGRESS" : "SUCCEEDED"), space);
            accepted++;
        }
        return accepted;
    }

    private byte[] Request(int number, string status)
    {
        var body = $$"""{"status":"{{status}}","statusDetails":{"progress":"50"} }""";
        return Encoding.ASCII.GetBytes(
            $"POST /things/{Fleet.NameOf(number)}/jobs/{jobId} HTTP/1.1\r\nHost: {server}\r\nContent-Type: application/json\r\nContent-Length: {body.Length}\r\n\r\n{body}");
    }
}
