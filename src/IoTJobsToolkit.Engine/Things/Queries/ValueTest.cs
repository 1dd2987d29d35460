using System.Globalization;

namespace IoTJobsToolkit.Engine.Things.Queries;

/// <summary>What a term asks of a value that is there.</summary>
internal abstract class ValueTest
{
    public abstract bool Accepts(string value);
}

internal sealed class AnyValue : ValueTest
{
    public override bool Accepts(string value) => true;
}

/// <summary>The whole value, without case.</summary>
internal sealed class SameText(string text) : ValueTest
{
    public bool IsBoolean => Accepts("true") || Accepts("false");

    public override bool Accepts(string value) => value.Equals(text, StringComparison.OrdinalIgnoreCase);
}

/// <summary>Between two ends, either of which may be open.</summary>
internal sealed class ValueRange(RangeEnd? low, RangeEnd? high) : ValueTest
{
    public override bool Accepts(string value) =>
        (low is null || low.Compare(value) is { } above && (above > 0 || above == 0 && low.Inclusive)) &&
        (high is null || high.Compare(value) is { } below && (below < 0 || below == 0 && high.Inclusive));
}

/// <summary>An end of a range: a number where it looks like one and has no quotes, else a text.</summary>
internal sealed class RangeEnd(string text, bool quoted, bool inclusive)
{
    private const NumberStyles Plain = NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint;

    private readonly decimal? _number = quoted ? null : Number(text);

    public string Text => text;

    public bool Inclusive => inclusive;

    public bool IsNumber => _number is not null;

    /// <summary>Below 0 where <paramref name="value"/> is below this end, 0 where it is the same, null where it cannot be compared.</summary>
    public int? Compare(string value) => _number is { } number
        ? Number(value)?.CompareTo(number)
        : string.Compare(value, text, StringComparison.OrdinalIgnoreCase);

    private static decimal? Number(string text) =>
        decimal.TryParse(text, Plain, CultureInfo.InvariantCulture, out var number) ? number : null;
}
