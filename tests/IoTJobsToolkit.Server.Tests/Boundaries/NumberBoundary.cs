using System.Globalization;
using System.Text.Json.Nodes;

namespace IoTJobsToolkit.Server.Tests.Boundaries;

/// <summary>Numbers just inside and just outside of a shape's range and of its type, as JSON texts.</summary>
internal static class NumberBoundary
{
    public static IEnumerable<(string Text, bool Fits)> Of(JsonNode shape, string type)
    {
        var (min, max) = ((decimal?)(double?)shape["min"], (decimal?)(double?)shape["max"]);
        var isWhole = type is "integer" or "long";
        var step = isWhole ? 1m : 0.1m;
        foreach (var (edge, outward) in new[] { (min, -step), (max, step) })
        {
            if (edge is { } value)
            {
                yield return (Text(value), true);
                yield return (Text(value + outward), false);
                yield return (Text(value - outward), true);
            }
        }
        yield return ("1e400", false);
        yield return ("-1e400", false);
        if (isWhole)
        {
            yield return ("1.5", false);
            yield return ("9223372036854775808", false);
            yield return ("-9223372036854775809", false);
        }
        if (type == "integer")
        {
            yield return ("2147483648", false);
        }
    }

    private static string Text(decimal number) => number.ToString(CultureInfo.InvariantCulture);
}
