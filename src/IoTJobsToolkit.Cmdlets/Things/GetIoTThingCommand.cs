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

    /// <summary>The members of these groups and of all groups below them.</summary>
    [Parameter(ParameterSetName = "Group", Mandatory = true, ValueFromPipelineByPropertyName = true)]
    [Alias("ThingGroupName", "GroupName")]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    public string[] Group { get; set; } = null!;

    protected override void ProcessRecord()
    {
        if (ParameterSetName == "Group")
        {
            DescribeListed(Group.SelectMany(Members));
            return;
        }
        foreach (var name in ThingName)
        {
            if (WildcardPattern.ContainsWildcardCharacters(name))
            {
                DescribeListed(Matching(name));
            }
            else
            {
                Send(new DescribeThing(name), name);
            }
        }
    }

    private IEnumerable<string> Members(string group) => Every(
        group,
        token => new ListThingsInThingGroup(group) { Recursive = true, NextToken = token },
        response => (response.Things, response.NextToken));

    private IEnumerable<string> Matching(string pattern)
    {
        var wanted = new WildcardPattern(pattern, WildcardOptions.IgnoreCase);
        return Every(pattern, token => new ListThings { NextToken = token }, response => (response.Things, response.NextToken))
            .Select(thing => thing.ThingName).Where(wanted.IsMatch);
    }

    private void DescribeListed(IEnumerable<string> names)
    {
        foreach (var name in names)
        {
            if (Find(new DescribeThing(name), name) is { } thing)
            {
                Write(thing, name, Selection.Whole);
            }
        }
    }
}
