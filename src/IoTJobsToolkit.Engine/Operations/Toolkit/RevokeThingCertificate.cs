using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Revokes a certificate of a thing at once and for good; doing it again changes nothing.</summary>
public sealed record RevokeThingCertificate(string ThingName, string CertificateId) : Operation<Nothing>
{
    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check) => ThingCredentials.Check(check, ThingName, "certificateId", CertificateId);

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING, ThingName, $"certificate {CertificateId}");

    internal override Nothing Run(JobsTransaction tx) => ThingCredentials.Revoke(tx, ThingName, CertificateId, ThingCredentialKind.CERTIFICATE);
}
