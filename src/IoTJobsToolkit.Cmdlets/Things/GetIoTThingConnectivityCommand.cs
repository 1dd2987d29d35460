using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Tells whether things are connected, and since when.</summary>
[Cmdlet(VerbsCommon.Get, "IoTThingConnectivity")]
[OutputType(typeof(DescribeThingConnectivityResponse))]
public sealed class GetIoTThingConnectivityCommand : IoTJobsCmdlet
{
    /// <summary>Names, or wildcards over them.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[] ThingName { get; set; } = null!;

    protected override void ProcessRecord()
    {
        foreach (var (name, _) in ThingNames(ThingName))
        {
            Send(new DescribeThingConnectivity(name), name);
        }
    }
}
