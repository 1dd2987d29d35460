using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the names of a group's things.</summary>
[Cmdlet(VerbsCommon.Get, "IoTThingsInThingGroupList")]
[OutputType(typeof(string))]
public sealed class GetIoTThingsInThingGroupListCommand : ListingCmdlet
{
    /// <summary>Names, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    [SupportsWildcards]
    public string[] ThingGroupName { get; set; } = null!;

    /// <summary>The members of all groups below too.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? Recursive { get; set; }

    protected override void ProcessRecord()
    {
        foreach (var (name, _) in GroupNames(ThingGroupName))
        {
            List(
                name,
                nameof(ListThingsInThingGroupResponse.Things),
                token => new ListThingsInThingGroup(name) { Recursive = Recursive, MaxResults = MaxResult, NextToken = token },
                response => response.NextToken);
        }
    }

    /// <summary>A name which other cmdlets take for what it is: a thing's.</summary>
    protected override object Dress(object item)
    {
        if (item is not string name)
        {
            return item;
        }
        var dressed = new PSObject(name);
        dressed.Properties.Add(new PSNoteProperty("ThingName", name));
        return dressed;
    }
}
