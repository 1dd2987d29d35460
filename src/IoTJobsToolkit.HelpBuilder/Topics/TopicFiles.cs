using System.Text;
using IoTJobsToolkit.HelpBuilder.Pages;

namespace IoTJobsToolkit.HelpBuilder.Topics;

/// <summary>Writes topics as Get-Help shows them: plain text of 80 columns.</summary>
public static class TopicFiles
{
    private const int Width = 80;
    private const int Margin = 4;

    /// <summary>Code stands four columns further in than text.</summary>
    public const int CodeWidth = Width - (2 * Margin);

    /// <summary>The topics of the folder are these, and no others.</summary>
    public static void Write(string folder, IEnumerable<TopicPage> topics)
    {
        foreach (var old in Directory.GetFiles(folder, "about_*.help.txt"))
        {
            File.Delete(old);
        }
        foreach (var topic in topics)
        {
            File.WriteAllText(Path.Combine(folder, topic.Name + ".help.txt"), Text(topic));
        }
    }

    public static string Text(TopicPage topic)
    {
        var text = new StringBuilder();
        text.Append("TOPIC\n    ").Append(topic.Name).Append("\n\nSHORT DESCRIPTION\n    ").Append(topic.Summary).Append('\n');
        foreach (var section in topic.Sections)
        {
            text.Append('\n').Append(section.Title.ToUpperInvariant()).Append('\n');
            Append(text, section.Passages);
            foreach (var below in section.Sections)
            {
                text.Append("\n  ").Append(below.Title).Append('\n');
                Append(text, below.Passages);
            }
        }
        return text.ToString();
    }

    private static void Append(StringBuilder text, IEnumerable<Passage> passages)
    {
        var separator = "";
        foreach (var passage in passages)
        {
            text.Append(separator);
            separator = "\n";
            foreach (var line in Lines(passage))
            {
                text.Append(line.TrimEnd()).Append('\n');
            }
        }
    }

    private static IEnumerable<string> Lines(Passage passage) => passage switch
    {
        Paragraph paragraph => Wrapped(paragraph.Text, Indent(Margin), Indent(Margin)),
        ItemList list => list.Items.SelectMany(item => Wrapped(
            item.Text, $"{Indent(Margin)}{item.Marker} ", Indent(Margin + item.Marker.Length + 1))),
        Code code => code.Lines.Select(line => Indent(2 * Margin) + line),
        _ => throw new InvalidOperationException($"No text is made of {passage.GetType().Name}."),
    };

    private static IEnumerable<string> Wrapped(string text, string first, string others)
    {
        foreach (var part in text.Split('\n'))
        {
            var line = new StringBuilder(first);
            var isEmpty = true;
            foreach (var word in part.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                if (!isEmpty && line.Length + 1 + word.Length > Width)
                {
                    yield return line.ToString();
                    line = new(others);
                    isEmpty = true;
                }
                line.Append(isEmpty ? "" : " ").Append(word);
                isEmpty = false;
            }
            yield return line.ToString();
            first = others;
        }
    }

    private static string Indent(int columns) => new(' ', columns);
}
