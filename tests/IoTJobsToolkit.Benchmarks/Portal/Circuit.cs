using System.Globalization;
using System.Net.WebSockets;
using System.Text;
using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Benchmarks.Portal;

/// <summary>
/// An open page without a browser: gets it, starts its circuit, and acknowledges what the server renders, which costs the server what a
/// browser would and this process next to nothing.
/// </summary>
internal sealed partial class Circuit : IAsyncDisposable
{
    private const byte RecordEnd = 0x1e;
    private static readonly TimeSpan PingInterval = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan LongestStart = TimeSpan.FromSeconds(60);

    private readonly ClientWebSocket _socket = new();
    private readonly SemaphoreSlim _sending = new(1);
    private readonly CancellationTokenSource _end = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Uri _server;
    private Task _working = Task.CompletedTask;
    private string? _id;
    private long _renders;

    private Circuit(Uri server) => _server = server;

    /// <summary>Batches rendered so far.</summary>
    public long Renders => Volatile.Read(ref _renders);

    /// <summary>Opens many, a few at a time.</summary>
    public static async Task<List<Circuit>> OpenManyAsync(Uri server, string page, int count)
    {
        using var http = new HttpClient { BaseAddress = server };
        var circuits = new Circuit[count];
        await Parallel.ForEachAsync(Enumerable.Range(0, count), new ParallelOptions { MaxDegreeOfParallelism = 4 }, async (i, _) =>
            circuits[i] = await OpenAsync(http, page));
        return [.. circuits];
    }

    /// <summary>Completes when the page has been rendered the first time.</summary>
    private static async Task<Circuit> OpenAsync(HttpClient http, string page)
    {
        var html = await http.GetStringAsync(new Uri(page, UriKind.Relative));
        var components = $"[{string.Join(',', Marker().Matches(html).Select(marker => marker.Groups[1].Value))}]";
        var server = http.BaseAddress!;
        var circuit = new Circuit(server);
        await circuit._socket.ConnectAsync(new UriBuilder(server) { Scheme = "ws", Path = "/_blazor" }.Uri, CancellationToken.None);
        await circuit._socket.SendAsync(Encoding.UTF8.GetBytes("{\"protocol\":\"blazorpack\",\"version\":1}\x1e"), WebSocketMessageType.Text, true, CancellationToken.None);
        circuit._working = Task.WhenAll(circuit.ReceiveAsync(), circuit.PingAsync());
        await circuit.SendAsync("0", "StartCircuit", server.ToString(), new Uri(server, page).ToString(), components, State().Match(html).Groups[1].Value);
        await circuit._started.Task.WaitAsync(LongestStart);
        return circuit;
    }

    /// <summary>As a browser that leaves the page: else the server would keep the circuit for minutes.</summary>
    public async ValueTask DisposeAsync()
    {
        if (_id is { } id)
        {
            using var http = new HttpClient();
            using var form = new FormUrlEncodedContent([new("circuitId", id)]);
            (await http.PostAsync(new Uri(_server, "_blazor/disconnect"), form)).EnsureSuccessStatusCode();
        }
        await _end.CancelAsync();
        await _working.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        _socket.Dispose();
        _sending.Dispose();
        _end.Dispose();
    }

    private async Task ReceiveAsync()
    {
        var space = new byte[64 * 1024];
        var filled = 0;
        var isGreeted = false;
        try
        {
            while (true)
            {
                if (filled == space.Length)
                {
                    Array.Resize(ref space, 2 * filled);
                }
                var received = await _socket.ReceiveAsync(space.AsMemory(filled), _end.Token);
                if (received.MessageType == WebSocketMessageType.Close)
                {
                    throw new InvalidOperationException("The server ended a circuit.");
                }
                filled += received.Count;
                var taken = 0;
                if (!isGreeted && Array.IndexOf(space, RecordEnd, 0, filled) is >= 0 and var end)
                {
                    (isGreeted, taken) = (true, end + 1);
                }
                while (isGreeted && Message(space.AsSpan(taken, filled - taken)) is var (from, length))
                {
                    await AnswerAsync(Read(space.AsSpan(taken + from, length)));
                    taken += from + length;
                }
                space.AsSpan(taken, filled - taken).CopyTo(space);
                filled -= taken;
            }
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            _started.TrySetException(fault);
            throw;
        }
    }

