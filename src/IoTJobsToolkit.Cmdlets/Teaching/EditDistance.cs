namespace IoTJobsToolkit.Cmdlets.Teaching;

/// <summary>How many slips of the keyboard lie between two names, without case: a letter too many, too few, wrong, or two in the wrong order.</summary>
internal static class EditDistance
{
    /// <summary>A different digit is rarely a slip: <c>fw-8</c> is another job than <c>fw-7</c>.</summary>
    private const int OtherDigit = 3;

    public static int Of(string left, string right)
    {
        var (a, b) = (left.ToUpperInvariant(), right.ToUpperInvariant());
        var distance = new int[a.Length + 1, b.Length + 1];
        for (var i = 0; i <= a.Length; i++)
        {
            distance[i, 0] = i;
        }
        for (var j = 0; j <= b.Length; j++)
        {
            distance[0, j] = j;
        }
        for (var i = 1; i <= a.Length; i++)
        {
            for (var j = 1; j <= b.Length; j++)
            {
                var nearest = Math.Min(Math.Min(distance[i - 1, j], distance[i, j - 1]) + 1, distance[i - 1, j - 1] + Exchange(a[i - 1], b[j - 1]));
                distance[i, j] = i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1]
                    ? Math.Min(nearest, distance[i - 2, j - 2] + 1)
                    : nearest;
            }
        }
        return distance[a.Length, b.Length];
    }

    /// <summary>The most slips that a name may hold and still be meant.</summary>
    public static int Most(string name) => name.Length switch
    {
        < 3 => 0,
        < 6 => 1,
        < 12 => 2,
        _ => 3,
    };

    private static int Exchange(char left, char right) =>
        left == right ? 0 : char.IsAsciiDigit(left) && char.IsAsciiDigit(right) ? OtherDigit : 1;
}
