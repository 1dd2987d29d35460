using System.Net;
using System.Text;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Benchmarks.Http;

/// <summary>Requests as an SDK sends them, signed once: a signature is good for a quarter of an hour.</summary>
internal sealed class SignedRequests(SigV4Credentials key, string region)
{
    public byte[] Make(IPEndPoint server, string service, string method, string path, string body = "")
    {
        var headers = new List<KeyValuePair<string, string>> { new("Host", server.ToString()) };
        if (body.Length > 0)
        {
            headers.Add(new("Content-Type", "application/json"));
            headers.Add(new("Content-Length", Encoding.UTF8.GetByteCount(body).ToString(System.Globalization.CultureInfo.InvariantCulture)));
        }
        var request = new SigV4Request
        {
            Method = method,
            RawPath = path,
            Headers = headers,
            PayloadHash = SigV4Request.HashPayload(Encoding.UTF8.GetBytes(body)),
        };
        var signed = SigV4Signer.Sign(request, key, region, service, TimeProvider.System.GetUtcNow());
        var text = new StringBuilder($"{method} {path} HTTP/1.1\r\n");
        foreach (var (name, value) in headers.Concat(signed.All()))
        {
            text.Append(name).Append(": ").Append(value).Append("\r\n");
        }
        return Encoding.UTF8.GetBytes(text.Append("User-Agent: bench\r\n\r\n").Append(body).ToString());
    }
}
