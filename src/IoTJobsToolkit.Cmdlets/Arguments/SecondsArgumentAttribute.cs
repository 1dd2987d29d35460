using System.Globalization;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>Takes a length of time as a time span, or as a number of seconds: <c>90</c>, <c>1.5</c>, <c>'00:01:30'</c>.</summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class SecondsArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            var time = given switch
            {
                TimeSpan span => span,
                string text => Read(text.Trim()),
                byte or short or int or long or float or double or decimal => Seconds(given),
                _ => null,
            };
            return time >= TimeSpan.Zero ? time : throw Refuse(given);
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException)
        {
            throw Refuse(given);
        }
    }

    private static TimeSpan? Read(string text)
    {
        if (double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var seconds))
        {
            return Seconds(seconds);
        }
        return TimeSpan.TryParse(text, CultureInfo.InvariantCulture, out var span) ? span : null;
    }

    private static TimeSpan Seconds(object number) => TimeSpan.FromSeconds(Convert.ToDouble(number, CultureInfo.InvariantCulture));

    private static ArgumentTransformationMetadataException Refuse(object? given) => new(string.Create(
        CultureInfo.InvariantCulture, $"'{given}' is no length of time. Give a number of seconds, as in 90, or a time span, as in '00:01:30'."));
}
