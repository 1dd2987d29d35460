using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Finds things by a dynamic group's query, by the beginning of their names, or by both.</summary>
[Cmdlet(VerbsCommon.Find, "IoTThing")]
[OutputType(typeof(FoundThing))]
public sealed class FindIoTThingCommand : ListingCmdlet
{
    /// <summary>What things are to match, such as 'attributes.firmware&lt;7 AND connectivity.connected:true'; every thing where none is given.</summary>
    [Parameter(Position = 0, ValueFromPipelineByPropertyName = true)]
    [ValidateNotNullOrEmpty]
    public string? QueryString { get; set; }

    /// <summary>How names begin, with case: the quickest way to a few of very many.</summary>
    [Parameter(ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [ValidateNotNullOrEmpty]
    public string? ThingNamePrefix { get; set; }

    protected override void ProcessRecord() => List(
        QueryString ?? ThingNamePrefix ?? "things",
        nameof(SearchThingsResponse.Things),
        token => new SearchThings { QueryString = QueryString, ThingNamePrefix = ThingNamePrefix, MaxResults = MaxResult, NextToken = token },
        response => response.NextToken);
}
