using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Closes the database and goes back to the default one. Work that is under way goes on when the file is opened next.</summary>
[Cmdlet(VerbsCommunications.Disconnect, "IoTJobs")]
public sealed class DisconnectIoTJobsCommand : PSCmdlet
{
    protected override void EndProcessing()
    {
        foreach (var failure in Database.Disconnect())
        {
            WriteError(Refusal.ToErrorRecord(failure));
        }
    }
}
