namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>How far back a list looks.</summary>
public enum JobsPeriod
{
    Any,
    Hour,

    /// <summary>From the viewer's midnight on.</summary>
    Today,
    Day,
    Week,
    Month,
}

public static class JobsPeriods
{
    public static string Words(this JobsPeriod period) => period switch
    {
        JobsPeriod.Hour => "in the last hour",
        JobsPeriod.Today => "today",
        JobsPeriod.Day => "in the last 24 hours",
        JobsPeriod.Week => "in the last 7 days",
        JobsPeriod.Month => "in the last 30 days",
        _ => "at any time",
    };

    /// <summary>Where it begins; null for none.</summary>
    public static DateTimeOffset? From(this JobsPeriod period, DateTimeOffset now, TimeZoneInfo zone) => period switch
    {
        JobsPeriod.Hour => now.AddHours(-1),
        JobsPeriod.Today => Midnight(TimeZoneInfo.ConvertTime(now, zone).Date, zone),
        JobsPeriod.Day => now.AddDays(-1),
        JobsPeriod.Week => now.AddDays(-7),
        JobsPeriod.Month => now.AddDays(-30),
        _ => null,
    };

    /// <summary>The first instant of a day; where clocks skip midnight, it is an hour later.</summary>
    private static DateTimeOffset Midnight(DateTime day, TimeZoneInfo zone)
    {
        var first = zone.IsInvalidTime(day) ? day.AddHours(1) : day;
        return new(first, zone.IsAmbiguousTime(first) ? zone.GetAmbiguousTimeOffsets(first).Max() : zone.GetUtcOffset(first));
    }
}
