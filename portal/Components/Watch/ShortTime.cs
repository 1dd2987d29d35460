using IoTJobsToolkit.Portal.Components.Viewing;

namespace IoTJobsToolkit.Portal.Components.Watch;

/// <summary>A time to come in as few characters as tell it: the day only where it is not today.</summary>
public static class ShortTime
{
    public static string Format(DateTimeOffset at, DateTimeOffset now, Viewer viewer)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        var days = (TimeZoneInfo.ConvertTime(at, viewer.Zone).Date - TimeZoneInfo.ConvertTime(now, viewer.Zone).Date).Days;
        return days switch
        {
            0 => "HH:mm",
            > 0 and < 7 => "ddd HH:mm",
            _ => "yyyy-MM-dd HH:mm",
        };
    }
}
