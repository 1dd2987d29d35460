using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Deletes dynamic thing groups; CONTINUOUS jobs which target them see their things leave.</summary>
[Cmdlet(VerbsCommon.Remove, "IoTDynamicThingGroup", SupportsShouldProcess = true, ConfirmImpact = ConfirmImpact.High)]
[OutputType(typeof(string))]
public sealed class RemoveIoTDynamicThingGroupCommand : ChangingCmdlet
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
            if (Wants(name, "Delete dynamic thing group"))
            {
                Send(new DeleteDynamicThingGroup(name) { ExpectedVersion = ExpectedVersion }, name, null);
            }
        }
    }
}
