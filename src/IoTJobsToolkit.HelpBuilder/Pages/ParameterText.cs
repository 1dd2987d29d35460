namespace IoTJobsToolkit.HelpBuilder.Pages;

/// <summary>What a page says of a parameter.</summary>
public sealed record ParameterText(string Name, IReadOnlyList<Passage> Passages, int Line)
{
    /// <summary>By name, in the order of the page.</summary>
    public static Dictionary<string, ParameterText> Read(IEnumerable<Section> sections, string path, List<PageError> errors)
    {
        var texts = new Dictionary<string, ParameterText>(StringComparer.Ordinal);
        foreach (var section in sections)
        {
            if (section.Passages.Count == 0)
            {
                errors.Add(new(path, section.Line, $"Nothing is said of {section.Title}."));
            }
            texts.TryAdd(section.Title, new(section.Title, section.Passages, section.Line));
        }
        return texts;
    }
}
