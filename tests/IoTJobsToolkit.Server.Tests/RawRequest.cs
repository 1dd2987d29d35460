using System.Globalization;
using System.Net.Sockets;
using System.Text;

namespace IoTJobsToolkit.Server.Tests;

/// <summary>A request byte for byte as given, which no HTTP client would send; one connection each.</summary>
internal static class RawRequest
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    /// <summary>Characters up to U+00FF are bytes.</summary>
    public static async Task<(int Status, string Error, string Body)> SendAsync(ApiServer server, string requestLine, string headers = "", string body = "")
    {
        using var client = new TcpClient();
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        deadline.CancelAfter(Patience);
        await client.ConnectAsync("127.0.0.1", server.Endpoint.Port, deadline.Token);
        var stream = client.GetStream();
        var length = headers.Contains("Transfer-Encoding", StringComparison.Ordinal) || body.Length == 0 ? "" : $"Content-Length: {body.Length}\r\n";
        await stream.WriteAsync(
            Encoding.Latin1.GetBytes($"{requestLine} HTTP/1.1\r\nHost: 127.0.0.1:{server.Endpoint.Port}\r\nConnection: close\r\n{length}{headers}\r\n{body}"),
            deadline.Token);
        using var reader = new StreamReader(stream, Encoding.UTF8);
        var answer = await reader.ReadToEndAsync(deadline.Token);
        var end = answer.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        Assert.True(end > 0, $"no answer: '{answer}'");
        var lines = answer[..end].Split("\r\n");
        return (
            int.Parse(lines[0].Split(' ')[1], CultureInfo.InvariantCulture),
            lines.FirstOrDefault(line => line.StartsWith("x-amzn-ErrorType: ", StringComparison.Ordinal))?.Split(": ")[1] ?? "",
            answer[(end + 4)..]);
    }
}
