namespace IoTJobsToolkit.HelpBuilder.Pages;

/// <summary>A piece of text as a terminal shows it, without any markup.</summary>
/// <param name="Line">Where it begins in its page, from 1.</param>
public abstract record Passage(int Line);

public sealed record Paragraph(string Text, int Line) : Passage(Line);

/// <param name="Marker">What stands before the text: a dash, or the number of an ordered list.</param>
/// <param name="Link">Where the item leads when it is a link and nothing else.</param>
public sealed record Item(string Marker, string Text, string? Link, int Line);

public sealed record ItemList(IReadOnlyList<Item> Items, int Line) : Passage(Line);

/// <param name="Language">As the fence says; empty when it says nothing.</param>
/// <param name="Runs">False for what only shows how something is typed: <c>no-run</c> at the fence.</param>
public sealed record Code(string Language, bool Runs, string Text, int Line) : Passage(Line)
{
    public bool IsPowerShell => Language == "powershell";

    public IEnumerable<string> Lines => Text.Split('\n');
}
