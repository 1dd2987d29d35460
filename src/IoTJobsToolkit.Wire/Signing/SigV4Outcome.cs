namespace IoTJobsToolkit.Wire.Signing;

/// <summary>What <see cref="SigV4Verifier"/> found: <see cref="Verified"/> or <see cref="Refused"/>.</summary>
public abstract record SigV4Outcome
{
    private SigV4Outcome()
    {
    }

    /// <summary>The request is whole and fresh, and signed with the secret of this access key.</summary>
    public sealed record Verified(string AccessKeyId, string Region, string Service, Plane Plane) : SigV4Outcome;

    /// <param name="Error">AWS's name of the error: the value of <c>x-amzn-ErrorType</c>.</param>
    /// <param name="Status">The HTTP status that AWS answers with it.</param>
    /// <param name="Message">What is wrong and what to do about it, for the caller to read.</param>
    public sealed record Refused(string Error, int Status, string Message) : SigV4Outcome
    {
        internal static Refused MissingAuthenticationToken() => new(
            "MissingAuthenticationTokenException", 403,
            "The request is not signed. Sign it with AWS Signature Version 4, in the Authorization header or in the query, "
            + "for the service iot (control plane) or iot-jobs-data (data plane). A device may show the certificate or the token of its thing instead.");

        internal static Refused IncompleteSignature(string message) => new("IncompleteSignatureException", 403, message);

        internal static Refused UnrecognizedClient(string message) => new("UnrecognizedClientException", 403, message);

        internal static Refused InvalidSignature(string message) => new("InvalidSignatureException", 403, message);

        internal static Refused RequestExpired(string message) => new("RequestExpired", 400, message);
    }
}
