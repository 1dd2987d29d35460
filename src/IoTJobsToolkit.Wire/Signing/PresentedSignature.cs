using System.Globalization;
using static IoTJobsToolkit.Wire.Signing.SigV4Outcome;

namespace IoTJobsToolkit.Wire.Signing;

/// <summary>The signature that a request brings, from its Authorization header or from its query.</summary>
internal sealed record PresentedSignature
{
    public const int MaxExpiresSeconds = 7 * 24 * 60 * 60;
    public const string SecurityTokenName = "X-Amz-Security-Token";

    /// <summary>Headers of which a second one would leave open which of them counts.</summary>
    private static readonly string[] Single = ["Authorization", "Host", "X-Amz-Date", "X-Amz-Security-Token", "X-Amz-Content-Sha256"];

    /// <summary>
    /// Not in need of being signed: the first three are part of the signature or compared on their own, the fourth is added on the way.
    /// </summary>
    private static readonly string[] Unsigned = ["x-amz-date", "x-amz-security-token", "x-amz-content-sha256", "x-amz-cf-id"];

    public required CredentialScope Scope { get; init; }

    /// <summary>Lower-case names, sorted, each of them in the request, <c>host</c> among them.</summary>
    public required string SignedHeaders { get; init; }

    public required string Signature { get; init; }

    /// <summary>When the caller signed, to the second, as <see cref="Timestamp"/> says it.</summary>
    public required DateTimeOffset Time { get; init; }

    public required string Timestamp { get; init; }

    /// <summary>How long a signature in the query is good for; null for one in the header, and for one that does not say.</summary>
    public TimeSpan? Expires { get; init; }

    public string? SecurityToken { get; init; }

    /// <summary>What the request says of its body's hash, or null where it says nothing.</summary>
    public string? ContentSha256 { get; init; }

    /// <summary>One of the two is null.</summary>
    public static (PresentedSignature? Signature, Refused? Refusal) Read(SigV4Request request, SigV4Use use = SigV4Use.Api)
    {
        var authorization = request.Header("Authorization");
        var inQuery = CanonicalQuery.Find(request.RawQuery, "X-Amz-Algorithm", out _) is not null;
        foreach (var name in Single)
        {
            if (request.Count(name) > 1)
            {
                return Incomplete($"The request has more than one {name} header: send one.");
            }
        }

        if (authorization is null)
        {
            return inQuery ? ReadQuery(request, use) : (null, Refused.MissingAuthenticationToken());
        }

        return inQuery || CanonicalQuery.Find(request.RawQuery, CanonicalQuery.SignatureParameter, out _) is not null
            ? Incomplete("The request is signed twice: keep the Authorization header or the X-Amz-Algorithm query, not both.")
            : ReadHeader(request, authorization);
    }

    private static (PresentedSignature?, Refused?) ReadHeader(SigV4Request request, string authorization)
    {
        if (!authorization.StartsWith("AWS4-", StringComparison.Ordinal))
        {
            return (null, Refused.MissingAuthenticationToken());
        }

        if (authorization.Split(' ', 2) is not [CanonicalRequest.Algorithm, var fields])
        {
            return Incomplete($"The Authorization header has to start with '{CanonicalRequest.Algorithm} '.");
        }

        string? credential = null, signedHeaders = null, signature = null;
        foreach (var range in fields.AsSpan().Split(','))
        {
            var field = fields.AsSpan(range).Trim(' ');
            var equals = field.IndexOf('=');
            var value = equals < 0 ? "" : field[(equals + 1)..].ToString();
            switch (equals < 0 ? field : field[..equals])
            {
                case "Credential" when credential is null: credential = value; break;
                case "SignedHeaders" when signedHeaders is null: signedHeaders = value; break;
                case "Signature" when signature is null: signature = value; break;
                default:
                    return Incomplete(
                        $"The Authorization header has '{field}', where only one Credential, SignedHeaders and Signature belong.");
            }
        }

        var (time, timestamp, refusal) = ReadDate(request);
        return refusal is not null
            ? (null, refusal)
            : Complete(request, "Authorization header", credential, signedHeaders, signature, time, timestamp, expires: null);
    }

    private static (PresentedSignature?, Refused?) ReadQuery(SigV4Request request, SigV4Use use)
    {
        string? twice = null;
        string? Parameter(string name)
        {
            var value = CanonicalQuery.Find(request.RawQuery, name, out var repeated);
            twice = repeated ? name : twice;
            return value;
        }

        var algorithm = Parameter("X-Amz-Algorithm");
        var credential = Parameter("X-Amz-Credential");
        var signedHeaders = Parameter("X-Amz-SignedHeaders");
        var signature = Parameter(CanonicalQuery.SignatureParameter);
        var timestamp = Parameter("X-Amz-Date");
        var expires = Parameter("X-Amz-Expires");
        var token = Parameter(SecurityTokenName);
        var contentSha256 = Parameter("X-Amz-Content-Sha256");
        if (twice is not null)
        {
            return Incomplete($"The query has {twice} more than once.");
        }

        if (algorithm is not CanonicalRequest.Algorithm)
        {
            return Incomplete($"X-Amz-Algorithm has to be {CanonicalRequest.Algorithm}.");
        }

        if (!SigV4Timestamp.TryRead(timestamp, out var time))
        {
            return Incomplete("The query needs X-Amz-Date=yyyyMMddTHHmmssZ, in UTC.");
        }

        var (goodFor, wrong) = ReadExpires(expires, use);
        if (wrong is not null)
        {
            return (null, wrong);
        }

        var (complete, refusal) = Complete(request, "query", credential, signedHeaders, signature, time, timestamp!, goodFor);
        return (complete is null
            ? null
            : complete with
            {
                SecurityToken = token ?? complete.SecurityToken,
                ContentSha256 = contentSha256 ?? complete.ContentSha256,
            }, refusal);
    }

