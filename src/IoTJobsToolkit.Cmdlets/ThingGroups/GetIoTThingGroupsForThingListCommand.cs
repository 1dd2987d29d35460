using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the groups which a thing is a direct member of.</summary>
[Cmdlet(VerbsCommon.Get, "IoTThingGroupsForThingList")]
[OutputType(typeof(GroupNameAndArn))]
public sealed class GetIoTThingGroupsForThingListCommand : ListingCmdlet
{
    /// <summary>Names, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[] ThingName { get; set; } = null!;

    protected override void ProcessRecord()
    {
        foreach (var (name, _) in ThingNames(ThingName))
        {
            List(
                name,
                nameof(ListThingGroupsForThingResponse.ThingGroups),
                token => new ListThingGroupsForThing(name) { MaxResults = MaxResult, NextToken = token },
                response => response.NextToken);
        }
    }
}
