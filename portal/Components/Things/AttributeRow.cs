namespace IoTJobsToolkit.Portal.Components.Things;

/// <summary>An attribute while it is being typed.</summary>
public sealed class AttributeRow
{
    public string Name { get; set; } = "";

    public string Value { get; set; } = "";

    public static List<AttributeRow> Of(IEnumerable<KeyValuePair<string, string>> attributes) =>
        [.. attributes.Select(attribute => new AttributeRow { Name = attribute.Key, Value = attribute.Value })];

    /// <summary>What was typed; rows without a name and a value are left out.</summary>
    /// <param name="problem">What keeps it from being attributes; null where nothing does.</param>
    public static Dictionary<string, string> Read(IEnumerable<AttributeRow> rows, out string? problem)
    {
        var read = new Dictionary<string, string>(StringComparer.Ordinal);
        problem = null;
        foreach (var (name, value) in rows.Select(row => (row.Name.Trim(), row.Value.Trim())).Where(row => row.Item1.Length + row.Item2.Length > 0))
        {
            problem ??= (name, value) switch
            {
                ("", _) => $"The value {value} has no name.",
                (_, "") => $"The attribute {name} has no value.",
                _ when !read.TryAdd(name, value) => $"The attribute {name} stands twice.",
                _ => null,
            };
        }
        return read;
    }
}
