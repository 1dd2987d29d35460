using System.Globalization;
using System.Security.Cryptography;
using System.Text;

namespace IoTJobsToolkit.Wire.Signing;

/// <summary>The headers that turn a request into a signed one.</summary>
/// <param name="SecurityToken">The value of X-Amz-Security-Token, or null where the credentials have none.</param>
public sealed record SigV4Headers(string Authorization, string Date, string? SecurityToken)
{
    /// <summary>Name and value of each, ready to be added to the request.</summary>
    public IEnumerable<KeyValuePair<string, string>> All()
    {
        yield return new("Authorization", Authorization);
        yield return new("X-Amz-Date", Date);
        if (SecurityToken is not null)
        {
            yield return new("X-Amz-Security-Token", SecurityToken);
        }
    }
}

/// <summary>Signs requests with AWS Signature Version 4. Every header given is signed, but those that change on the way.</summary>
public static class SigV4Signer
{
    private static readonly HashSet<string> Unsignable = new(StringComparer.OrdinalIgnoreCase)
    {
        "authorization", "cache-control", "connection", "date", "expect", "from", "keep-alive", "max-forwards", "pragma", "referer",
        "te", "trailer", "transfer-encoding", "upgrade", "user-agent", "x-amz-date", "x-amz-security-token", "x-amzn-trace-id",
    };

    /// <param name="request">With its Host header, and without a signature.</param>
    /// <param name="service"><c>iot</c> or <c>iot-jobs-data</c>.</param>
    public static SigV4Headers Sign(
        SigV4Request request, SigV4Credentials credentials, string region, string service, DateTimeOffset now) =>
        Sign(request, credentials, region, service, now, keys: null);

    /// <param name="keys">Keeps the signing keys of a caller who signs often.</param>
    internal static SigV4Headers Sign(
        SigV4Request request, SigV4Credentials credentials, string region, string service, DateTimeOffset now, SigningKeys? keys)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(credentials);

        var timestamp = SigV4Timestamp.Write(now);
        var headers = Signable(request);
        headers.Add(new("x-amz-date", timestamp));
        if (credentials.SessionToken is { } token)
        {
            headers.Add(new("x-amz-security-token", token));
        }

        var signedHeaders = SignedHeaders(headers);
        var scope = Scope(credentials, timestamp, region, service);
        var key = keys?.For(scope, credentials.SecretAccessKey) ?? SigningKeys.Derive(scope, credentials.SecretAccessKey);
        var signature = Signature(request with { Headers = headers }, signedHeaders, timestamp, scope, key);
        return new SigV4Headers(
            $"{CanonicalRequest.Algorithm} Credential={scope.AccessKeyId}/{scope}, SignedHeaders={signedHeaders}, Signature={signature}",
            timestamp,
            credentials.SessionToken);
    }

    /// <summary>The query to send instead of the request's own: its parameters and, behind them, the signature's.</summary>
    /// <param name="request">With its Host header; whoever uses the address has to send the headers given here.</param>
    /// <param name="expires">Whole seconds, 1 to 604800.</param>
    public static string Presign(
        SigV4Request request,
        SigV4Credentials credentials,
        string region,
        string service,
        DateTimeOffset now,
        TimeSpan expires)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(credentials);
        ArgumentOutOfRangeException.ThrowIfLessThan(expires, TimeSpan.FromSeconds(1));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(expires, TimeSpan.FromSeconds(PresentedSignature.MaxExpiresSeconds));

        var timestamp = SigV4Timestamp.Write(now);
        var headers = Signable(request);
        var signedHeaders = SignedHeaders(headers);
        var scope = Scope(credentials, timestamp, region, service);

        var query = new StringBuilder(request.RawQuery);
        Add(query, "X-Amz-Algorithm", CanonicalRequest.Algorithm);
        Add(query, "X-Amz-Credential", $"{scope.AccessKeyId}/{scope}");
        Add(query, "X-Amz-Date", timestamp);
        Add(query, "X-Amz-Expires", ((int)expires.TotalSeconds).ToString(CultureInfo.InvariantCulture));
        if (credentials.SessionToken is { } token)
        {
            Add(query, "X-Amz-Security-Token", token);
        }

        Add(query, "X-Amz-SignedHeaders", signedHeaders);
        var unsigned = request with { Headers = headers, RawQuery = query.ToString() };
        var key = SigningKeys.Derive(scope, credentials.SecretAccessKey);
        Add(query, CanonicalQuery.SignatureParameter, Signature(unsigned, signedHeaders, timestamp, scope, key));
        return query.ToString();
    }

    private static List<KeyValuePair<string, string>> Signable(SigV4Request request) =>
        request.Has("host")
            ? [.. request.Headers.Where(header => !Unsignable.Contains(header.Key))]
            : throw new ArgumentException("A signature covers the Host header: give it with the request.", nameof(request));

    private static string SignedHeaders(List<KeyValuePair<string, string>> headers) =>
        string.Join(';', headers.Select(header => header.Key.ToLowerInvariant()).Distinct().Order(StringComparer.Ordinal));

    private static CredentialScope Scope(SigV4Credentials credentials, string timestamp, string region, string service) =>
        new(credentials.AccessKeyId, timestamp[..SigV4Timestamp.DayLength], region, service);

    private static string Signature(
        SigV4Request request, string signedHeaders, string timestamp, CredentialScope scope, byte[] key)
    {
        using var canonical = CanonicalRequest.Write(request, signedHeaders);
        Span<byte> signature = stackalloc byte[SHA256.HashSizeInBytes];
        CanonicalRequest.Sign(canonical, timestamp, scope, key, signature);
        return Convert.ToHexStringLower(signature);
    }

    private static void Add(StringBuilder query, string name, string value) =>
        query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
}
