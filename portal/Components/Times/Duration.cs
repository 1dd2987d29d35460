namespace IoTJobsToolkit.Portal.Components.Times;

/// <summary>A length of time in one or two units.</summary>
public static class Duration
{
    public static string Words(TimeSpan span) => span.TotalSeconds switch
    {
        < 60 => $"{(int)span.TotalSeconds} s",
        < 3600 => $"{(int)span.TotalMinutes} min",
        < 86400 => span.Minutes == 0 ? $"{span.Hours} h" : $"{span.Hours} h {span.Minutes} min",
        _ => $"{span.Days} d",
    };
}
