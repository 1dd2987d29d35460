using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Has deliveries tried now; dead letters are given all tries anew.</summary>
[Cmdlet(VerbsLifecycle.Restart, "IoTNotificationDelivery", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class RestartIoTNotificationDeliveryCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(DeliveryIdCompleter))]
    public string[] DeliveryId { get; set; } = null!;

    protected override string Identity => nameof(DeliveryId);

    protected override void ProcessRecord()
    {
        foreach (var name in DeliveryId)
        {
            if (Wants(name, "Try delivery again"))
            {
                Send(new RetryNotificationDelivery(name), name, null);
            }
        }
    }
}
