using System.Collections.Frozen;
using System.Net;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Wire.Errors;

/// <summary>What a name of an error, as servers send it, means to a caller.</summary>
internal static class ErrorMeaning
{
    private static readonly FrozenDictionary<string, JobsError> Names = Enum.GetValues<JobsError>()
        .Select(error => KeyValuePair.Create(error + "Exception", error))
        .Concat(All(JobsError.AccessDenied,
            "UnauthorizedException", "CertificateValidationException", ErrorNames.UnrecognizedClient, ErrorNames.InvalidSignature,
            ErrorNames.MissingAuthenticationToken, ErrorNames.RequestExpired, "IncompleteSignatureException", "SignatureDoesNotMatch",
            "ExpiredTokenException", "ExpiredToken", "InvalidClientTokenId", "RequestTimeTooSkewed", "RequestInTheFuture",
            "NotAuthorizedException", "OptInRequired"))
        .Concat(All(JobsError.Throttling,
            "Throttling", "ThrottledException", "TooManyRequestsException", "RequestThrottled", "RequestThrottledException", "SlowDown"))
        .Concat(All(JobsError.InternalFailure, ErrorNames.InternalServer, "InternalServerError", "InternalFailure"))
        .ToFrozenDictionary(StringComparer.Ordinal);

    /// <summary>The name decides; where it is not known, the status.</summary>
    public static JobsError Of(string name, HttpStatusCode status) =>
        Names.TryGetValue(name, out var error) ? error : Of(status) ?? JobsError.InvalidRequest;

    /// <summary>What a status says by itself; null when it leaves open what was wrong.</summary>
    public static JobsError? Of(HttpStatusCode status) => status switch
    {
        HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => JobsError.AccessDenied,
        HttpStatusCode.TooManyRequests => JobsError.Throttling,
        >= HttpStatusCode.InternalServerError => JobsError.ServiceUnavailable,
        _ => null,
    };

    /// <summary>Whether it is the signature's time that is refused; AWS says so of a signature that is not valid in the message alone.</summary>
    public static bool IsOfTime(JobsException refusal) => refusal.Name switch
    {
        ErrorNames.RequestExpired or "RequestTimeTooSkewed" or "RequestInTheFuture" => true,
        ErrorNames.InvalidSignature or "SignatureDoesNotMatch" =>
            refusal.Message.Contains("Signature expired", StringComparison.OrdinalIgnoreCase) ||
            refusal.Message.Contains("Signature not yet current", StringComparison.OrdinalIgnoreCase),
        _ => false,
    };

    private static IEnumerable<KeyValuePair<string, JobsError>> All(JobsError error, params IEnumerable<string> names) =>
        names.Select(name => KeyValuePair.Create(name, error));
}
