using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists things by name, filtered by attribute or type.</summary>
[Cmdlet(VerbsCommon.Get, "IoTThingList")]
[OutputType(typeof(ThingAttribute))]
public sealed class GetIoTThingListCommand : ListingCmdlet
{
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AttributeNameCompleter))]
    public string? AttributeName { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(AttributeValueCompleter))]
    public string? AttributeValue { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingTypeNameCompleter))]
    public string? ThingTypeName { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? UsePrefixAttributeValue { get; set; }

    protected override void ProcessRecord() => List(
        "things",
        nameof(ListThingsResponse.Things),
        token => new ListThings
        {
            AttributeName = AttributeName,
            AttributeValue = AttributeValue,
            ThingTypeName = ThingTypeName,
            UsePrefixAttributeValue = UsePrefixAttributeValue,
            MaxResults = MaxResult,
            NextToken = token,
        },
        response => response.NextToken);
}
