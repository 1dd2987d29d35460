using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Creates static thing groups, under a parent which they keep for life.</summary>
[Cmdlet(VerbsCommon.New, "IoTThingGroup", SupportsShouldProcess = true)]
[OutputType(typeof(CreateThingGroupResponse))]
public sealed class NewIoTThingGroupCommand : GroupPropertiesCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    public string[] ThingGroupName { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    public string? ParentGroupName { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Tags")]
    [TagArgument]
    public Tag[]? Tag { get; set; }

    protected override string Identity => nameof(ThingGroupName);

    protected override void ProcessRecord()
    {
        foreach (var name in ThingGroupName)
        {
            if (Wants(name, "Create thing group"))
            {
                Send(Create(name), name);
            }
        }
    }

    private CreateThingGroup Create(string name) => new(name)
    {
        ParentGroupName = ParentGroupName,
        ThingGroupProperties = Properties(),
        Tags = Tag,
    };
}
