namespace IoTJobsToolkit.Engine.Schedules;

/// <summary>The values which a field chooses, one at least, and for every value the next of them.</summary>
internal sealed class CronValues
{
    private const short None = -1;

    private readonly int _min;
    private readonly short[] _next;

    /// <param name="chosen">Whether each value is chosen, <paramref name="min"/> at index 0.</param>
    public CronValues(int min, bool[] chosen)
    {
        _min = min;
        _next = new short[chosen.Length];
        var next = None;
        for (var i = chosen.Length - 1; i >= 0; i--)
        {
            next = chosen[i] ? (short)(min + i) : next;
            _next[i] = next;
        }
        First = next;
        Last = min + Array.LastIndexOf(chosen, true);
        for (var value = First; Next(value + 1) is { } after; value = after)
        {
            WidestStep = Math.Max(WidestStep, after - value);
        }
    }

    public int First { get; }

    public int Last { get; }

    /// <summary>The greatest distance between two neighbours; 0 for a single value.</summary>
    public int WidestStep { get; }

    /// <summary>The first chosen value which is not below <paramref name="value"/>.</summary>
    public int? Next(int value)
    {
        var index = Math.Max(0, value - _min);
        return index < _next.Length && _next[index] is var next && next != None ? next : null;
    }
}
