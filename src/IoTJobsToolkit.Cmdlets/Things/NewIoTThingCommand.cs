using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Registers things.</summary>
[Cmdlet(VerbsCommon.New, "IoTThing", SupportsShouldProcess = true)]
[OutputType(typeof(CreateThingResponse))]
public sealed class NewIoTThingCommand : ChangingCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    public string[] ThingName { get; set; } = null!;

    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingTypeNameCompleter))]
    public string? ThingTypeName { get; set; }

    /// <summary>A record, or a hashtable with Attributes and Merge.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AttributePayloadArgument]
    public AttributePayload? AttributePayload { get; set; }

    /// <summary>The attributes themselves; short for AttributePayload.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public Hashtable? Attribute { get; set; }

    /// <summary>As AWS has it; refused with ResourceNotFound here, where nothing bills.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public string? BillingGroupName { get; set; }

    protected override string Identity => nameof(ThingName);

    private AttributePayload? Payload => AttributeArguments.Payload(this, Attribute, AttributePayload);

    protected override void ProcessRecord()
    {
        foreach (var name in ThingName)
        {
            if (Wants(name, "Create thing"))
            {
                Send(Create(name), name);
            }
        }
    }

    private CreateThing Create(string name) => new(name)
    {
        ThingTypeName = ThingTypeName,
        AttributePayload = Payload,
        BillingGroupName = BillingGroupName,
    };
}
