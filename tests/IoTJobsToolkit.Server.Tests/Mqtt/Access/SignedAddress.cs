using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Server.Tests.Mqtt.Access;

/// <summary>Signs the address of a WebSocket as AWS IoT's clients do, written apart from what checks it.</summary>
internal sealed record SignedAddress(Uri At, SigV4Credentials Key, DateTimeOffset Now)
{
    public string Service { get; init; } = "iotdevicegateway";

    public string Region { get; init; } = "us-east-1";

    public int? Expires { get; init; }

    public string? TokenBeforeSigning { get; init; }

    public string? TokenAfterSigning { get; init; }

    public Uri Sign()
    {
        var time = Now.UtcDateTime.ToString("yyyyMMdd'T'HHmmss'Z'", CultureInfo.InvariantCulture);
        var scope = $"{time[..8]}/{Region}/{Service}/aws4_request";
        var query = $"X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential={Uri.EscapeDataString($"{Key.AccessKeyId}/{scope}")}&X-Amz-Date={time}"
            + (Expires is { } seconds ? $"&X-Amz-Expires={seconds}" : "")
            + (TokenBeforeSigning is { } signed ? $"&X-Amz-Security-Token={Uri.EscapeDataString(signed)}" : "")
            + "&X-Amz-SignedHeaders=host";
        var canonical = $"GET\n/mqtt\n{query}\nhost:{At.Authority}\n\nhost\n{Hex(SHA256.HashData([]))}";
        var toSign = $"AWS4-HMAC-SHA256\n{time}\n{scope}\n{Hex(SHA256.HashData(Encoding.UTF8.GetBytes(canonical)))}";
        var key = new[] { time[..8], Region, Service, "aws4_request" }
            .Aggregate(Encoding.UTF8.GetBytes("AWS4" + Key.SecretAccessKey), (by, part) => HMACSHA256.HashData(by, Encoding.UTF8.GetBytes(part)));
        var signature = Hex(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes(toSign)));
        return new($"{(At.Scheme is "https" or "wss" ? "wss" : "ws")}://{At.Authority}/mqtt?{query}&X-Amz-Signature={signature}"
            + (TokenAfterSigning is { } added ? $"&X-Amz-Security-Token={Uri.EscapeDataString(added)}" : ""));
    }

    private static string Hex(byte[] bytes) => Convert.ToHexStringLower(bytes);
}
