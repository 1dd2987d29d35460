using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace IoTJobsToolkit.Benchmarks.Http;

/// <summary>
/// Connections that send requests which are whole bytes already and read the answers, one after the other: the client costs as little as it can,
/// because it shares the processors with the server.
/// </summary>
internal static class HttpLoad
{
    private const int AnswerSpace = 64 * 1024;
    private static readonly byte[] HeadEnd = "\r\n\r\n"u8.ToArray();
    private static readonly byte[] Length = "\r\nContent-Length: "u8.ToArray();

    /// <param name="request">The next request of a connection.</param>
    /// <returns>Answers a second, and how long each was waited for in milliseconds.</returns>
    public static async Task<(double Rate, List<double> Latencies)> RunAsync(
        IPEndPoint server, int connections, double seconds, Func<Random, ReadOnlyMemory<byte>> request)
    {
        var watch = Stopwatch.StartNew();
        var all = await Task.WhenAll(Enumerable.Range(0, connections).Select(number => Task.Run(async () =>
        {
            using var socket = await ConnectAsync(server);
            var random = new Random(number);
            var space = new byte[AnswerSpace];
            var latencies = new List<double>();
            while (watch.Elapsed.TotalSeconds < seconds)
            {
                var start = watch.Elapsed;
                await AskAsync(socket, request(random), space);
                latencies.Add((watch.Elapsed - start).TotalMilliseconds);
            }
            return latencies;
        })));
        var elapsed = watch.Elapsed.TotalSeconds;
        var latencies = all.SelectMany(each => each).ToList();
        return (latencies.Count / elapsed, latencies);
    }

    /// <summary>The body of one answer.</summary>
    public static async Task<byte[]> AskOnceAsync(IPEndPoint server, ReadOnlyMemory<byte> request)
    {
        using var socket = await ConnectAsync(server);
        var space = new byte[AnswerSpace];
        var (from, length) = await AskAsync(socket, request, space);
        return space[from..(from + length)];
    }

    public static async Task<Socket> ConnectAsync(IPEndPoint server)
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(server);
        return socket;
    }

    /// <summary>One request and its answer, whose body then lies in <paramref name="space"/>.</summary>
    public static async Task<(int From, int Length)> AskAsync(Socket socket, ReadOnlyMemory<byte> request, byte[] space)
    {
        await socket.SendAsync(request);
        var filled = 0;
        while (true)
        {
            var read = await socket.ReceiveAsync(space.AsMemory(filled));
            if (read == 0)
            {
                throw new InvalidOperationException($"The server ended the connection: {Encoding.ASCII.GetString(space, 0, filled)}");
            }
            filled += read;
            if (BodyOf(space.AsSpan(0, filled)) is var (from, length) && filled >= from + length)
            {
                return (from, length);
            }
        }
    }

    private static (int From, int Length)? BodyOf(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf(HeadEnd);
        if (end < 0)
        {
            return null;
        }
        if (!answer.StartsWith("HTTP/1.1 200 "u8))
        {
            throw new InvalidOperationException($"A request was refused: {Encoding.UTF8.GetString(answer)}");
        }
        var length = answer[(answer.IndexOf(Length) + Length.Length)..];
        return (end + HeadEnd.Length, int.Parse(length[..length.IndexOf((byte)'\r')], CultureInfo.InvariantCulture));
    }
}
