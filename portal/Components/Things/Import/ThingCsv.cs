using System.Globalization;
using CsvHelper;
using CsvHelper.Configuration;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Things.Import;

/// <summary>
/// Reads things from CSV: the first line names the columns, <c>thingName</c>, <c>thingType</c>, <c>groups</c>, and any others as attributes.
/// No cell holds a line break, since neither names nor attributes can: a quote left open spoils its own line and no other.
/// </summary>
public static class ThingCsv
{
    public const long MaxBytes = 10 * 1024 * 1024;
    public const int MaxLines = 100_000;

    public static ThingFile Read(TextReader reader)
    {
        ArgumentNullException.ThrowIfNull(reader);
        var (kept, refused) = ReadLines(reader);
        if (kept.Count == 0)
        {
            return ThingFile.Unusable("The file is empty. Its first line names the columns: thingName, thingType, groups, and attributes.");
        }
        if (HasOpenQuote(kept[0].Text))
        {
            return ThingFile.Unusable("A quote is opened and not closed in the first line, which names the columns.");
        }
        if (kept.Count + refused.Count > MaxLines + 1)
        {
            return ThingFile.Unusable($"There are more than {((long)MaxLines).Figure()} lines. Split the file; each part needs the first line.");
        }
        var delimiter = Delimiter(kept[0].Text);
        var problem = false;
        using var parser = new CsvParser(
            new StringReader(string.Join('\n', kept.Select(line => line.Text))),
            new CsvConfiguration(CultureInfo.InvariantCulture)
            {
                Delimiter = delimiter,
                TrimOptions = TrimOptions.Trim,
                IgnoreBlankLines = false,
                BadDataFound = _ => problem = true,
            });
        parser.Read();
        var columns = Columns.Of(parser.Record!);
        if (columns.Problem is not null)
        {
            return ThingFile.Unusable(columns.Problem);
        }
        var lines = new List<ImportLine>(kept.Count);
        var firsts = new Dictionary<string, int>(StringComparer.Ordinal);
        foreach (var (number, text) in kept.Skip(1))
        {
            problem = false;
            parser.Read();
            var cells = parser.Record!;
            var reason = problem
                ? "A quote stands inside a cell that does not begin with one: write the whole cell in quotes, and each quote in it twice."
                : columns.Refuse(cells, firsts);
            if (reason is not null)
            {
                refused.Add(new(number, reason, text));
                continue;
            }
            var line = columns.Line(number, text, cells);
            firsts.Add(line.ThingName, number);
            lines.Add(line);
        }
        refused.Sort((x, y) => x.Number.CompareTo(y.Number));
        return new(lines, refused, null);
    }

    /// <summary>The refused lines with their numbers and reasons, for whoever corrects them.</summary>
    public static string Write(IEnumerable<RefusedLine> refused)
    {
        using var text = new StringWriter(CultureInfo.InvariantCulture);
        using (var csv = new CsvWriter(text, CultureInfo.InvariantCulture, leaveOpen: true))
        {
            foreach (var cell in (string[])["line", "reason", "text"])
            {
                csv.WriteField(cell);
            }
            csv.NextRecord();
            foreach (var line in refused)
            {
                csv.WriteField(line.Number);
                csv.WriteField(line.Reason);
                csv.WriteField(line.Text);
                csv.NextRecord();
            }
        }
        return text.ToString();
    }

    private static (List<(int Number, string Text)> Kept, List<RefusedLine> Refused) ReadLines(TextReader reader)
    {
        var kept = new List<(int, string)>();
        var refused = new List<RefusedLine>();
        for (var number = 1; reader.ReadLine() is { } text; number++)
        {
            text = number == 1 ? text.TrimStart('\uFEFF') : text;
            if (string.IsNullOrWhiteSpace(text))
            {
                continue;
            }
            if (kept.Count > 0 && HasOpenQuote(text))
            {
                refused.Add(new(number, "A quote is opened and not closed on this line.", text));
            }
            else
            {
                kept.Add((number, text));
            }
            if (kept.Count + refused.Count > MaxLines + 1)
            {
                break;
            }
        }
        return (kept, refused);
    }

    private static bool HasOpenQuote(string line) => line.Count(character => character == '"') % 2 != 0;

    /// <summary>Spreadsheets of some countries write semicolons, and what is copied out of any has tabs.</summary>
    private static string Delimiter(string header) =>
        header.Contains('\t') ? "\t" : header.Contains(';') && !header.Contains(',') ? ";" : ",";
}
