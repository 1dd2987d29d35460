using System.Security.Cryptography;
using System.Text;
using static IoTJobsToolkit.Wire.Signing.SigV4Outcome;

namespace IoTJobsToolkit.Wire.Signing;

/// <summary>
/// Checks AWS Signature Version 4 on requests, in the header and in the query form (http-api 3). Safe for many threads; keep one,
/// it remembers signing keys.
/// </summary>
/// <param name="regions">The regions a scope may name; null when any will do, as for an emulator.</param>
/// <param name="use">What the signed requests are for.</param>
public sealed class SigV4Verifier(IEnumerable<string>? regions = null, SigV4Use use = SigV4Use.Api)
{
    /// <summary>How far a caller's clock may be off, either way.</summary>
    public static readonly TimeSpan MaxSkew = TimeSpan.FromMinutes(15);

    // An unknown access key costs the same work as a known one, so that time does not tell which keys exist.
    private const string DecoySecret = "no caller has this secret, and a match with it is refused";

    private readonly HashSet<string>? _regions = regions?.ToHashSet(StringComparer.Ordinal);
    private readonly SigningKeys _keys = new();

    /// <summary>
    /// What can be refused of a request whose body has not been read, in the words of <see cref="Verify"/>: null where only the signature itself
    /// remains to be checked. It is not, so the request may have any payload hash.
    /// </summary>
    /// <param name="lookup">As that of <see cref="Verify"/>.</param>
    public Refused? RefuseEarly(SigV4Request request, DateTimeOffset now, Func<string, SigV4Credentials?> lookup)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(lookup);
        var (presented, refusal) = PresentedSignature.Read(request, use);
        return presented is null
            ? refusal
            : CheckScope(presented) ?? CheckTime(presented, now) ?? CheckKey(presented, request, lookup);
    }

    /// <param name="lookup">Gives the credentials of an access key id, or null where there are none.</param>
    public SigV4Outcome Verify(SigV4Request request, DateTimeOffset now, Func<string, SigV4Credentials?> lookup)
    {
        ArgumentNullException.ThrowIfNull(request);
        ArgumentNullException.ThrowIfNull(lookup);

        var (presented, refusal) = PresentedSignature.Read(request, use);
        if (presented is null)
        {
            return refusal!;
        }

        return CheckScope(presented)
            ?? CheckTime(presented, now)
            ?? CheckPayload(presented, request)
            ?? CheckSignature(presented, request, lookup(presented.Scope.AccessKeyId))
            ?? (SigV4Outcome)new Verified(
                presented.Scope.AccessKeyId, presented.Scope.Region, presented.Scope.Service, presented.Scope.PlaneOf(use)!.Value);
    }

    private Refused? CheckScope(PresentedSignature presented)
    {
        var scope = presented.Scope;
        if (!presented.Timestamp.StartsWith(scope.Day, StringComparison.Ordinal) || scope.Day.Length != SigV4Timestamp.DayLength)
        {
            return Refused.InvalidSignature($"The credential is of {scope.Day} and the request of {presented.Timestamp}: sign with the day of X-Amz-Date.");
        }

        if (_regions?.Contains(scope.Region) is false)
        {
            return Refused.InvalidSignature($"The credential is for region '{scope.Region}'. Sign for {string.Join(" or ", _regions)}.");
        }

        return scope.PlaneOf(use) is null
            ? Refused.InvalidSignature($"The credential is for service '{scope.Service}'. Sign for {Services}.")
            : null;
    }

    private string Services => use == SigV4Use.WebSocket
        ? $"{CredentialScope.GatewayService}, which is MQTT's"
        : "iot (control plane) or iot-jobs-data (data plane)";

    private static Refused? CheckTime(PresentedSignature presented, DateTimeOffset now)
    {
        if (presented.Expires is { } expires)
        {
            // A caller whose clock is a little ahead signs an address that is not good yet.
            return presented.Time <= now + MaxSkew && now <= presented.Time + expires
                ? null
                : Refused.RequestExpired(
                    $"The signed address is good from {presented.Timestamp} for {expires.TotalSeconds} s; it is {SigV4Timestamp.Write(now)} here. Sign a new one.");
        }

        return (now - presented.Time).Duration() <= MaxSkew
            ? null
            : Refused.RequestExpired(
                $"The request was signed at {presented.Timestamp} and it is {SigV4Timestamp.Write(now)} here. Check the caller's clock, and sign every try anew.");
    }

    private static Refused? CheckPayload(PresentedSignature presented, SigV4Request request) => presented.ContentSha256 switch
    {
        null => null,
        "UNSIGNED-PAYLOAD" => Refused.InvalidSignature(
            "UNSIGNED-PAYLOAD is not accepted here: send the body's SHA-256 in X-Amz-Content-Sha256, or leave the header out."),
        var hash when hash != request.PayloadHash => Refused.InvalidSignature(
            $"X-Amz-Content-Sha256 is not the hash of the body that arrived, {request.PayloadHash}."),
        _ => null,
    };

    /// <summary>By the same work that a known key costs later.</summary>
    private Refused? CheckKey(PresentedSignature presented, SigV4Request request, Func<string, SigV4Credentials?> lookup) =>
        lookup(presented.Scope.AccessKeyId) is null ? CheckSignature(presented, request, null) : null;

    private Refused? CheckSignature(PresentedSignature presented, SigV4Request request, SigV4Credentials? credentials)
    {
        var key = credentials is null
            ? _keys.For(presented.Scope with { AccessKeyId = "" }, DecoySecret)
            : _keys.For(presented.Scope, credentials.SecretAccessKey);

        using var canonical = CanonicalRequest.Write(request, presented.SignedHeaders);
        var matches = Matches(canonical, presented, key) || MatchesWithoutToken(request, presented, key);

        if (credentials is null)
        {
            return Refused.UnrecognizedClient(
                $"The access key '{presented.Scope.AccessKeyId}' is not known here. Use an access key of this server.");
        }

        if (!matches)
        {
            return Refused.InvalidSignature(Mismatch(presented, request, canonical));
        }

        return SameToken(credentials.SessionToken, presented.SecurityToken)
            ? null
            : Refused.UnrecognizedClient(credentials.SessionToken is null
                ? $"The access key '{presented.Scope.AccessKeyId}' has no session token: send no X-Amz-Security-Token (unset AWS_SESSION_TOKEN)."
                : "X-Amz-Security-Token is not the session token of this access key.");
    }

    /// <summary>Of a WebSocket, where the token may have been added to the address that was signed: AWS's own clients do so.</summary>
    private bool MatchesWithoutToken(SigV4Request request, PresentedSignature presented, byte[] key)
    {
        if (use != SigV4Use.WebSocket || presented.SecurityToken is null)
        {
            return false;
        }
        using var canonical = CanonicalRequest.Write(
            request with { RawQuery = CanonicalQuery.Without(request.RawQuery, PresentedSignature.SecurityTokenName) }, presented.SignedHeaders);
        return Matches(canonical, presented, key);
    }

    private static bool Matches(Utf8Text canonical, PresentedSignature presented, byte[] key)
    {
        Span<byte> expected = stackalloc byte[SHA256.HashSizeInBytes];
        CanonicalRequest.Sign(canonical, presented.Timestamp, presented.Scope, key, expected);
        return Matches(expected, presented.Signature);
    }

    private static bool Matches(ReadOnlySpan<byte> expected, string hex)
    {
        Span<byte> presented = stackalloc byte[SHA256.HashSizeInBytes];
        var isHash = hex.Length == 2 * SHA256.HashSizeInBytes
            && Convert.FromHexString(hex, presented, out _, out _) == System.Buffers.OperationStatus.Done;
        return CryptographicOperations.FixedTimeEquals(expected, presented) && isHash;
    }

    private static bool SameToken(string? expected, string? presented) =>
        (expected is null) == (presented is null)
        && CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(expected ?? ""), Encoding.UTF8.GetBytes(presented ?? ""));

    /// <summary>
    /// As AWS words it, with what was computed here: whoever writes a signer compares it with their own. Answers are kept in logs and tickets, so
    /// secrets that were signed are not shown.
    /// </summary>
    private static string Mismatch(PresentedSignature presented, SigV4Request request, Utf8Text canonical)
    {
        using var stringToSign = CanonicalRequest.StringToSign(canonical.Written, presented.Timestamp, presented.Scope);
        using var shown = CanonicalRequest.Write(ShownRequest.Of(request), presented.SignedHeaders);
        return $"""
            The request signature we calculated does not match the signature you provided. Check your AWS Secret Access Key and signing method.

            The Canonical String for this request should have been
            '{Encoding.UTF8.GetString(shown.Written)}'

            The String-to-Sign should have been
            '{Encoding.UTF8.GetString(stringToSign.Written)}'
            """;
    }
}
