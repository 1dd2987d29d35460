using System.Collections.Frozen;

namespace IoTJobsToolkit.Wire.Errors;

/// <summary>AWS's exceptions and their HTTP status, which for one of them depends on the plane (http-api 3, 6).</summary>
public static class ErrorNames
{
    public const string UnknownOperation = "UnknownOperationException";
    public const string MissingAuthenticationToken = "MissingAuthenticationTokenException";
    public const string UnrecognizedClient = "UnrecognizedClientException";
    public const string InvalidSignature = "InvalidSignatureException";
    public const string RequestExpired = "RequestExpired";
    public const string CertificateValidation = "CertificateValidationException";
    public const string AccessDenied = "AccessDeniedException";
    public const string Unauthorized = "UnauthorizedException";
    public const string RequestTooLarge = "RequestEntityTooLargeException";
    public const string RequestTimeout = "RequestTimeoutException";
    public const string UnsupportedMediaType = "UnsupportedMediaTypeException";
    public const string Throttling = "ThrottlingException";
    public const string InternalFailure = "InternalFailureException";
    public const string InternalServer = "InternalServerException";
    public const string ServiceUnavailable = "ServiceUnavailableException";

    private static readonly FrozenDictionary<string, (int Control, int Data)> Statuses = new Dictionary<string, (int, int)>
    {
        ["InvalidRequestException"] = (400, 400),
        ["InvalidQueryException"] = (400, 400),
        [CertificateValidation] = (400, 400),
        [RequestExpired] = (400, 400),
        [Unauthorized] = (401, 401),
        [AccessDenied] = (403, 403),
        [MissingAuthenticationToken] = (403, 403),
        [UnrecognizedClient] = (403, 403),
        [InvalidSignature] = (403, 403),
        ["ResourceNotFoundException"] = (404, 404),
        [UnknownOperation] = (404, 404),
        [RequestTimeout] = (408, 408),
        ["ConflictException"] = (409, 409),
        ["ResourceAlreadyExistsException"] = (409, 409),
        ["InvalidStateTransitionException"] = (409, 409),
        ["VersionConflictException"] = (409, 409),
        ["LimitExceededException"] = (410, 410),
        ["TerminalStateException"] = (410, 410),
        [RequestTooLarge] = (413, 413),
        [UnsupportedMediaType] = (415, 415),
        [Throttling] = (400, 429),
        [InternalFailure] = (500, 500),
        [InternalServer] = (500, 500),
        [ServiceUnavailable] = (503, 503),
    }.ToFrozenDictionary();

    public static int Status(string name, Plane plane) =>
        Statuses.TryGetValue(name, out var status) ? (plane == Plane.Data ? status.Data : status.Control) : 500;
}