    private static object?[] Read(ReadOnlySpan<byte> message) => (object?[])MessagePack.Read(ref message)!;

    /// <summary>Where the first message lies, which its length stands before in groups of seven bits; null while it is not whole.</summary>
    private static (int From, int Length)? Message(ReadOnlySpan<byte> bytes)
    {
        var length = 0;
        for (var i = 0; i < bytes.Length && i < 5; i++)
        {
            length |= (bytes[i] & 0x7f) << 7 * i;
            if ((bytes[i] & 0x80) == 0)
            {
                return bytes.Length - i - 1 >= length ? (i + 1, length) : null;
            }
        }
        return null;
    }

    private async Task AnswerAsync(object?[] message)
    {
        switch (message)
        {
            case [1L, _, _, "JS.RenderBatch", object?[] { Length: >= 1 } batch, ..]:
                Interlocked.Increment(ref _renders);
                _started.TrySetResult();
                await SendAsync(null, "OnRenderCompleted", batch[0], null);
                break;
            case [1L, _, _, "JS.BeginInvokeJS", object?[] { Length: >= 1 } call, ..]:
                await AnswerScriptAsync(string.Join(' ', call));
                break;
            case [1L, _, _, "JS.Error", object?[] error, ..]:
                throw new InvalidOperationException($"A circuit failed: {error[0]}");
            case [3L, _, "0", 3L, string id]:
                _id = id;
                break;
            case [3L, _, _, 1L, string refusal]:
                throw new InvalidOperationException($"A circuit was refused: {refusal}");
            case [7L, ..]:
                throw new InvalidOperationException($"The server ended a circuit: {message.ElementAtOrDefault(1)}");
        }
    }

    /// <summary>Scripts do nothing here, but a virtualized table is told that it is seen: else it would show no rows.</summary>
    private async Task AnswerScriptAsync(string call)
    {
        var handle = Handle().Match(call).Groups[1].Value;
        await SendAsync(null, "EndInvokeJSFromDotNet", long.Parse(handle, CultureInfo.InvariantCulture), true, $"[{handle},true,null]");
        if (call.Contains("Virtualize.init", StringComparison.Ordinal) && Component().Match(call) is { Success: true } component)
        {
            var id = long.Parse(component.Groups[1].Value, CultureInfo.InvariantCulture);
            await SendAsync(null, "BeginInvokeDotNetFromJS", "1", null, "OnSpacerBeforeVisible", id, "[0,600,600]");
        }
    }

    private async Task PingAsync()
    {
        using var timer = new PeriodicTimer(PingInterval);
        while (await timer.WaitForNextTickAsync(_end.Token))
        {
            await SendAsync([6L]);
        }
    }

    private Task SendAsync(string? invocation, string method, params object?[] arguments) =>
        SendAsync([1, MessagePack.Headers.None, invocation, method, arguments, Array.Empty<object?>()]);

    private async Task SendAsync(object?[] message)
    {
        var body = new List<byte>();
        MessagePack.Write(body, message);
        var framed = new List<byte>();
        for (var length = body.Count; ; length >>= 7)
        {
            framed.Add((byte)(length > 0x7f ? length & 0x7f | 0x80 : length));
            if (length <= 0x7f)
            {
                break;
            }
        }
        framed.AddRange(body);
        await _sending.WaitAsync(_end.Token);
        try
        {
            await _socket.SendAsync(framed.ToArray(), WebSocketMessageType.Binary, true, _end.Token);
        }
        finally
        {
            _sending.Release();
        }
    }

    [GeneratedRegex("""<!--Blazor:(\{"type":"server".*?"descriptor".*?\})-->""")]
    private static partial Regex Marker();

    [GeneratedRegex("<!--Blazor-Server-Component-State:(.*?)-->")]
    private static partial Regex State();

    [GeneratedRegex("""(?:^|"(?:taskId|asyncHandle)"\s*:\s*)(\d+)""", RegexOptions.IgnoreCase)]
    private static partial Regex Handle();

    [GeneratedRegex("""__dotNetObject(?:\\u0022|\\?")\s*:\s*(\d+)""")]
    private static partial Regex Component();
}
