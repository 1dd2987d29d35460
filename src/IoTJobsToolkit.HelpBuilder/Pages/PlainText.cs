using System.Text;
using Markdig.Syntax;
using Markdig.Syntax.Inlines;

namespace IoTJobsToolkit.HelpBuilder.Pages;

/// <summary>Takes the markup off Markdown: what is left reads well in a terminal.</summary>
internal sealed class PlainText(string path, List<PageError> errors)
{
    public string Of(HeadingBlock heading) => Of(heading.Inline, heading.Line + 1);

    /// <summary>Null for what a page may not have: it is an error.</summary>
    public Passage? Of(Block block) => block switch
    {
        ParagraphBlock paragraph => new Paragraph(Of(paragraph.Inline, block.Line + 1), block.Line + 1),
        FencedCodeBlock code => Of(code),
        ListBlock list => new ItemList([.. list.Cast<ListItemBlock>().Select((item, index) => Of(list, item, index))], block.Line + 1),
        _ => Refuse(block.Line + 1, $"A page has paragraphs, lists and fenced code, but no {Kind(block)}."),
    };

    private Code Of(FencedCodeBlock code)
    {
        if (!string.IsNullOrEmpty(code.Arguments) && code.Arguments != "no-run")
        {
            Refuse(code.Line + 1, $"Behind a fence's language only no-run is known, not {code.Arguments}.");
        }
        return new(code.Info ?? "", code.Arguments != "no-run", code.Lines.ToString().Replace("\r", "", StringComparison.Ordinal), code.Line + 1);
    }

    private Item Of(ListBlock list, ListItemBlock item, int index)
    {
        var line = item.Line + 1;
        if (item is not [ParagraphBlock paragraph])
        {
            Refuse(line, "An item of a list is one paragraph.");
            return new("-", "", null, line);
        }
        var first = int.TryParse(list.OrderedStart, out var number) ? number : 1;
        return new(
            list.IsOrdered ? $"{first + index}." : "-",
            Of(paragraph.Inline, line),
            paragraph.Inline is { FirstChild: LinkInline link } && link == paragraph.Inline.LastChild ? link.Url : null,
            line);
    }

    private string Of(ContainerInline? inlines, int line)
    {
        var text = new StringBuilder();
        foreach (var inline in inlines ?? [])
        {
            text.Append(Of(inline, line));
        }
        return text.ToString();
    }

    private string Of(Inline inline, int line) => inline switch
    {
        LiteralInline literal => literal.Content.ToString(),
        CodeInline code => code.Content,
        LineBreakInline lineBreak => lineBreak.IsHard ? "\n" : " ",
        HtmlEntityInline entity => entity.Transcoded.ToString(),
        AutolinkInline address => address.Url,
        LinkInline { IsImage: false, Url: { } url } link when MarkdownPage.IsElsewhere(url) && Of(link, line) is var shown =>
            shown == url ? url : $"{shown} ({url})",
        LinkInline { IsImage: false } link => Of(link, line),
        EmphasisInline emphasis => Of(emphasis, line),
        _ => Refuse(line, $"A terminal cannot show {Kind(inline)}; put code between backticks.")?.ToString() ?? "",
    };

    private static string Kind(object node) => node.GetType().Name.Replace("Block", "", StringComparison.Ordinal).Replace("Inline", "", StringComparison.Ordinal);

    private Passage? Refuse(int line, string message)
    {
        errors.Add(new(path, line, message));
        return null;
    }
}
