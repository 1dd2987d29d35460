namespace IoTJobsToolkit.Engine.Access;

/// <summary>Makes what the engine cannot make by itself: random secrets, and certificates of the local authority.</summary>
public interface ICredentialIssuer
{
    IssuedAccessKey NewAccessKey();

    /// <summary>A certificate for a thing, of a new key pair or of the one that asks.</summary>
    /// <param name="signingRequest">PKCS #10 in PEM; null to make the key pair here.</param>
    /// <exception cref="JobsException">The signing request cannot be read, or its signature is wrong.</exception>
    IssuedCertificate NewCertificate(string thingName, string? signingRequest, int validDays);

    IssuedToken NewToken(string thingName);

    /// <summary>What webhooks are signed with, as the Standard Webhooks write it: <c>whsec_</c> and 24 to 64 bytes in base64.</summary>
    /// <param name="secret">One of the receiver's; null to make one.</param>
    IssuedSecret NewWebhookSecret(string? secret);
}

/// <param name="ProtectedSecret">The secret as it may be stored.</param>
public sealed record IssuedSecret(string Secret, string ProtectedSecret);

/// <param name="ProtectedSecret">The secret as it may be stored.</param>
public sealed record IssuedAccessKey(string AccessKeyId, string SecretAccessKey, string ProtectedSecret);

/// <param name="CertificateId">SHA-256 of the certificate in lower-case hex.</param>
/// <param name="PrivateKey">PKCS #8 in PEM; null where the device has its own.</param>
public sealed record IssuedCertificate(
    string CertificateId, string CertificatePem, string? PrivateKey, string CaCertificatePem, DateTimeOffset NotAfter);

/// <param name="Token">What the device sends; known to nobody else.</param>
public sealed record IssuedToken(string TokenId, string Token, string SecretHash);

/// <summary>For engines that issue nothing.</summary>
internal sealed class NoCredentialIssuer : ICredentialIssuer
{
    public static NoCredentialIssuer Instance { get; } = new();

    public IssuedAccessKey NewAccessKey() => throw Refused();

    public IssuedCertificate NewCertificate(string thingName, string? signingRequest, int validDays) => throw Refused();

    public IssuedToken NewToken(string thingName) => throw Refused();

    public IssuedSecret NewWebhookSecret(string? secret) => throw Refused();

    private static JobsException Refused() =>
        JobsException.InvalidRequest("No credentials can be issued here: this engine has no key file. Use a server, or a database file.");
}
