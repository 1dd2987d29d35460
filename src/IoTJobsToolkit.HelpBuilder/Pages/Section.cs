namespace IoTJobsToolkit.HelpBuilder.Pages;

/// <summary>A heading, what stands below it, and the headings one level further down.</summary>
public sealed record Section(string Title, int Line, IReadOnlyList<Passage> Passages, IReadOnlyList<Section> Sections)
{
    /// <summary>Itself and all below it.</summary>
    public IEnumerable<Passage> All => Passages.Concat(Sections.SelectMany(section => section.All));
}
