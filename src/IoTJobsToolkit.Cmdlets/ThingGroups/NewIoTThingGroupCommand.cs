using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Creates static thing groups, under a parent which they keep for life.</summary>
[Cmdlet(VerbsCommon.New, "IoTThingGroup", SupportsShouldProcess = true)]
[OutputType(typeof(CreateThingGroupResponse))]
public sealed class NewIoTThingGroupCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    public string[] ThingGroupName { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingGroupNameCompleter))]
    public string? ParentGroupName { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Description")]
    public string? ThingGroupProperties_ThingGroupDescription { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AttributePayloadArgument]
    public AttributePayload? ThingGroupProperties_AttributePayload { get; set; }

    /// <summary>The attributes themselves; short for the payload.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public Hashtable? Attribute { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Tags")]
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
        ThingGroupProperties = new()
        {
            ThingGroupDescription = ThingGroupProperties_ThingGroupDescription,
            AttributePayload = AttributeArguments.Payload(this, Attribute, ThingGroupProperties_AttributePayload),
        },
        Tags = Tag,
    };
}
