using System.Globalization;

namespace IoTJobsToolkit.Cmdlets.Views;

/// <summary>Times and durations as people read them: views show local time, objects keep UTC.</summary>
public static class Times
{
    /// <param name="at">A time, or seconds since 1970; empty where there is none.</param>
    public static string Minute(object? at) => Local(at, "yyyy-MM-dd HH:mm");

    /// <param name="at">A time, or seconds since 1970; empty where there is none.</param>
    public static string Second(object? at) => Local(at, "yyyy-MM-dd HH:mm:ss");

    /// <summary>The same with the distance to UTC.</summary>
    public static string Zoned(object? at) => Local(at, "yyyy-MM-dd HH:mm:ss zzz");

    public static string OfSeconds(long? seconds) => seconds is { } given ? Length(TimeSpan.FromSeconds(given)) : "";

    public static string OfMinutes(long? minutes) => minutes is { } given ? Length(TimeSpan.FromMinutes(given)) : "";

    /// <summary>How long something took that began and ended; empty where it did not.</summary>
    public static string Between(DateTimeOffset? began, DateTimeOffset? ended) => began is { } from && ended is { } to && to >= from ? Length(to - from) : "";

    /// <summary>The two largest units, as in <c>1 h 30 min</c>.</summary>
    private static string Length(TimeSpan time)
    {
        (long Count, string Unit)[] parts = [(time.Days, "d"), (time.Hours, "h"), (time.Minutes, "min"), (time.Seconds, "s")];
        var shown = parts.SkipWhile(part => part.Count == 0).Take(2).Where(part => part.Count > 0)
            .Select(part => string.Create(CultureInfo.InvariantCulture, $"{part.Count} {part.Unit}")).ToList();
        return shown.Count > 0 ? string.Join(' ', shown) : "0 s";
    }

    private static string Local(object? at, string format) => (at switch
    {
        DateTimeOffset time => time,
        long seconds => DateTimeOffset.FromUnixTimeSeconds(seconds),
        _ => default(DateTimeOffset?),
    })?.ToLocalTime().ToString(format, CultureInfo.InvariantCulture) ?? "";
}