    private static (TimeSpan? GoodFor, Refused? Refusal) ReadExpires(string? expires, SigV4Use use)
    {
        if (expires is null && use == SigV4Use.WebSocket)
        {
            return (null, null); // AWS's own clients say nothing: the address is good for as long as any other signed request.
        }

        if (!int.TryParse(expires, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var seconds))
        {
            return (null, Refused.IncompleteSignature($"The query needs X-Amz-Expires, 1 to {MaxExpiresSeconds} seconds."));
        }

        return seconds is < 1 or > MaxExpiresSeconds
            ? (null, Refused.RequestExpired($"X-Amz-Expires has to be 1 to {MaxExpiresSeconds} seconds; it is {seconds}."))
            : (TimeSpan.FromSeconds(seconds), null);
    }

    private static (DateTimeOffset Time, string Timestamp, Refused? Refusal) ReadDate(SigV4Request request)
    {
        if (request.Header("X-Amz-Date") is { } timestamp)
        {
            return SigV4Timestamp.TryRead(timestamp, out var time)
                ? (time, timestamp, null)
                : (default, "", Refused.IncompleteSignature("X-Amz-Date has to read yyyyMMddTHHmmssZ, in UTC."));
        }

        return SigV4Timestamp.TryReadHttpDate(request.Header("Date"), out var date)
            ? (date, SigV4Timestamp.Write(date), null)
            : (default, "", Refused.IncompleteSignature("The request needs an X-Amz-Date header, or a Date header."));
    }

    private static (PresentedSignature?, Refused?) Complete(
        SigV4Request request,
        string place,
        string? credential,
        string? signedHeaders,
        string? signature,
        DateTimeOffset time,
        string timestamp,
        TimeSpan? expires)
    {
        if (string.IsNullOrEmpty(credential) || string.IsNullOrEmpty(signedHeaders) || string.IsNullOrEmpty(signature))
        {
            return Incomplete($"The signature in the {place} needs all of Credential, SignedHeaders and Signature.");
        }

        if (!CredentialScope.TryRead(credential, out var scope))
        {
            return Incomplete($"The credential '{credential}' has to read KEY/yyyyMMdd/REGION/SERVICE/{CredentialScope.Terminator}.");
        }

        if (CheckSignedHeaders(request, signedHeaders) is { } refusal)
        {
            return (null, refusal);
        }

        return (new PresentedSignature
        {
            Scope = scope,
            SignedHeaders = signedHeaders,
            Signature = signature,
            Time = time,
            Timestamp = timestamp,
            Expires = expires,
            SecurityToken = request.Header("X-Amz-Security-Token"),
            ContentSha256 = request.Header("X-Amz-Content-Sha256"),
        }, null);
    }

    private static Refused? CheckSignedHeaders(SigV4Request request, ReadOnlySpan<char> signedHeaders)
    {
        ReadOnlySpan<char> previous = [];
        var host = false;
        foreach (var range in signedHeaders.Split(';'))
        {
            var name = signedHeaders[range];
            if (name.SequenceCompareTo(previous) <= 0 || name.ContainsAnyInRange('A', 'Z'))
            {
                return Refused.InvalidSignature("The names in SignedHeaders have to be lower-case, sorted and there once.");
            }

            if (!request.Has(name))
            {
                return Refused.InvalidSignature(
                    $"The header '{name}' was signed and is not in the request. Does a proxy on the way remove it?");
            }

            host |= name is "host";
            previous = name;
        }

        if (!host)
        {
            return Refused.InvalidSignature("The signature has to cover the Host header: sign 'host'.");
        }

        return UnsignedHeader(request, signedHeaders) is { } unsigned
            ? Refused.InvalidSignature($"The request has the header '{unsigned}', which is not signed: sign every header that begins with x-amz-.")
            : null;
    }

    private static string? UnsignedHeader(SigV4Request request, ReadOnlySpan<char> signedHeaders)
    {
        for (var i = 0; i < request.Headers.Count; i++)
        {
            var name = request.Headers[i].Key;
            if (name.StartsWith("x-amz-", StringComparison.OrdinalIgnoreCase)
                && !Unsigned.Contains(name, StringComparer.OrdinalIgnoreCase) && !Lists(signedHeaders, name))
            {
                return name.ToLowerInvariant();
            }
        }

        return null;
    }

    private static bool Lists(ReadOnlySpan<char> signedHeaders, string name)
    {
        foreach (var range in signedHeaders.Split(';'))
        {
            if (signedHeaders[range].Equals(name, StringComparison.OrdinalIgnoreCase))
            {
                return true;
            }
        }

        return false;
    }

    private static (PresentedSignature?, Refused?) Incomplete(string message) => (null, Refused.IncompleteSignature(message));
}
