using System.Globalization;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Arguments;

public enum DurationUnit
{
    Seconds,
    Minutes,
}

/// <summary>Takes a duration as a time span too, or as text of one (<c>01:30:00</c>), where a number of whole minutes or seconds is wanted.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class DurationArgumentAttribute(DurationUnit unit) : ArgumentTransformationAttribute
{
    public DurationUnit Unit { get; } = unit;

    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => ShellValue.Unwrap(inputData) switch
    {
        TimeSpan span => Count(span),
        string text when text.Contains(':', StringComparison.Ordinal) && TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) => Count(span),
        _ => inputData,
    };

    private long Count(TimeSpan span)
    {
        var one = Unit == DurationUnit.Minutes ? TimeSpan.TicksPerMinute : TimeSpan.TicksPerSecond;
        return span.Ticks % one == 0
            ? span.Ticks / one
            : throw new ArgumentTransformationMetadataException($"{span} is no whole number of {(Unit == DurationUnit.Minutes ? "minutes" : "seconds")}.");
    }
}
