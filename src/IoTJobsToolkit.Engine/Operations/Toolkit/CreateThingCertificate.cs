using System.Text;
using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Issues a certificate with which a device acts for one thing, over HTTPS and MQTT. Without a signing request the key pair is made here, and
/// its private key is in this answer and nowhere else.
/// </summary>
public sealed record CreateThingCertificate(string ThingName) : Operation<CreateThingCertificateResponse>
{
    private const int DefaultDays = 3_650;

    /// <summary>PKCS #10 in PEM, of a key pair which the device keeps; its subject is not looked at.</summary>
    public string? CertificateSigningRequest { get; init; }

    /// <summary>1 to 36,500; ten years when absent.</summary>
    public int? ValidDays { get; init; }

    [JsonIgnore]
    internal IssuedCertificate? Issued { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.ThingName(ThingName);
        check.Length("certificateSigningRequest", CertificateSigningRequest, 1, 16_384);
        check.Range("validDays", ValidDays, 1, 36_500);
    }

    /// <summary>Making a key pair takes a while: the store's thread is not kept waiting for it.</summary>
    internal override ValueTask<Operation> PrepareAsync(JobsServices services, CancellationToken cancellationToken) =>
        new(this with { Issued = services.Credentials.NewCertificate(ThingName, CertificateSigningRequest, ValidDays ?? DefaultDays) });

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING, ThingName, $"certificate {Issued!.CertificateId}");

    internal override CreateThingCertificateResponse Run(JobsTransaction tx)
    {
        tx.Save(ThingCredentials.New(tx, ThingName, Issued!.CertificateId, ThingCredentialKind.CERTIFICATE) with { ExpiresAt = Issued.NotAfter });
        return new(ThingName, Issued.CertificateId, Issued.CertificatePem, Issued.CaCertificatePem)
        {
            PrivateKey = Issued.PrivateKey,
            ExpiresAt = Issued.NotAfter,
        };
    }
}

/// <param name="CertificateId">SHA-256 of the certificate in hex.</param>
/// <param name="CaCertificatePem">The authority that issued it, and the server's own certificate: what the device trusts.</param>
public sealed record CreateThingCertificateResponse(string ThingName, string CertificateId, string CertificatePem, string CaCertificatePem)
{
    /// <summary>PKCS #8 in PEM, shown this once; null where the device has its own.</summary>
    public string? PrivateKey { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    private bool PrintMembers(StringBuilder text)
    {
        text.Append(ThingName).Append(", ").Append(CertificateId); // The private key is for nobody's log.
        return true;
    }
}
