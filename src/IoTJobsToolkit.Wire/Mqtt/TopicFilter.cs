namespace IoTJobsToolkit.Wire.Mqtt;

/// <summary>Names and filters of topics, as MQTT 3.1.1 (4.7) and 5 (4.7) define them.</summary>
public static class TopicFilter
{
    /// <summary>Whether it is a topic to publish to: not empty, no wildcard.</summary>
    public static bool IsTopic(string topic)
    {
        ArgumentNullException.ThrowIfNull(topic);
        return topic.Length > 0 && topic.AsSpan().IndexOfAny('+', '#', '\0') < 0;
    }

    /// <summary>Whether it is a filter: each wildcard is a level by itself, and <c>#</c> the last one.</summary>
    public static bool IsFilter(string filter)
    {
        ArgumentNullException.ThrowIfNull(filter);
        if (filter.Length == 0 || filter.Contains('\0', StringComparison.Ordinal))
        {
            return false;
        }
        var rest = filter.AsSpan();
        for (var more = true; more;)
        {
            more = Next(ref rest, out var level);
            if (level.IndexOfAny('+', '#') >= 0 && (level.Length > 1 || level is "#" && more))
            {
                return false;
            }
        }
        return true;
    }

    /// <summary>Whether every topic that one filter, or topic, matches is matched by the other.</summary>
    public static bool Covers(string outer, string inner)
    {
        ArgumentNullException.ThrowIfNull(outer);
        ArgumentNullException.ThrowIfNull(inner);
        if (inner.StartsWith('$') && outer is ['+' or '#', ..])
        {
            return false; // What begins with $ is matched by its name only.
        }
        ReadOnlySpan<char> of = outer, rest = inner;
        // Levels that are the same cover each other, wildcards too.
        var same = of[..of.CommonPrefixLength(rest)].LastIndexOf('/') + 1;
        of = of[same..];
        rest = rest[same..];
        while (true)
        {
            var isMoreOuter = Next(ref of, out var wanted);
            if (wanted is "#")
            {
                return true;
            }
            var isMoreInner = Next(ref rest, out var level);
            if (level is "#" || wanted is not "+" && !wanted.SequenceEqual(level))
            {
                return false;
            }
            if (!isMoreOuter || !isMoreInner)
            {
                // A filter that ends in /# matches the level above it too.
                return isMoreOuter == isMoreInner || isMoreOuter && of is "#";
            }
        }
    }

    /// <summary>Takes the first level; true while there is another one.</summary>
    private static bool Next(ref ReadOnlySpan<char> rest, out ReadOnlySpan<char> level)
    {
        var end = rest.IndexOf('/');
        level = end < 0 ? rest : rest[..end];
        rest = end < 0 ? [] : rest[(end + 1)..];
        return end >= 0;
    }
}
