using System.Globalization;

namespace IoTJobsToolkit.Portal.Components.Times;

/// <summary>How long ago, in one unit; the day in the viewer's zone where that is long.</summary>
public static class RelativeTime
{
    public static string Text(DateTimeOffset at, DateTimeOffset now, TimeZoneInfo zone)
    {
        var passed = now - at;
        return passed.TotalSeconds switch
        {
            < 5 => "just now",
            < 60 => $"{passed.Seconds} s ago",
            < 3600 => $"{passed.Minutes} min ago",
            < 86400 => $"{passed.Hours} h ago",
            < 30 * 86400 => $"{passed.Days} d ago",
            _ => TimeZoneInfo.ConvertTime(at, zone).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
        };
    }
}
