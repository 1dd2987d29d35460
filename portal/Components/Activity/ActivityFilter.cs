using System.Globalization;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Portal.Components.Activity;

/// <summary>A stretch of time that ends now.</summary>
public enum ActivityPeriod
{
    Hour,
    Day,
    Week,
}

/// <summary>What of the activity somebody looks at; in the address of the page and of its export alike.</summary>
/// <param name="FirstDay">In the viewer's zone; gives way to <paramref name="Last"/>.</param>
/// <param name="LastDay">In the viewer's zone, with all of that day; gives way to <paramref name="Last"/>.</param>
public sealed record ActivityFilter(
    string? Text = null,
    string? By = null,
    CallOrigin? Origin = null,
    ActivityPeriod? Last = null,
    DateOnly? FirstDay = null,
    DateOnly? LastDay = null)
{
    private const string Day = "yyyy-MM-dd";
    private const int MaxText = 256;

    public bool IsEmpty => this == new ActivityFilter();

    /// <summary>Reads an address; what cannot be meant is passed over.</summary>
    /// <param name="value">The value of a parameter; null where it is absent.</param>
    public static ActivityFilter Of(Func<string, string?> value) => new(
        Trimmed(value("text")), Trimmed(value("by")), Word<CallOrigin>(value("origin")), Word<ActivityPeriod>(value("last")), DayOf(value("from")), DayOf(value("until")));

    /// <summary>The parameters of an address, those that say nothing as null.</summary>
    public IReadOnlyDictionary<string, object?> Query() => new Dictionary<string, object?>
    {
        ["text"] = Text,
        ["by"] = By,
        ["origin"] = Origin?.ToString().ToLowerInvariant(),
        ["last"] = Last?.ToString().ToLowerInvariant(),
        ["from"] = Last is null ? FirstDay?.ToString(Day, CultureInfo.InvariantCulture) : null,
        ["until"] = Last is null ? LastDay?.ToString(Day, CultureInfo.InvariantCulture) : null,
    };

    /// <summary>What is asked of the engine: a period is one that ends at <paramref name="now"/>.</summary>
    public ListActivity ToOperation(DateTimeOffset now, TimeZoneInfo zone) => new()
    {
        Text = Text,
        By = By,
        Origin = Origin,
        From = Last is { } period ? now - Length(period) : FirstDay is { } first ? Midnight(first, zone) : null,
        Until = Last is null && LastDay is { } last && last < DateOnly.MaxValue ? Midnight(last.AddDays(1), zone) : null,
    };

    private static TimeSpan Length(ActivityPeriod period) => period switch
    {
        ActivityPeriod.Hour => TimeSpan.FromHours(1),
        ActivityPeriod.Day => TimeSpan.FromDays(1),
        _ => TimeSpan.FromDays(7),
    };

    /// <summary>Where clocks are put forward at midnight the day begins at the first moment that there is.</summary>
    private static DateTimeOffset Midnight(DateOnly day, TimeZoneInfo zone)
    {
        var time = day.ToDateTime(TimeOnly.MinValue);
        while (zone.IsInvalidTime(time))
        {
            time = time.AddMinutes(15);
        }
        var offset = zone.GetUtcOffset(time);
        return time.Ticks < offset.Ticks ? DateTimeOffset.MinValue : new DateTimeOffset(time, offset);
    }

    private static string? Trimmed(string? text) => text?.Trim() is { Length: > 0 } trimmed ? trimmed[..Math.Min(trimmed.Length, MaxText)] : null;

    private static TEnum? Word<TEnum>(string? word)
        where TEnum : struct, Enum => Enum.TryParse<TEnum>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(word![0]) ? value : null;

    private static DateOnly? DayOf(string? text) =>
        DateOnly.TryParseExact(text, Day, CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}
