using Markdig;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace IoTJobsToolkit.HelpBuilder.Pages;

/// <summary>A page in Markdown: its title, what opens it, and its sections (<c>##</c>) with theirs (<c>###</c>).</summary>
public sealed class MarkdownPage
{
    private static readonly MarkdownPipeline Pipeline = new MarkdownPipelineBuilder().UsePreciseSourceLocation().Build();

    private readonly List<(string Target, int Line)> _links;

    private MarkdownPage(string path, IReadOnlyList<Passage> opening, IReadOnlyList<Section> sections, List<(string, int)> links)
    {
        Path = path;
        Opening = opening;
        Sections = sections;
        _links = links;
    }

    public string Path { get; }

    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);

    /// <summary>What stands between the title and the first section.</summary>
    public IReadOnlyList<Passage> Opening { get; }

    public IReadOnlyList<Section> Sections { get; }

    /// <summary>The title of a page is the name of its file, but for the page of common parameters.</summary>
    public static MarkdownPage Read(string path, List<PageError> errors)
    {
        var document = Markdown.Parse(File.ReadAllText(path), Pipeline);
        var blocks = new Queue<Block>(document);
        var text = new PlainText(path, errors);
        var name = System.IO.Path.GetFileNameWithoutExtension(path);

        if (blocks.TryPeek(out var first) && first is HeadingBlock { Level: 1 } title)
        {
            blocks.Dequeue();
            if (text.Of(title) is var heading && heading != name && name != "common-parameters")
            {
                errors.Add(new(path, title.Line + 1, $"The title is {heading}, but the file is {name}.md."));
            }
        }
        else
        {
            errors.Add(new(path, 1, $"The page does not begin with its title: # {name}"));
        }

        var opening = Passages(blocks, text);
        var sections = Below(blocks, 2, text, path, errors);
        var links = document.Descendants<LinkInline>().Select(link => (link.Url ?? "", link.Line + 1)).ToList();
        return new(path, opening, sections, links);
    }

    /// <summary>Every link to another page leads to one, or to a cmdlet.</summary>
    public void CheckLinks(IReadOnlySet<string> names, List<PageError> errors)
    {
        foreach (var (target, line) in _links.Where(link => !IsElsewhere(link.Target)))
        {
            if (!target.EndsWith(".md", StringComparison.Ordinal) || !names.Contains(target[..^3]))
            {
                errors.Add(new(Path, line, $"The link leads to {target}, and there is no such page."));
            }
        }
    }

    internal static bool IsElsewhere(string target) =>
        target.StartsWith("https://", StringComparison.Ordinal) || target.StartsWith("http://", StringComparison.Ordinal);

    private static List<Section> Below(Queue<Block> blocks, int level, PlainText text, string path, List<PageError> errors)
    {
        var sections = new List<Section>();
        while (blocks.TryPeek(out var next) && next is HeadingBlock heading && heading.Level >= level)
        {
            blocks.Dequeue();
            if (heading.Level > level)
            {
                errors.Add(new(path, heading.Line + 1, $"A heading of level {level} is expected here."));
            }
            var title = text.Of(heading);
            if (sections.Any(section => section.Title == title))
            {
                errors.Add(new(path, heading.Line + 1, $"There is another section {title} before this one."));
            }
            var passages = Passages(blocks, text);
            sections.Add(new(title, heading.Line + 1, passages, level == 2 ? Below(blocks, 3, text, path, errors) : []));
        }
        if (level == 2 && blocks.TryPeek(out var stray))
        {
            errors.Add(new(path, stray.Line + 1, "A page has one title only."));
        }
        return sections;
    }

    private static List<Passage> Passages(Queue<Block> blocks, PlainText text)
    {
        var passages = new List<Passage>();
        while (blocks.TryPeek(out var next) && next is not HeadingBlock)
        {
            if (text.Of(blocks.Dequeue()) is { } passage)
            {
                passages.Add(passage);
            }
        }
        return passages;
    }
}
