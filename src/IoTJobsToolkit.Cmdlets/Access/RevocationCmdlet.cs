using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Takes a credential from a thing.</summary>
public abstract class RevocationCmdlet : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    public string ThingName { get; set; } = null!;

    private protected void Revoke(string kind, string id, Operation<Nothing> revocation)
    {
        if (Wants($"{id} of {ThingName}", $"Revoke {kind}"))
        {
            Send(revocation, id, null);
        }
    }
}
