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

    protected override void ProcessRecord()
    {
        if (Wants(Thing, $"Add to thing group {Group}"))
        {
            SendAhead(Add(), Thing);
        }
    }

    private AddThingToThingGroup Add() => new()
    {
        ThingName = ThingName,
        ThingArn = ThingArn,
        ThingGroupName = ThingGroupName,
        ThingGroupArn = ThingGroupArn,
        OverrideDynamicGroups = OverrideDynamicGroup,
    };
}
