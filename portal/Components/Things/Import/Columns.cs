using System.Globalization;

namespace IoTJobsToolkit.Portal.Components.Things.Import;

/// <summary>What the columns of a file are, by its first line.</summary>
internal sealed record Columns(IReadOnlyList<string> Names, int ThingName, int ThingType, int Groups, string? Problem)
{
    private static readonly string[] ForName = ["thingName", "name"];
    private static readonly string[] ForType = ["thingType", "thingTypeName", "type"];
    private static readonly string[] ForGroups = ["groups", "group", "thingGroups"];

    public static Columns Of(IReadOnlyList<string> names)
    {
        var (name, type, groups) = (Find(names, ForName), Find(names, ForType), Find(names, ForGroups));
        var twice = names.GroupBy(column => column, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1)?.Key;
        var problem = name < 0
            ? $"The first line must name the columns, one of them thingName. It names: {string.Join(", ", names.Take(10))}."
            : twice is not null
                ? $"The first line names the column {(twice.Length == 0 ? "without a name" : twice)} twice."
                : names.Contains("") ? "A column has no name in the first line." : null;
        return new(names, name, type, groups, problem);
    }

    /// <summary>Why the cells cannot be a thing; null where they can, as far as is known without the registry.</summary>
    /// <param name="firsts">Where things already stand in the file.</param>
    public string? Refuse(string[] cells, Dictionary<string, int> firsts) => cells switch
    {
        _ when cells.Length > Names.Count => string.Create(
            CultureInfo.InvariantCulture, $"It has {cells.Length} cells, and there are {Names.Count} columns: put a cell with a separator in it in quotes."),
        _ when Cell(cells, ThingName) is null => "There is no name in the column thingName.",
        _ when firsts.TryGetValue(Cell(cells, ThingName)!, out var first) => string.Create(
            CultureInfo.InvariantCulture, $"The thing {Cell(cells, ThingName)} stands on line {first} already."),
        _ => null,
    };

    public ImportLine Line(int number, string text, string[] cells)
    {
        var attributes = new Dictionary<string, string>(StringComparer.Ordinal);
        for (var i = 0; i < Names.Count; i++)
        {
            if (i != ThingName && i != ThingType && i != Groups && Cell(cells, i) is { } value)
            {
                attributes[Names[i]] = value;
            }
        }
        var groups = Cell(cells, Groups)?.Split(';', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries) ?? [];
        return new(number, text, Cell(cells, ThingName)!, Cell(cells, ThingType), attributes, [.. groups.Distinct(StringComparer.Ordinal)]);
    }

    private static string? Cell(string[] cells, int column) => column >= 0 && column < cells.Length && cells[column].Length > 0 ? cells[column] : null;

    private static int Find(IReadOnlyList<string> names, string[] wanted) =>
        names.Index().Where(column => wanted.Contains(column.Item, StringComparer.OrdinalIgnoreCase)).Select(column => column.Index).FirstOrDefault(-1);
}
