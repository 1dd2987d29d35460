using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Creates thing groups whose members are the things that match a query, now and later.</summary>
[Cmdlet(VerbsCommon.New, "IoTDynamicThingGroup", SupportsShouldProcess = true)]
[OutputType(typeof(CreateDynamicThingGroupResponse))]
public sealed class NewIoTDynamicThingGroupCommand : GroupPropertiesCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("GroupName")]
    public string[] ThingGroupName { get; set; } = null!;

    /// <summary>Such as <c>attributes.site:eu* AND thingTypeName:lamp</c>.</summary>
    [Parameter(Mandatory = true, ValueFromPipelineByPropertyName = true)]
    public string QueryString { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? IndexName { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? QueryVersion { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Tags")]
    [TagArgument]
    public Tag[]? Tag { get; set; }

    protected override string Identity => nameof(ThingGroupName);

    protected override void ProcessRecord()
    {
        foreach (var name in ThingGroupName)
        {
            if (Wants(name, $"Create dynamic thing group of {QueryString}"))
            {
                Send(Create(name), name, settle: () => SettleGroup(name));
            }
        }
    }

    private CreateDynamicThingGroup Create(string name) => new(name, QueryString)
    {
        ThingGroupProperties = Properties(),
        IndexName = IndexName,
        QueryVersion = QueryVersion,
        Tags = Tag,
    };
}
