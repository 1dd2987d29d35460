using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes thing groups without children; their members only lose the membership.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTThingGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTThingGroupCommand : GroupRemovalCmdlet
{
    protected override string Action => "Delete thing group";

    protected override bool AreDynamic => false;

    protected override void Delete(string name) => Send(new DeleteThingGroup(name) { ExpectedVersion = ExpectedVersion }, name, null);
}
