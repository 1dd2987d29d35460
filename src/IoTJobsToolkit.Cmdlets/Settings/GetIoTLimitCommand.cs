using System.Management.Automation;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Lists the quotas which hold, with how much of them is used now.</summary>
[Cmdlet(VerbsCommon.Get, "IoTLimit")]
[OutputType(typeof(LimitUse))]
public sealed class GetIoTLimitCommand : IoTJobsCmdlet
{
    protected override void ProcessRecord() => Send(new DescribeLimits(), "limits", nameof(DescribeLimitsResponse.Limits));
}
