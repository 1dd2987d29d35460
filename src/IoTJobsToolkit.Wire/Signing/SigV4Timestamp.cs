using System.Globalization;

namespace IoTJobsToolkit.Wire.Signing;

/// <summary>The one date form of a signature: <c>20150830T123600Z</c>, whose first eight characters are the scope's day.</summary>
internal static class SigV4Timestamp
{
    public const int DayLength = 8;

    private const string Format = "yyyyMMdd'T'HHmmss'Z'";
    private const DateTimeStyles Utc = DateTimeStyles.AssumeUniversal | DateTimeStyles.AdjustToUniversal;

    public static string Write(DateTimeOffset time) => time.UtcDateTime.ToString(Format, CultureInfo.InvariantCulture);

    public static bool TryRead(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, Format, CultureInfo.InvariantCulture, Utc, out time);

    /// <summary>The form of HTTP's own Date header.</summary>
    public static bool TryReadHttpDate(string? text, out DateTimeOffset time) =>
        DateTimeOffset.TryParseExact(text, "R", CultureInfo.InvariantCulture, Utc, out time);
}
