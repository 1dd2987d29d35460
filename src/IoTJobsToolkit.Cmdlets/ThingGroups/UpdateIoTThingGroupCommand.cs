using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Changes description and attributes of static thing groups, and writes their new version.</summary>
[Cmdlet(VerbsData.Update, "IoTThingGroup", SupportsShouldProcess = true)]
[OutputType(typeof(long), typeof(string))]
public sealed class UpdateIoTThingGroupCommand : GroupChangeCmdlet
{
    /// <summary>Names, or wildcards over those of static groups.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    [SupportsWildcards]
    public string[] ThingGroupName { get; set; } = null!;

    protected override string Identity => nameof(ThingGroupName);

    protected override void ProcessRecord()
    {
        var changes = Changes();
        foreach (var (name, _) in GroupNames(ThingGroupName, areDynamic: false))
        {
            if (Wants(name, "Update thing group"))
            {
                Send(new UpdateThingGroup(name, changes) { ExpectedVersion = ExpectedVersion }, name, nameof(UpdateThingGroupResponse.Version));
            }
        }
    }
}
