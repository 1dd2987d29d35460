using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes access keys: what is signed with them is refused from now on.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTAccessKey", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTAccessKeyCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AccessKeyIdCompleter))]
    public string[] AccessKeyId { get; set; } = null!;

    protected override string Identity => nameof(AccessKeyId);

    protected override void ProcessRecord()
    {
        foreach (var id in AccessKeyId)
        {
            if (Wants(id, "Delete access key"))
            {
                Send(new DeleteAccessKey(id), id, null);
            }
        }
    }
}
