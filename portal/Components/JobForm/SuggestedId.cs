using System.Globalization;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Components.JobForm;

/// <summary>Ids for new jobs which are free.</summary>
public static partial class SuggestedId
{
    private const int MaxLength = 64;

    /// <summary>Of the time, or the next number after <paramref name="like"/>: <c>fw-8</c> for <c>fw-7</c>.</summary>
    public static async Task<string> FindAsync(IJobs jobs, string? like, DateTimeOffset now)
    {
        var id = like is null ? now.UtcDateTime.ToString("'job-'yyyyMMdd-HHmm", CultureInfo.InvariantCulture) : Next(like);
        for (var tries = 0; tries < 100 && await JobLookup.FindAsync(jobs, id) is not null; tries++)
        {
            id = Next(id);
        }
        return id;
    }

    internal static string Next(string id)
    {
        var digits = LastDigits().Match(id).Value;
        // A number of more digits is a date or a serial number.
        var (stem, number) = digits.Length is > 0 and <= 6
            ? (id[..^digits.Length], (int.Parse(digits, CultureInfo.InvariantCulture) + 1).ToString(CultureInfo.InvariantCulture).PadLeft(digits.Length, '0'))
            : (id + "-", "2");
        return stem[..Math.Min(stem.Length, MaxLength - number.Length)] + number;
    }

    [GeneratedRegex("[0-9]*$")]
    private static partial Regex LastDigits();
}
