using System.Globalization;
using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Portal.Components.Viewing;

/// <summary>Whoever looks at the pages: what they may do, and the zone in which they read times. Cascades to every component.</summary>
public sealed record Viewer(string? Name, AccessRole Role, TimeZoneInfo Zone)
{
    /// <summary>Where nobody is asked who he is.</summary>
    public static Viewer Anyone { get; } = new(null, AccessRole.ADMINISTRATOR, TimeZoneInfo.Utc);

    public bool May(AccessRole role) => Role >= role;

    /// <summary>To the second in the viewer's zone, such as <c>2026-11-30 20:15:03</c>.</summary>
    public string Local(DateTimeOffset at, string format = "yyyy-MM-dd HH:mm:ss") =>
        TimeZoneInfo.ConvertTime(at, Zone).ToString(format, CultureInfo.InvariantCulture);

    /// <summary>To the second, with the zone's name.</summary>
    public static string Utc(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm:ss", CultureInfo.InvariantCulture) + " UTC";

    /// <summary>Both, for whoever points at a time.</summary>
    public string Exact(DateTimeOffset at) => Zone.BaseUtcOffset == TimeSpan.Zero && !Zone.SupportsDaylightSavingTime
        ? Utc(at)
        : $"{Local(at)} {Zone.Id}, {Utc(at)}";

    /// <summary>The zone of a browser by its IANA name; UTC where this machine does not know it.</summary>
    public static TimeZoneInfo ZoneOf(string? name) =>
        name is { Length: > 0 and <= 64 } && TimeZoneInfo.TryFindSystemTimeZoneById(name, out var zone) ? zone : TimeZoneInfo.Utc;
}
