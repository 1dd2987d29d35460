using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes dynamic thing groups; CONTINUOUS jobs which target them see their things leave.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTDynamicThingGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTDynamicThingGroupCommand : GroupRemovalCmdlet
{
    protected override string Action => "Delete dynamic thing group";

    protected override bool AreDynamic => true;

    protected override void Delete(string name) => Send(new DeleteDynamicThingGroup(name) { ExpectedVersion = ExpectedVersion }, name, null);
}
