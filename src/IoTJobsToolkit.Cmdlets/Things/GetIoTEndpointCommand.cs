using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Writes the address for devices and clients: host and port, no scheme.</summary>
[Cmdlet(VerbsCommon.Get, "IoTEndpoint")]
[OutputType(typeof(string))]
public sealed class GetIoTEndpointCommand : IoTJobsCmdlet
{
    [Parameter(Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ValidateSet("iot:Data", "iot:Data-ATS", "iot:Jobs", IgnoreCase = false)]
    public string? EndpointType { get; set; }

    protected override void ProcessRecord() => Send(
        new DescribeEndpoint { EndpointType = EndpointType },
        EndpointType ?? "endpoint",
        nameof(DescribeEndpointResponse.EndpointAddress));
}
