using System.Globalization;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>
/// Takes an instant of the past in any way one may say it: a date and time, an age as a time span, or an age as a number of days.
/// Text is read the same way: <c>90</c>, <c>1.12:00:00</c>, <c>2026-10-01</c>. A time without a zone is local.
/// </summary>
[AttributeUsage(AttributeTargets.Property)]
public sealed class PastArgumentAttribute : ArgumentTransformationAttribute
{
    public override object Transform(EngineIntrinsics engineIntrinsics, object inputData)
    {
        var given = inputData is PSObject wrapped ? wrapped.BaseObject : inputData;
        try
        {
            return given switch
            {
                DateTimeOffset instant => instant,
                DateTime time => new DateTimeOffset(time),
                TimeSpan age => Ago(age),
                string text => Read(text.Trim()),
                byte or short or int or long or float or double or decimal => Ago(Days(given)),
                _ => throw Refuse(given),
            };
        }
        catch (Exception exception) when (exception is OverflowException or ArgumentException)
        {
            throw Refuse(given);
        }
    }

    private static DateTimeOffset Read(string text)
    {
        var culture = CultureInfo.InvariantCulture;
        if (double.TryParse(text, NumberStyles.Float, culture, out var days))
        {
            return Ago(Days(days));
        }
        if (TimeSpan.TryParse(text, culture, out var age))
        {
            return Ago(age);
        }
        return DateTimeOffset.TryParse(text, culture, DateTimeStyles.AssumeLocal, out var instant) ? instant : throw Refuse(text);
    }

    private static TimeSpan Days(object number) => TimeSpan.FromDays(Convert.ToDouble(number, CultureInfo.InvariantCulture));

    /// <summary>Whole milliseconds, as the engine counts them, so that an age of nothing does not lie in its future.</summary>
    private static DateTimeOffset Ago(TimeSpan age)
    {
        if (age < TimeSpan.Zero)
        {
            throw Refuse(age);
        }
        var instant = ConnectedTime.Now() - age;
        return instant.AddTicks(-(instant.UtcTicks % TimeSpan.TicksPerMillisecond));
    }

    private static ArgumentTransformationMetadataException Refuse(object? given) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"'{given}' says no instant of the past. Give a date, as in '2026-10-01'; or an age: a number of days, as in 90, or a time span, as in '12:00:00'."));
}
