using IoTJobsToolkit.Engine.Measures;

namespace IoTJobsToolkit.Cmdlets.Views;

/// <summary>The rollout of a measured job as the list view shows it.</summary>
public static class MeasureText
{
    private const int MostMinutes = 8;

    /// <summary>A line for some of its minutes, the first and the last among them; short rollouts whole.</summary>
    public static string Rollout(JobMeasure measure)
    {
        ArgumentNullException.ThrowIfNull(measure);
        var minutes = measure.Rollout;
        var shown = minutes.Count <= MostMinutes
            ? minutes
            : [.. Enumerable.Range(0, MostMinutes).Select(i => minutes[(int)Math.Round((double)i * (minutes.Count - 1) / (MostMinutes - 1))])];
        return Lines(shown);
    }

    /// <summary>Each part on a line of its own.</summary>
    public static string Lines(IEnumerable<object> parts) => string.Join(Environment.NewLine, parts.Select(Words.Of));
}
