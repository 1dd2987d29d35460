using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Describes thing groups.</summary>
[Cmdlet(VerbsCommon.Get, "IoTThingGroup")]
[OutputType(typeof(DescribeThingGroupResponse))]
public sealed class GetIoTThingGroupCommand : IoTJobsCmdlet
{
    /// <summary>Names, or wildcards over them; all groups where none is given.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] ThingGroupName { get; set; } = ["*"];

    protected override void ProcessRecord() => Describe(GroupNames(ThingGroupName), name => new DescribeThingGroup(name));
}
