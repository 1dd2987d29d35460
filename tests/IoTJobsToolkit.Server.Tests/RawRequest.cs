using System.Collections.Immutable;
using System.Text;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests;

/// <summary>A request by hand: what is changed after it was signed goes out as it stands.</summary>
internal sealed record RawRequest(string Method, string Path, string Query = "", string Body = "")
{
    public ImmutableList<KeyValuePair<string, string>> Headers { get; init; } = [];

    public bool IsChunked { get; init; }

    public RawRequest With(string name, string value) => Without(name) is var others ? others with { Headers = others.Headers.Add(new(name, value)) } : this;

    public RawRequest And(string name, string value) => this with { Headers = Headers.Add(new(name, value)) };

    public RawRequest Without(string name) => this with { Headers = Headers.RemoveAll(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)) };

    public string Header(string name) => Headers.Single(header => header.Key.Equals(name, StringComparison.OrdinalIgnoreCase)).Value;

    /// <summary>Replaces a part that must be there.</summary>
    public RawRequest Edit(string header, string what, string into)
    {
        Assert.Contains(what, Header(header), StringComparison.Ordinal);
        return With(header, Header(header).Replace(what, into, StringComparison.Ordinal));
    }

    /// <inheritdoc cref="Edit"/>
    public RawRequest EditQuery(string what, string into)
    {
        Assert.Contains(what, Query, StringComparison.Ordinal);
        return this with { Query = Query.Replace(what, into, StringComparison.Ordinal) };
    }

    public RawRequest Signed(SigV4Credentials key, DateTimeOffset now, string region = "us-east-1", string service = "iot") =>
        this with { Headers = Headers.AddRange(SigV4Signer.Sign(ToSign(), key, region, service, now).All()) };

    public RawRequest Presigned(SigV4Credentials key, DateTimeOffset now, TimeSpan expires) =>
        this with { Query = SigV4Signer.Presign(ToSign(), key, "us-east-1", "iot", now, expires) };

    public byte[] ToBytes()
    {
        var body = Encoding.UTF8.GetBytes(Body);
        var text = new StringBuilder($"{Method} {Path}{(Query.Length > 0 ? "?" : "")}{Query} HTTP/1.1\r\n");
        foreach (var (name, value) in Headers)
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }
        if (IsChunked)
        {
            text.Append("Transfer-Encoding: chunked\r\n\r\n");
            foreach (var part in body.Chunk(3))
            {
                text.Append(part.Length).Append("\r\n").Append(Encoding.Latin1.GetString(part)).Append("\r\n");
            }
            text.Append("0\r\n\r\n");
        }
        else
        {
            text.Append("Content-Length: ").Append(body.Length).Append("\r\n\r\n").Append(Encoding.Latin1.GetString(body));
        }
        return Encoding.Latin1.GetBytes(text.ToString());
    }

    private SigV4Request ToSign() => new()
    {
        Method = Method,
        RawPath = Path,
        RawQuery = Query,
        Headers = Headers,
        PayloadHash = SigV4Request.HashPayload(Encoding.UTF8.GetBytes(Body)),
    };
}
