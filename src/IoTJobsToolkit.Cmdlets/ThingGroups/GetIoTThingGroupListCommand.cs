using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists thing groups by name.</summary>
[Cmdlet(VerbsCommon.Get, "IoTThingGroupList")]
[Alias("Get-IOTThingGroupsList")]
[OutputType(typeof(GroupNameAndArn))]
public sealed class GetIoTThingGroupListCommand : ListingCmdlet
{
    /// <summary>Only the groups directly below this one.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("ThingGroupName", "GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    public string? ParentGroup { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    public string? NamePrefixFilter { get; set; }

    /// <summary>All groups below -ParentGroup.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? Recursive { get; set; }

    protected override void ProcessRecord() => List(
        ParentGroup ?? "thing groups",
        nameof(ListThingGroupsResponse.ThingGroups),
        token => new ListThingGroups
        {
            ParentGroup = ParentGroup,
            NamePrefixFilter = NamePrefixFilter,
            Recursive = Recursive,
            MaxResults = MaxResult,
            NextToken = token,
        },
        response => response.NextToken);
}
