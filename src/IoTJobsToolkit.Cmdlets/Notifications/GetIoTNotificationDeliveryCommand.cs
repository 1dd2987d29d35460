using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists what notification rules have not delivered yet, and dead letters, oldest first.</summary>
[Cmdlet(VerbsCommon.Get, "IoTNotificationDelivery")]
[OutputType(typeof(NotificationDeliverySummary))]
public sealed class GetIoTNotificationDeliveryCommand : ListingCmdlet
{
    /// <summary>Of one rule alone.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(NotificationRuleNameCompleter))]
    public string? RuleName { get; set; }

    /// <summary>WAITING will be tried again, DEAD was given up.</summary>
    [Parameter]
    public NotificationDeliveryStatus? Status { get; set; }

    protected override void ProcessRecord() => List(
        RuleName ?? "deliveries",
        nameof(ListNotificationDeliveriesResponse.Deliveries),
        token => new ListNotificationDeliveries { RuleName = RuleName, Status = Status, MaxResults = MaxResult, NextToken = token },
        response => response.NextToken);
}
