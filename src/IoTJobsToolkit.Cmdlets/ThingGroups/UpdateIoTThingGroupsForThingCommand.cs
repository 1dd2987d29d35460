using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Moves things between static thing groups, each in one step: out of some, into others, or not at all.</summary>
[Cmdlet(VerbsData.Update, "IoTThingGroupsForThing", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class UpdateIoTThingGroupsForThingCommand : ChangingCmdlet
{
    /// <summary>Names, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[] ThingName { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Add")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    public string[]? ThingGroupsToAdd { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Remove")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    public string[]? ThingGroupsToRemove { get; set; }

    /// <summary>At the limit of groups the newest dynamic membership gives way.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("OverrideDynamicGroups")]
    public bool? OverrideDynamicGroup { get; set; }

    protected override string Identity => nameof(ThingName);

    private string Action => $"Remove from thing groups ({Names(ThingGroupsToRemove)}), add to ({Names(ThingGroupsToAdd)})";

    protected override void ProcessRecord()
    {
        foreach (var (name, _) in ThingNames(ThingName))
        {
            if (Wants(name, Action))
            {
                Send(Update(name), name, null);
            }
        }
    }

    private static string Names(string[]? groups) => groups is { Length: > 0 } ? string.Join(", ", groups) : "none";

    private UpdateThingGroupsForThing Update(string name) => new()
    {
        ThingName = name,
        ThingGroupsToAdd = ThingGroupsToAdd,
        ThingGroupsToRemove = ThingGroupsToRemove,
        OverrideDynamicGroups = OverrideDynamicGroup,
    };
}
