using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes thing groups without children; their members only lose the membership.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTThingGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTThingGroupCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    public string[] ThingGroupName { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExpectedVersion { get; set; }

    protected override string Identity => nameof(ThingGroupName);

    protected override void ProcessRecord()
    {
        foreach (var name in ThingGroupName)
        {
            if (Wants(name, "Delete thing group"))
            {
                Send(new DeleteThingGroup(name) { ExpectedVersion = ExpectedVersion }, name, null);
            }
        }
    }
}
