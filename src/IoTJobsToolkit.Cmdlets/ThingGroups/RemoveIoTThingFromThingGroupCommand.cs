using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Removes things from a thing group; one which is no member is a success as well.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTThingFromThingGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTThingFromThingGroupCommand : MembershipCmdlet
{
    private protected override string Action => $"Remove from thing group {Group}";

    private protected override void Send(string thing) => SendAhead(Remove(), thing);

    private RemoveThingFromThingGroup Remove() => new()
    {
        ThingName = ThingName,
        ThingArn = ThingArn,
        ThingGroupName = ThingGroupName,
        ThingGroupArn = ThingGroupArn,
    };
}
