using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Revokes a certificate of a thing at once and for good, on open connections too.</summary>
[Cmdlet("Revoke", "IoTThingCertificate", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RevokeIoTThingCertificateCommand : RevocationCmdlet
{
    [Parameter(Mandatory = true, Position = 1, ValueFromPipelineByPropertyName = true)]
    [Alias("CredentialId")]
    [ArgumentCompleter(typeof(CertificateIdCompleter))]
    public string CertificateId { get; set; } = null!;

    protected override string Identity => nameof(CertificateId);

    protected override void ProcessRecord() => Revoke("certificate", CertificateId, new RevokeThingCertificate(ThingName, CertificateId));
}
