using System.Collections;
using System.Globalization;
using System.Management.Automation;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>
/// Takes a maintenance window as a short text too: its cron expression and the minutes it lasts. Records, hashtables and objects are
/// left to the shell's own conversion, which refuses members that a window does not have.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed partial class MaintenanceWindowArgumentAttribute : ArgumentTransformationAttribute
{
    public override object? Transform(EngineIntrinsics engineIntrinsics, object inputData) => Unwrap(inputData) switch
    {
        string text => Read(text),
        IList windows => windows.Cast<object?>().Select(window => Unwrap(window) is string text ? Read(text) : window).ToArray(),
        _ => inputData,
    };

    private static object? Unwrap(object? value) => value is PSObject wrapped && wrapped.BaseObject is string or IList ? wrapped.BaseObject : value;

    private static MaintenanceWindow Read(string text) =>
        Short().Match(text) is { Success: true } window &&
        int.TryParse(window.Groups["minutes"].ValueSpan, NumberStyles.None, CultureInfo.InvariantCulture, out var minutes)
            ? new() { StartTime = "cron" + window.Groups["fields"].Value, DurationInMinutes = minutes }
            : throw new ArgumentTransformationMetadataException(
                $"'{text}' is no maintenance window. Give when it opens (UTC) and the minutes it lasts, as in 'cron(0 22 * * ? *) 120' " +
                "or @{ StartTime = 'cron(0 22 * * ? *)'; DurationInMinutes = 120 }.");

    [GeneratedRegex(@"^\s*cron(?<fields>\(.*\))\s+(?<minutes>[0-9]+)\s*$", RegexOptions.IgnoreCase | RegexOptions.CultureInvariant)]
    private static partial Regex Short();
}
