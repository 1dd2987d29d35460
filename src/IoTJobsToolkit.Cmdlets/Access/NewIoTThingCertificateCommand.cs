using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// Issues certificates with which devices act for their things, by the database's own authority. Without a signing request the key pair is made
/// here, and its private key is shown this once.
/// </summary>
[Cmdlet(VerbsCommon.New, "IoTThingCertificate", SupportsShouldProcess = true)]
[OutputType(typeof(CreateThingCertificateResponse))]
public sealed class NewIoTThingCertificateCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    public string[] ThingName { get; set; } = null!;

    /// <summary>PKCS #10 in PEM, of a key pair which the device keeps; its subject is not looked at.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? CertificateSigningRequest { get; set; }

    /// <summary>1 to 36500; ten years when absent.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public int? ValidDays { get; set; }

    /// <summary>
    /// A folder for THING.cert.pem, THING.key.pem and ca.pem, readable by you only; made where it is missing. The private key is in its file then, and
    /// not in what is written to the pipeline.
    /// </summary>
    [Parameter]
    [ValidateNotNullOrEmpty]
    public string? DestinationPath { get; set; }

    protected override string Identity => nameof(ThingName);

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        if (DestinationPath is not null)
        {
            DestinationPath = GetUnresolvedProviderPathFromPSPath(DestinationPath);
        }
    }

    protected override void ProcessRecord()
    {
        foreach (var name in ThingName)
        {
            if (Wants(name, "Issue certificate"))
            {
                Issue(name);
            }
        }
    }

    private void Issue(string thingName)
    {
        var operation = new CreateThingCertificate(thingName) { CertificateSigningRequest = CertificateSigningRequest, ValidDays = ValidDays };
        if (DestinationPath is null)
        {
            Send(operation, thingName);
        }
        else if (CertificateFiles.Prepare(DestinationPath) is { } failure)
        {
            WriteError(failure); // Before anything is issued.
        }
        else if (TryRun(operation, thingName, out var issued))
        {
            if (CertificateFiles.Write(DestinationPath, thingName, issued) is { } notWritten)
            {
                WriteError(notWritten); // The key is in no file: then it goes down the pipeline, for nobody can make it again.
                Write(issued, thingName, Selection.Whole);
            }
            else
            {
                Write(issued with { PrivateKey = null }, thingName, Selection.Whole);
            }
        }
    }
}
