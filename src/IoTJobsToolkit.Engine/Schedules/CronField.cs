namespace IoTJobsToolkit.Engine.Schedules;

/// <summary>One of the six fields: its name, its values and how it is written (jobs-reference 9.5).</summary>
/// <param name="Names">Names of the values, the first that of <paramref name="Min"/>; empty where only numbers are written.</param>
internal sealed record CronField(string Name, int Min, int Max, params string[] Names)
{
    public static CronField Minutes { get; } = new("Minutes", 0, 59);

    public static CronField Hours { get; } = new("Hours", 0, 23);

    public static CronField DayOfMonth { get; } = new("Day-of-month", 1, 31);

    public static CronField Month { get; } = new(
        "Month", 1, 12, "JAN", "FEB", "MAR", "APR", "MAY", "JUN", "JUL", "AUG", "SEP", "OCT", "NOV", "DEC");

    public static CronField DayOfWeek { get; } = new(
        "Day-of-week", 1, 7, "SUN", "MON", "TUE", "WED", "THU", "FRI", "SAT") { HasSteps = false };

    public static CronField Year { get; } = new("Year", 1970, 2199) { IsCycle = false };

    /// <summary>Whether its first value follows its last, so that a range may run backwards.</summary>
    private bool IsCycle { get; init; } = true;

    private bool HasSteps { get; init; } = true;

    private int Count => Max - Min + 1;

    private int MaxStep => IsCycle ? Max : Count - 1;

    /// <summary>The values of a field that holds nothing but lists, ranges and steps.</summary>
    public CronValues Values(string field)
    {
        var chosen = new bool[Count];
        foreach (var item in field.Split(','))
        {
            Choose(item, chosen);
        }
        return new(Min, chosen);
    }

    /// <summary>Marks the values of one item of a list: <c>*</c>, <c>7</c>, <c>2-5</c>, each with or without a step.</summary>
    /// <param name="chosen">The field's values, the first at index 0.</param>
    public void Choose(string item, bool[] chosen)
    {
        var (range, step) = SplitStep(item);
        var (first, last) = Ends(range, hasStep: step is not null);
        var distance = last >= first ? last - first : last - first + Count;
        for (var i = 0; i <= distance; i += step ?? 1)
        {
            chosen[(first - Min + i) % Count] = true;
        }
    }

    /// <summary>A single value, as number or name.</summary>
    public int Value(string text)
    {
        var named = Array.FindIndex(Names, name => name.Equals(text, StringComparison.OrdinalIgnoreCase));
        if (named >= 0)
        {
            return Min + named;
        }
        return Number(text) is { } number && number >= Min && number <= Max
            ? number
            : throw Refused(text, Names is [] ? $"it must be a number from {Min} to {Max}" :
                $"it must be a number from {Min} to {Max} or a name from {Names[0]} to {Names[^1]}");
    }

    public FormatException Refused(string value, string rule) => new($"{Name} '{value}': {rule}");

    /// <summary>The number which plain digits write; null for anything else.</summary>
    public static int? Number(string text) =>
        text.Length is > 0 and <= 4 && text.All(char.IsAsciiDigit) ? text.Aggregate(0, (number, digit) => number * 10 + digit - '0') : null;

    private (string Range, int? Step) SplitStep(string item)
    {
        var slash = item.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            return (item, null);
        }
        if (!HasSteps)
        {
            throw Refused(item, "this field takes no step after /");
        }
        return Number(item[(slash + 1)..]) is { } step && step >= 1 && step <= MaxStep
            ? (item[..slash], step)
            : throw Refused(item, $"the step after / must be a number from 1 to {MaxStep}");
    }

    private (int First, int Last) Ends(string range, bool hasStep)
    {
        if (range == "*")
        {
            return (Min, Max);
        }
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        if (dash < 0)
        {
            var value = Value(range);
            return (value, hasStep ? Max : value);
        }
        var (first, last) = (Value(range[..dash]), Value(range[(dash + 1)..]));
        return first <= last || IsCycle
            ? (first, last)
            : throw Refused(range, "the range must not run backwards");
    }
}
