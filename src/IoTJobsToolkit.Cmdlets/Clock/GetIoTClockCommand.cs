using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Tells the time by which jobs go, how the clock goes, and when something happens next by itself.</summary>
[Cmdlet(VerbsCommon.Get, "IoTClock")]
[OutputType(typeof(DescribeClockResponse))]
public sealed class GetIoTClockCommand : IoTJobsCmdlet
{
    protected override void ProcessRecord() => Send(new DescribeClock(), "clock");
}
