using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace IoTJobsToolkit.Server.Tests;

/// <summary>What came back, as it stood on the wire.</summary>
internal sealed record RawAnswer(string StatusLine, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public int Status => int.Parse(StatusLine.Split(' ')[1], CultureInfo.InvariantCulture);

    public string? Header(string name) => Headers.GetValueOrDefault(name);
}

/// <summary>A connection on which a test writes what no client library would.</summary>
internal sealed class RawConnection : IDisposable
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly TcpClient _client;
    private readonly NetworkStream _stream;
    private readonly List<byte> _read = [];

    private RawConnection(TcpClient client) => (_client, _stream) = (client, client.GetStream());

    public static async Task<RawConnection> OpenAsync(Uri endpoint)
    {
        var client = new TcpClient();
        await client.ConnectAsync(endpoint.Host, endpoint.Port, TestContext.Current.CancellationToken);
        return new(client);
    }

    public Task SendAsync(string text) => SendAsync(Encoding.Latin1.GetBytes(text));

    public async Task SendAsync(byte[] bytes) => await _stream.WriteAsync(bytes, TestContext.Current.CancellationToken);

    /// <summary>No more will be sent.</summary>
    public void EndSending() => _client.Client.Shutdown(SocketShutdown.Send);

    /// <param name="isHead">The answer announces a body which does not come.</param>
    public async Task<RawAnswer> ReadAsync(bool isHead = false)
    {
        int end;
        while ((end = Encoding.Latin1.GetString(_read.ToArray()).IndexOf("\r\n\r\n", StringComparison.Ordinal)) < 0)
        {
            await ReadMoreAsync();
        }
        var head = Encoding.Latin1.GetString(_read.ToArray(), 0, end).Split("\r\n");
        _read.RemoveRange(0, end + 4);
        var headers = head[1..].Select(line => line.Split(": ", 2)).ToDictionary(pair => pair[0], pair => pair[1], StringComparer.OrdinalIgnoreCase);
        var length = isHead ? 0 : int.Parse(headers.GetValueOrDefault("Content-Length", "0"), CultureInfo.InvariantCulture);
        while (_read.Count < length)
        {
            await ReadMoreAsync();
        }
        var body = Encoding.UTF8.GetString(_read.ToArray(), 0, length);
        _read.RemoveRange(0, length);
        return new(head[0], headers, body);
    }

    /// <summary>Completes when the server has closed the connection; what it still said before that is an error.</summary>
    public async Task ClosesAsync()
    {
        try
        {
            await ReadMoreAsync();
        }
        catch (IOException)
        {
            Assert.Empty(_read);
            return;
        }
        Assert.Fail($"The connection goes on: {Encoding.Latin1.GetString(_read.ToArray())}");
    }

    public void Dispose() => _client.Dispose();

    /// <exception cref="IOException">The other side has closed the connection.</exception>
    private async Task ReadMoreAsync()
    {
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Deadline);
        var buffer = new byte[4096];
        var count = await _stream.ReadAsync(buffer, deadline.Token);
        if (count == 0)
        {
            throw new EndOfStreamException("The server closed the connection.");
        }
        _read.AddRange(buffer[..count]);
    }
}
