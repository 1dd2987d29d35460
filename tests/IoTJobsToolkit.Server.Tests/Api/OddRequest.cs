namespace IoTJobsToolkit.Server.Tests.Api;

/// <summary>A request byte for byte as given, which no HTTP client would send; one connection each.</summary>
internal static class OddRequest
{
    /// <summary>Characters up to U+00FF are bytes.</summary>
    public static async Task<(int Status, string Error, string Body)> SendAsync(ApiServer server, string requestLine, string headers = "", string body = "")
    {
        using var connection = await RawConnection.OpenAsync(server.Endpoint);
        var length = headers.Contains("Transfer-Encoding", StringComparison.Ordinal) || body.Length == 0 ? "" : $"Content-Length: {body.Length}\r\n";
        await connection.SendAsync(
            $"{requestLine} HTTP/1.1\r\nHost: 127.0.0.1:{server.Endpoint.Port}\r\nConnection: close\r\n{length}{headers}\r\n{body}");
        var answer = await connection.ReadAsync(isHead: requestLine.StartsWith("HEAD ", StringComparison.Ordinal));
        return (answer.Status, answer.Header("x-amzn-ErrorType") ?? "", answer.Body);
    }
}
