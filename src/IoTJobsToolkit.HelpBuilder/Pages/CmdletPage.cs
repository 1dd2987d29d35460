namespace IoTJobsToolkit.HelpBuilder.Pages;

/// <summary>The page of a cmdlet: all that its assembly cannot say.</summary>
public sealed class CmdletPage
{
    private const int ExamplesAtLeast = 3;

    private static readonly string[] Order = ["Description", "Examples", "Parameters", "Inputs", "Outputs", "Notes", "Links"];

    private static readonly string[] MayLack = ["Parameters", "Notes"];

    private CmdletPage(MarkdownPage page, List<PageError> errors)
    {
        Path = page.Path;
        Synopsis = ReadSynopsis(page, errors);
        CheckSections(page, errors);
        Description = Find(page, "Description")?.All.ToList() ?? [];
        Examples = [.. Below(page, "Examples").Select(section => new Example(section.Title, section.Line, section.Passages))];
        Parameters = ParameterText.Read(Below(page, "Parameters"), Path, errors);
        ParametersLine = Find(page, "Parameters")?.Line ?? 1;
        Inputs = Below(page, "Inputs");
        Outputs = Below(page, "Outputs");
        Notes = Find(page, "Notes")?.All.ToList() ?? [];
        Links = [.. Find(page, "Links")?.All.OfType<ItemList>().SelectMany(list => list.Items) ?? []];
        CheckTexts(page, errors);
        CheckExamples(page, errors);
        CheckLinks(errors);
    }

    public string Path { get; }

    public string Synopsis { get; }

    public IReadOnlyList<Passage> Description { get; }

    public IReadOnlyList<Example> Examples { get; }

    public IReadOnlyDictionary<string, ParameterText> Parameters { get; }

    /// <summary>Where a parameter that is not described would be.</summary>
    public int ParametersLine { get; }

    public IReadOnlyList<Section> Inputs { get; }

    public IReadOnlyList<Section> Outputs { get; }

    public IReadOnlyList<Passage> Notes { get; }

    public IReadOnlyList<Item> Links { get; }

    public static CmdletPage Read(MarkdownPage page, List<PageError> errors) => new(page, errors);

    private static string ReadSynopsis(MarkdownPage page, List<PageError> errors)
    {
        if (page.Opening is [Paragraph only])
        {
            return only.Text;
        }
        errors.Add(new(page.Path, page.Opening.ElementAtOrDefault(1)?.Line ?? 1, "Below the title stands one paragraph, the synopsis."));
        return "";
    }

    private static void CheckSections(MarkdownPage page, List<PageError> errors)
    {
        var before = -1;
        foreach (var section in page.Sections)
        {
            var place = Array.IndexOf(Order, section.Title);
            if (place < 0)
            {
                errors.Add(new(page.Path, section.Line, $"There is no section {section.Title}: they are {string.Join(", ", Order)}."));
            }
            else if (place < before)
            {
                errors.Add(new(page.Path, section.Line, $"{section.Title} comes before {Order[before]}."));
            }
            before = Math.Max(before, place);
        }
        var last = page.Sections.Count == 0 ? 1 : page.Sections[^1].Line;
        errors.AddRange(Order.Except(MayLack).Where(title => Find(page, title) is null)
            .Select(title => new PageError(page.Path, last, $"The section {title} is missing.")));
    }

    private void CheckTexts(MarkdownPage page, List<PageError> errors)
    {
        if (Find(page, "Description") is { } description && description.Passages.Count == 0)
        {
            errors.Add(new(Path, description.Line, "The description is empty."));
        }
        foreach (var title in new[] { "Inputs", "Outputs" })
        {
            if (Find(page, title) is { Sections.Count: 0 } section)
            {
                errors.Add(new(Path, section.Line, $"{title} are named by type, each with a heading of its own, or None."));
            }
        }
        errors.AddRange(Inputs.Concat(Outputs).Where(type => type.Passages.Count == 0 && type.Title != "None")
            .Select(type => new PageError(Path, type.Line, $"Nothing is said of {type.Title}.")));
    }

    private void CheckExamples(MarkdownPage page, List<PageError> errors)
    {
        var line = Find(page, "Examples")?.Line ?? 1;
        foreach (var example in Examples)
        {
            if (!example.Commands.Any())
            {
                errors.Add(new(Path, example.Line, "An example has a block of powershell."));
            }
            if (!example.Passages.OfType<Paragraph>().Any())
            {
                errors.Add(new(Path, example.Line, "An example says what happens."));
            }
        }
        var running = Examples.Count(example => example.Runs);
        if (running < ExamplesAtLeast)
        {
            errors.Add(new(Path, line, $"A page has at least {ExamplesAtLeast} examples that run; this has {running}."));
        }
    }

    private void CheckLinks(List<PageError> errors) => errors.AddRange(Links
        .Where(item => item.Link is null || (!MarkdownPage.IsElsewhere(item.Link) && item.Link != item.Text + ".md"))
        .Select(item => new PageError(Path, item.Line, "A link of this list is [NAME](NAME.md), and nothing else.")));

    private static Section? Find(MarkdownPage page, string title) => page.Sections.FirstOrDefault(section => section.Title == title);

    private static IReadOnlyList<Section> Below(MarkdownPage page, string title) => Find(page, title)?.Sections ?? [];
}
