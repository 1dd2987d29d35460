using System.Globalization;
using System.Text;
using IoTJobsToolkit.Portal.Components.Viewing;
using IoTJobsToolkit.Portal.Indexing;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>The lines of a rollout as they are drawn: planned, created and ended over time.</summary>
/// <param name="From">The left end of the time axis.</param>
/// <param name="To">The right end.</param>
/// <param name="Most">The upper end of the other axis.</param>
public sealed record RolloutCurve(DateTimeOffset From, DateTimeOffset To, long Most, string Planned, string Created, string Ended)
{
    public const int Width = 400;
    public const int Height = 120;

    /// <param name="start">When the rollout began.</param>
    /// <param name="until">Until when what is real is known: now, or the end of a job that has ended.</param>
    public static RolloutCurve Of(RolloutPlan plan, ExecutionProgress real, DateTimeOffset start, DateTimeOffset until)
    {
        ArgumentNullException.ThrowIfNull(plan);
        ArgumentNullException.ThrowIfNull(real);
        var from = real.IsEmpty || start < real.From ? start : real.From;
        var end = start.AddMinutes(plan.Minutes);
        var to = end > until ? end : until;
        to = to - from < TimeSpan.FromMinutes(1) ? from.AddMinutes(1) : to;
        var planned = plan.Windows.Count == 0 ? 0 : plan.Windows[^1].Created;
        var most = Math.Max(1, Math.Max(planned, real.IsEmpty ? 0 : real.Created[^1]));
        var axes = new Axes(from, to, most);
        return new(from, to, most, axes.Steps(plan, start), axes.Line(real, real.Created, until), axes.Line(real, real.Ended, until));
    }

    /// <summary>A moment below the axis: the time of day, with the day where the axis is longer than one.</summary>
    public string Label(Viewer viewer, DateTimeOffset at)
    {
        ArgumentNullException.ThrowIfNull(viewer);
        return viewer.Local(at, To - From < TimeSpan.FromHours(20) ? "HH:mm" : "MM-dd HH:mm");
    }

    private sealed record Axes(DateTimeOffset From, DateTimeOffset To, long Most)
    {
        /// <summary>The plan goes up at the start of each window and is level in between.</summary>
        public string Steps(RolloutPlan plan, DateTimeOffset start)
        {
            var points = new StringBuilder();
            var created = 0L;
            foreach (var (minute, upTo) in plan.Windows)
            {
                var at = start.AddMinutes(minute);
                Add(points, at, created);
                Add(points, at, upTo);
                created = upTo;
            }
            Add(points, To, created);
            return points.ToString();
        }

        public string Line(ExecutionProgress real, IReadOnlyList<int> counts, DateTimeOffset until)
        {
            var points = new StringBuilder();
            Add(points, From, 0);
            for (var i = 0; i < counts.Count; i++)
            {
                // A level stretch needs its two ends only.
                if (i == 0 || i == counts.Count - 1 || counts[i] != counts[i - 1] || counts[i] != counts[i + 1])
                {
                    Add(points, real.From + real.Step * i, counts[i]);
                }
            }
            if (counts.Count > 0 && until > real.To)
            {
                Add(points, until, counts[^1]);
            }
            return points.ToString();
        }

        private void Add(StringBuilder points, DateTimeOffset at, long count)
        {
            var x = Width * Math.Clamp((at - From) / (To - From), 0, 1);
            var y = Height - (double)Height * count / Most;
            points.Append(CultureInfo.InvariantCulture, $"{x:0.#},{y:0.#} ");
        }
    }
}
