using System.Management.Automation;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>A finished job has two names: AWS's COMPLETED and the older SUCCEEDED (C-2 of the behaviour reference).</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class JobStatusArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        string.Equals(inputData?.ToString(), "SUCCEEDED", StringComparison.OrdinalIgnoreCase) ? JobStatus.COMPLETED : inputData!;
}
