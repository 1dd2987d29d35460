using System.Net;
using System.Text;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Wire.Tests.Client;

/// <summary>A request as a server gets it.</summary>
internal sealed record SentRequest(string Method, Uri Uri, string Body, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    public string Target => Uri.PathAndQuery;

    public string? Header(string name) =>
        Headers.FirstOrDefault(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    public SigV4Request AsArrived() => new()
    {
        Method = Method,
        RawPath = Target.Split('?')[0],
        RawQuery = Target.Contains('?', StringComparison.Ordinal) ? Target[(Target.IndexOf('?', StringComparison.Ordinal) + 1)..] : "",
        Headers = Headers,
        PayloadHash = SigV4Request.HashPayload(Encoding.UTF8.GetBytes(Body)),
    };
}

/// <summary>Stands in for the network: answers each request by what a test says.</summary>
internal sealed class AnswersOf(Func<SentRequest, CancellationToken, Task<HttpResponseMessage>> answer) : HttpMessageHandler
{
    private readonly List<SentRequest> _sent = [];

    public AnswersOf(params Func<HttpResponseMessage>[] inTurn)
        : this(Turns(inTurn))
    {
    }

    public IReadOnlyList<SentRequest> Sent => _sent;

    public static HttpResponseMessage Json(string body, HttpStatusCode status = HttpStatusCode.OK) =>
        new(status) { Content = new StringContent(body, Encoding.UTF8, "application/json") };

    public static HttpResponseMessage Error(int status, string name, string message = "m", Action<HttpResponseMessage>? change = null)
    {
        var answer = Json($$"""{"message":"{{message}}"}""", (HttpStatusCode)status);
        answer.Headers.TryAddWithoutValidation("x-amzn-ErrorType", name);
        change?.Invoke(answer);
        return answer;
    }

    protected override async Task<HttpResponseMessage> SendAsync(HttpRequestMessage request, CancellationToken cancellationToken)
    {
        var body = request.Content is null ? "" : await request.Content.ReadAsStringAsync(cancellationToken);
        var sent = new SentRequest(request.Method.Method, request.RequestUri!, body, [.. request.Headers.NonValidated
            .Concat(request.Content?.Headers.NonValidated ?? default)
            .Select(header => KeyValuePair.Create(header.Key, string.Join(",", header.Value)))]);
        lock (_sent)
        {
            _sent.Add(sent);
        }
        return await answer(sent, cancellationToken);
    }

    private static Func<SentRequest, CancellationToken, Task<HttpResponseMessage>> Turns(Func<HttpResponseMessage>[] inTurn)
    {
        var next = -1;
        return (_, _) => Task.FromResult(inTurn[Math.Min(Interlocked.Increment(ref next), inTurn.Length - 1)]());
    }
}
