using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Description and attributes of thing groups, static and dynamic ones.</summary>
public abstract class GroupPropertiesCmdlet : ChangingCmdlet
{
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [Alias("Description")]
    public string? ThingGroupProperties_ThingGroupDescription { get; set; }

    /// <summary>A record, or a hashtable with Attributes and Merge.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [AttributePayloadArgument]
    public AttributePayload? ThingGroupProperties_AttributePayload { get; set; }

    /// <summary>The attributes themselves; short for the payload.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public Hashtable? Attribute { get; set; }

    private protected ThingGroupProperties Properties(bool? merge = null) => new()
    {
        ThingGroupDescription = ThingGroupProperties_ThingGroupDescription,
        AttributePayload = AttributeArguments.Payload(this, Attribute, ThingGroupProperties_AttributePayload, merge),
    };
}

/// <summary>Changes of them; what is not given stays.</summary>
public abstract class GroupChangeCmdlet : GroupPropertiesCmdlet
{
    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExpectedVersion { get; set; }

    /// <summary>Adds the attributes given to the stored ones instead of replacing them.</summary>
    [Parameter]
    public SwitchParameter Merge { get; set; }

    private protected ThingGroupProperties Changes() =>
        Properties(MyInvocation.BoundParameters.ContainsKey(nameof(Merge)) ? Merge.IsPresent : null);
}
