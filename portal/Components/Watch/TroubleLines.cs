using IoTJobsToolkit.Portal.Vitals;

namespace IoTJobsToolkit.Portal.Components.Watch;

/// <summary>Which troubles stand in the lines there is room for: of every kind at least one, and the most pressing kinds with more.</summary>
public static class TroubleLines
{
    /// <param name="troubles">In order.</param>
    /// <param name="counts">How many there are of each kind, those that are not among <paramref name="troubles"/> included.</param>
    /// <returns>Each with the number of others of its kind that have no line.</returns>
    public static IReadOnlyList<(Trouble Trouble, int More)> Of(
        IReadOnlyList<Trouble> troubles, IReadOnlyDictionary<TroubleKind, int> counts, int most)
    {
        ArgumentNullException.ThrowIfNull(counts);
        var kinds = troubles.GroupBy(trouble => trouble.Kind).ToList();
        var spare = Math.Max(0, most - kinds.Count);
        var lines = new List<(Trouble, int)>();
        foreach (var kind in kinds)
        {
            var shown = kind.Take(1 + spare).ToList();
            spare -= shown.Count - 1;
            var more = counts.GetValueOrDefault(kind.Key) - shown.Count;
            lines.AddRange(shown.Select((trouble, index) => (trouble, index == shown.Count - 1 ? Math.Max(0, more) : 0)));
        }
        return lines;
    }
}
