using System.Text.Json.Nodes;

namespace IoTJobsToolkit.Server.Tests;

internal sealed class ApiAnswer(HttpResponseMessage response, string body)
{
    public int Status { get; } = (int)response.StatusCode;

    public string Body { get; } = body;

    public string? Error { get; } = Header(response, "x-amzn-ErrorType");

    public string? RequestId { get; } = Header(response, "x-amzn-RequestId");

    public string? ContentType { get; } = response.Content.Headers.ContentType?.ToString();

    public long? ContentLength { get; } = response.Content.Headers.ContentLength;

    public string Allow { get; } = string.Join(' ', response.Content.Headers.Allow.Order(StringComparer.Ordinal));

    public JsonNode Json => JsonNode.Parse(Body)!;

    public string Message => (string)Json["message"]!;

    public ApiAnswer IsOk()
    {
        Assert.True(Status == 200, $"{Status} {Error} {Body}");
        return this;
    }

    public ApiAnswer IsRefused(int status, string error)
    {
        Assert.True((Status, Error) == (status, error), $"expected {status} {error}, found {Status} {Error} {Body}");
        Assert.NotEqual("", Message);
        return this;
    }

    private static string? Header(HttpResponseMessage response, string name) =>
        response.Headers.TryGetValues(name, out var values) ? Assert.Single(values) : null;
}
