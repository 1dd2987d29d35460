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

    protected override void ProcessRecord()
    {
        foreach (var name in ThingGroupName)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                DescribeMatching(name);
            }
            else
            {
                Send(new DescribeThingGroup(name), name);
            }
        }
    }

    private void DescribeMatching(string pattern)
    {
        var wanted = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
        foreach (var group in Every(pattern, token => new ListThingGroups { NextToken = token }, response => (response.ThingGroups, response.NextToken)))
        {
            if (wanted.IsMatch(group.GroupName) && Find(new DescribeThingGroup(group.GroupName), group.GroupName) is { } described)
            {
                Write(described, group.GroupName, Selection.Whole);
            }
        }
    }
}
