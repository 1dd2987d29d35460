using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// Forgets the connection with its keys, closes the database, and goes back to what counts by itself: the environment's server, or the
/// default database. Work that is under way goes on when the file is opened next.
/// </summary>
[Cmdlet(VerbsCommunications.Disconnect, "IoTJobs")]
public sealed class DisconnectIoTJobsCommand : PSCmdlet
{
    protected override void EndProcessing()
    {
        foreach (var failure in Connections.Choose(null))
        {
            WriteError(Refusal.ToErrorRecord(failure));
        }
    }
}
