using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Tells how long ended jobs are kept, who says so, and what goes next.</summary>
[Cmdlet(VerbsCommon.Get, "IoTRetention")]
[OutputType(typeof(DescribeRetentionResponse))]
public sealed class GetIoTRetentionCommand : IoTJobsCmdlet
{
    protected override void ProcessRecord() => Send(new DescribeRetention(), "retention");
}
