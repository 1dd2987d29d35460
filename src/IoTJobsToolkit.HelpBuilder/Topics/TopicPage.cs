using IoTJobsToolkit.HelpBuilder.Pages;

namespace IoTJobsToolkit.HelpBuilder.Topics;

/// <summary>A topic: about_NAME.md, with a line that says what it is about, and sections.</summary>
public sealed record TopicPage(string Name, string Summary, IReadOnlyList<Section> Sections)
{
    /// <summary>Get-Help lists topics by one line of theirs.</summary>
    private const int SummaryLength = 76;

    public static TopicPage Read(MarkdownPage page, List<PageError> errors)
    {
        var line = page.Opening.Count == 0 ? 1 : page.Opening[0].Line;
        var summary = page.Opening is [Paragraph only] ? only.Text : "";
        if (summary.Length is 0 or > SummaryLength)
        {
            errors.Add(new(page.Path, line, $"Below the title stands one paragraph of at most {SummaryLength} characters: what the topic is about."));
        }
        if (page.Sections.Count == 0)
        {
            errors.Add(new(page.Path, line, "The topic has no sections."));
        }
        foreach (var code in page.Sections.SelectMany(section => section.All).OfType<Code>())
        {
            var wide = code.Lines.Index().FirstOrDefault(one => one.Item.Length > TopicFiles.CodeWidth);
            if (wide.Item is not null)
            {
                errors.Add(new(page.Path, code.Line + 1 + wide.Index, $"A line of code in a topic has at most {TopicFiles.CodeWidth} characters."));
            }
        }
        return new(page.Name, summary, page.Sections);
    }
}
