using System.Collections;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Switches families of events on or off; those which are not named stay as they are.</summary>
[Cmdlet(VerbsData.Update, "IoTEventConfiguration", SupportsShouldProcess = true)]
[OutputType(typeof(Hashtable))]
public sealed class UpdateIoTEventConfigurationCommand : ChangingCmdlet
{
    /// <summary>By family: <c>@{ JOB = @{ Enabled = $true } }</c>, or short <c>@{ JOB = $true }</c>.</summary>
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [Alias("EventConfigurations")]
    [ArgumentCompleter(typeof(EventConfigurationCompleter))]
    [EventConfigurationArgument]
    public Hashtable? EventConfiguration { get; set; }

    protected override string Identity => nameof(EventConfiguration);

    protected override void ProcessRecord()
    {
        var families = EventConfiguration?.Cast<DictionaryEntry>()
            .ToDictionary(entry => (string)entry.Key, entry => (EventConfiguration?)entry.Value, StringComparer.Ordinal);
        var names = string.Join(", ", families?.Keys.Order(StringComparer.Ordinal) ?? Enumerable.Empty<string>());
        if (Wants(names, "Switch event families"))
        {
            Send(new UpdateEventConfigurations { EventConfigurations = families }, names, null);
        }
    }
}
