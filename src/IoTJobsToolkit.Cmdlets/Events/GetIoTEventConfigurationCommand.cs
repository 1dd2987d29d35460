using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Tells which families of events are published.</summary>
[Cmdlet(VerbsCommon.Get, "IoTEventConfiguration")]
[OutputType(typeof(DescribeEventConfigurationsResponse))]
public sealed class GetIoTEventConfigurationCommand : IoTJobsCmdlet
{
    protected override void ProcessRecord() => Send(new DescribeEventConfigurations(), "event configurations");
}
