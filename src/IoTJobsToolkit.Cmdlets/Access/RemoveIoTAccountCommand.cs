using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes accounts of the portal: whoever is signed in with them no longer is.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTAccount", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTAccountCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AccountNameCompleter))]
    public string[] AccountName { get; set; } = null!;

    protected override string Identity => nameof(AccountName);

    protected override void ProcessRecord()
    {
        foreach (var name in AccountName)
        {
            if (Wants(name, "Delete account"))
            {
                Send(new DeleteAccount(name), name, null);
            }
        }
    }
}
