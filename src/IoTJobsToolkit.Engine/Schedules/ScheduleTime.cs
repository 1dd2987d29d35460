using System.Diagnostics.CodeAnalysis;
using System.Globalization;

namespace IoTJobsToolkit.Engine.Schedules;

/// <summary>
/// The text of a start or end: <c>yyyy-MM-ddTHH:mm</c> or with a blank for the <c>T</c>, then <c>:ss</c> and a fraction of 1 to 7
/// digits where wanted, then <c>Z</c> or <c>±hh:mm</c> where wanted; UTC without a zone (jobs-reference 9.1, OPEN-40).
/// </summary>
public static class ScheduleTime
{
    private const int DateLength = 10;
    private const int MinutesLength = 16;
    private const int SecondsLength = 19;
    private const int MaxFraction = 7;
    private static readonly TimeSpan MaxOffset = TimeSpan.FromHours(14);

    /// <summary>False for any other text, and for an instant before the year 1 or after 9999.</summary>
    public static bool TryParse([NotNullWhen(true)] string? text, out DateTimeOffset time)
    {
        time = default;
        if (text is null || !TrySplit(text, out var local, out var offset) ||
            !DateTime.TryParseExact(local, Format(local), CultureInfo.InvariantCulture, DateTimeStyles.None, out var clock))
        {
            return false;
        }
        var ticks = clock.Ticks - offset.Ticks;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
        {
            return false;
        }
        time = new(ticks, TimeSpan.Zero);
        return true;
    }

    private static bool TrySplit(string text, out ReadOnlySpan<char> local, out TimeSpan offset)
    {
        local = text;
        offset = TimeSpan.Zero;
        if (text.EndsWith('Z'))
        {
            local = text.AsSpan(0, text.Length - 1);
            return true;
        }
        if (text.Length < MinutesLength || text.AsSpan(DateLength).IndexOfAny('+', '-') is var sign && sign < 0)
        {
            return true;
        }
        sign += DateLength;
        local = text.AsSpan(0, sign);
        var read = TimeSpan.TryParseExact(text.AsSpan(sign + 1), "hh\\:mm", CultureInfo.InvariantCulture, out offset) && offset <= MaxOffset;
        offset = text[sign] == '-' ? -offset : offset;
        return read;
    }

    /// <summary>The one format of this length, so that no digit may be missing or too many; an impossible one for other lengths.</summary>
    private static string Format(ReadOnlySpan<char> local)
    {
        const string minutes = "yyyy-MM-dd'T'HH':'mm";
        var format = local.Length switch
        {
            MinutesLength => minutes,
            SecondsLength => minutes + "':'ss",
            > SecondsLength + 1 and <= SecondsLength + 1 + MaxFraction =>
                $"{minutes}':'ss'.'{new string('f', local.Length - SecondsLength - 1)}",
            _ => "'no time'",
        };
        return local.Length > DateLength && local[DateLength] == ' ' ? format.Replace('T', ' ') : format;
    }
}
