using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes notification rules with all that was still to be delivered for them.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTNotificationRule", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTNotificationRuleCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NotificationRuleNameCompleter))]
    public string[] RuleName { get; set; } = null!;

    protected override string Identity => nameof(RuleName);

    protected override void ProcessRecord()
    {
        foreach (var name in RuleName)
        {
            if (Wants(name, "Delete notification rule"))
            {
                Send(new DeleteNotificationRule(name), name, null);
            }
        }
    }
}
