using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Tells whether things are connected, and since when.</summary>
[Cmdlet(VerbsCommon.Get, "IoTThingConnectivity")]
[OutputType(typeof(DescribeThingConnectivityResponse))]
public sealed class GetIoTThingConnectivityCommand : IoTJobsCmdlet
{
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    public string[] ThingName { get; set; } = null!;

    protected override void ProcessRecord()
    {
        foreach (var name in ThingName)
        {
            Send(new DescribeThingConnectivity(name), name);
        }
    }
}
