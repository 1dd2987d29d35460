using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Adds things to a thing group; a repeat is a success.</summary>
[Cmdlet(VerbsCommon.Add, "IoTThingToThingGroup", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class AddIoTThingToThingGroupCommand : MembershipCmdlet
{
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OverrideDynamicGroups")]
    public bool? OverrideDynamicGroup { get; set; }

    private protected override string Action => $"Add to thing group {Group}";

    private protected override void Send(string thing) => SendAhead(Add(), thing);

    private AddThingToThingGroup Add() => new()
    {
        ThingName = ThingName,
        ThingArn = ThingArn,
        ThingGroupName = ThingGroupName,
        ThingGroupArn = ThingGroupArn,
        OverrideDynamicGroups = OverrideDynamicGroup,
    };
}
