using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Describes things: by name, or the members of a group.</summary>
[Cmdlet(VerbsCommon.Get, "IoTThing", DefaultParameterSetName = "Name")]
[OutputType(typeof(DescribeThingResponse))]
public sealed class GetIoTThingCommand : IoTJobsCmdlet
{
    /// <summary>Names, or wildcards over them; all things where none is given.</summary>
    [Parameter(ParameterSetName = "Name", Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] ThingName { get; set; } = ["*"];

    /// <summary>The members of these groups, named or by wildcards, and of all groups below them.</summary>
    [Parameter(ParameterSetName = "Group", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ThingGroupName", "GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    [SupportsWildcards]
    public string[] Group { get; set; } = null!;

    protected override void ProcessRecord() => Describe(
        ParameterSetName == "Group" ? GroupNames(Group).SelectMany(Members) : ThingNames(ThingName), name => new DescribeThing(name));

    private IEnumerable<MatchedName> Members(MatchedName group) => Every(
        group.Name,
        token => new ListThingsInThingGroup(group.Name) { Recursive = true, NextToken = token },
        page => (page.Things.Select(name => new MatchedName(name, IsListed: true)), page.NextToken));
}
