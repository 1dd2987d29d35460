using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Removes deliveries that have not arrived, such as dead letters.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTNotificationDelivery", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTNotificationDeliveryCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeliveryIdCompleter))]
    public string[] DeliveryId { get; set; } = null!;

    protected override string Identity => nameof(DeliveryId);

    protected override void ProcessRecord()
    {
        foreach (var name in DeliveryId)
        {
            if (Wants(name, "Remove delivery"))
            {
                Send(new DeleteNotificationDelivery(name), name, null);
            }
        }
    }
}
