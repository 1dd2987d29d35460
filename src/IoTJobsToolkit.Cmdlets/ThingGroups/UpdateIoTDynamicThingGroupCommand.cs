using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Changes query, description and attributes of dynamic thing groups, and writes their new version.</summary>
[Cmdlet(VerbsData.Update, "IoTDynamicThingGroup", SupportsShouldProcess = true)]
[OutputType(typeof(long), typeof(string))]
public sealed class UpdateIoTDynamicThingGroupCommand : GroupChangeCmdlet
{
    /// <summary>Names, or wildcards over those of dynamic groups.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    [SupportsWildcards]
    public string[] ThingGroupName { get; set; } = null!;

    /// <summary>With another query the group is REBUILDING until all things have been looked at.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? QueryString { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? IndexName { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? QueryVersion { get; set; }

    protected override string Identity => nameof(ThingGroupName);

    protected override void ProcessRecord()
    {
        var changes = Changes();
        foreach (var (name, _) in GroupNames(ThingGroupName, areDynamic: true))
        {
            if (Wants(name, "Update dynamic thing group"))
            {
                Send(Update(name, changes), name, nameof(UpdateDynamicThingGroupResponse.Version), () => SettleGroup(name));
            }
        }
    }

    private UpdateDynamicThingGroup Update(string name, ThingGroupProperties changes) => new(name, changes)
    {
        ExpectedVersion = ExpectedVersion,
        QueryString = QueryString,
        IndexName = IndexName,
        QueryVersion = QueryVersion,
    };
}
