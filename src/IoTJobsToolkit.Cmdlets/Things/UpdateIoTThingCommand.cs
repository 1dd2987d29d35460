using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Changes attributes or type of things; an attribute with an empty value is removed.</summary>
[Cmdlet(VerbsData.Update, "IoTThing", SupportsShouldProcess = true)]
[OutputType(typeof(string))]
public sealed class UpdateIoTThingCommand : ChangingCmdlet
{
    /// <summary>Names, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
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

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public long? ExpectedVersion { get; set; }

    [Parameter(ValueFromPipelineByPropertyName = true)]
    public bool? RemoveThingType { get; set; }

    /// <summary>Adds -Attribute or -AttributePayload to the stored attributes instead of replacing them.</summary>
    [Parameter]
    public SwitchParameter Merge { get; set; }

    private bool _isTypeTyped;

    protected override string Identity => nameof(ThingName);

    /// <summary>A thing from the pipeline brings its type along, which is no wish to set it.</summary>
    private string? NewType => RemoveThingType == true && !_isTypeTyped ? null : ThingTypeName;

    private AttributePayload? Payload => AttributeArguments.Payload(
        this, Attribute, AttributePayload, MyInvocation.BoundParameters.ContainsKey(nameof(Merge)) ? Merge.IsPresent : null);

    protected override void BeginProcessing()
    {
        base.BeginProcessing();
        _isTypeTyped = MyInvocation.BoundParameters.ContainsKey(nameof(ThingTypeName));
    }

    protected override void ProcessRecord()
    {
        var payload = Payload;
        foreach (var (name, _) in ThingNames(ThingName))
        {
            if (Wants(name, "Update thing"))
            {
                Send(Update(name, payload), name, null);
            }
        }
    }

    private UpdateThing Update(string name, AttributePayload? payload) => new(name)
    {
        ThingTypeName = NewType,
        AttributePayload = payload,
        ExpectedVersion = ExpectedVersion,
        RemoveThingType = RemoveThingType,
    };
}
