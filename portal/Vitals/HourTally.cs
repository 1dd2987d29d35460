namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>What happened in the last hour, counted by name. Beyond a number of names, what comes is counted together.</summary>
internal sealed class HourTally(int mostNames)
{
    public const string Others = "others";

    private readonly Dictionary<string, int>[] _minutes = [.. Enumerable.Range(0, MinuteRing.Minutes).Select(_ => new Dictionary<string, int>(StringComparer.Ordinal))];
    private readonly Dictionary<string, int> _totals = new(StringComparer.Ordinal);
    private long _latest;

    public void Add(string name, DateTimeOffset at)
    {
        var minute = MinuteRing.MinuteOf(at);
        Advance(minute);
        if (minute <= _latest - MinuteRing.Minutes)
        {
            return;
        }
        name = _totals.ContainsKey(name) || _totals.Count < mostNames ? name : Others;
        Change(_totals, name, 1);
        Change(_minutes[minute % MinuteRing.Minutes], name, 1);
    }

    /// <summary>The most frequent, most first.</summary>
    public IReadOnlyList<NamedCount> Top(DateTimeOffset now, int count)
    {
        Advance(MinuteRing.MinuteOf(now));
        return [.. _totals.Select(total => new NamedCount(total.Key, total.Value)).OrderByDescending(total => total.Count).ThenBy(total => total.Name, StringComparer.Ordinal).Take(count)];
    }

    private void Advance(long minute)
    {
        _latest = Math.Max(_latest, minute - MinuteRing.Minutes);
        while (_latest < minute)
        {
            var oldest = _minutes[++_latest % MinuteRing.Minutes];
            foreach (var (name, count) in oldest)
            {
                Change(_totals, name, -count);
            }
            oldest.Clear();
        }
    }

    private static void Change(Dictionary<string, int> counts, string name, int change)
    {
        var count = counts.GetValueOrDefault(name) + change;
        if (count == 0)
        {
            counts.Remove(name);
        }
        else
        {
            counts[name] = count;
        }
    }
}

public sealed record NamedCount(string Name, int Count);
