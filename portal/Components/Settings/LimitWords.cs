using System.Globalization;
using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Portal.Components.Settings;

/// <summary>How limits are shown.</summary>
public static partial class LimitWords
{
    private const double NearPart = 80;

    extension(LimitUse limit)
    {
        /// <summary>The name in words: <c>Active jobs</c>.</summary>
        public string Words() => limit.Name[..1] + Capitals().Replace(limit.Name[1..], capital => $" {capital.Value.ToLowerInvariant()}");

        /// <summary>How much is used, 0 to 100; null where there is no limit, or none of the whole installation.</summary>
        public double? Part() => limit is { Limit: { } most, Used: { } used } ? Math.Min(100, 100.0 * used / most) : null;

        public string Percent() => (limit.Part() ?? 0).ToString("0", CultureInfo.InvariantCulture) + " %";

        public bool IsNear() => limit.Part() >= NearPart;
    }

    [GeneratedRegex("[A-Z]")]
    private static partial Regex Capitals();
}
