using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>Takes an instant of the future as a time span too: so long from now, rounded up to a full minute.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class FromNowArgumentAttribute : ArgumentTransformationAttribute
{
    /// <summary>For the way to the service and its clock: what is half an hour away must not be less when it arrives.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(10);

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) =>
        ShellValue.Unwrap(inputData) is TimeSpan span ? FromNow(span) : inputData;

    private static DateTimeOffset FromNow(TimeSpan span)
    {
        if (span <= TimeSpan.Zero)
        {
            throw new ArgumentTransformationMetadataException($"A time span counts from now: {span} is not in the future.");
        }
        var now = ConnectedTime.Now();
        if (span > DateTimeOffset.MaxValue - now - TimeSpan.FromHours(1))
        {
            throw new ArgumentTransformationMetadataException($"{span} from now is no date any more.");
        }
        var instant = now + span + Grace;
        var over = instant.Ticks % TimeSpan.TicksPerMinute;
        return over == 0 ? instant : instant.AddTicks(TimeSpan.TicksPerMinute - over);
    }
}
