using IoTJobsToolkit.Portal.Components.Things.Import;

namespace IoTJobsToolkit.Portal.Tests.Import;

public sealed class ThingCsvTests
{
    private static ThingFile Read(string text) => ThingCsv.Read(new StringReader(text));

    private static string Show(ImportLine line) =>
        $"{line.Number}: {line.ThingName}, {line.ThingType ?? "-"}, [{string.Join(' ', line.Groups)}], {string.Join(' ', line.Attributes.Select(a => $"{a.Key}={a.Value}"))}";

    [Theory]
    [InlineData("thingName,thingType,groups,firmware,site\nlamp-1,lamp,eu;hall,7,eu1\nlamp-2,,,,", "a comma")]
    [InlineData("\uFEFFthingName,thingType,groups,firmware,site\r\nlamp-1,lamp,\"eu; hall;eu\",7,eu1\r\n\r\n  lamp-2  ,,,,\r\n", "a mark of the encoding, CRLF, blank lines and spaces")]
    [InlineData("thingName;thingType;groups;firmware;site\nlamp-1;lamp;\"eu;hall\";7;eu1\nlamp-2;;;;", "semicolons")]
    [InlineData("thingName\tthingType\tgroups\tfirmware\tsite\nlamp-1\tlamp\teu;hall\t7\teu1\nlamp-2", "tabs, and cells left away")]
    [InlineData("NAME,type,Group,firmware,site\nlamp-1,\"lamp\",eu;hall,\"7\",eu1\n\"lamp-2\"", "other words, and quotes")]
    public void Things_are_read_however_a_spreadsheet_writes_them(string text, string with)
    {
        var file = Read(text);

        Assert.True(file.Problem is null && file.Refused.Count == 0, with);
        Assert.Equal(["lamp-1, lamp, [eu hall], firmware=7 site=eu1", "lamp-2, -, [], "], file.Lines.Select(line => Show(line)[3..]));
    }

    [Fact]
    public void A_bad_line_is_refused_with_its_number_and_spoils_no_other()
    {
        var file = Read("""
        thingName,note
        a,"one"
        b,"never closed

        c,two "words" here
        d,1,2
        ,empty
        a,again
        e,"a ""good"" one"
        """);

        Assert.Equal(["2: a, -, [], note=one", "9: e, -, [], note=a \"good\" one"], file.Lines.Select(Show));
        Assert.Equal([3, 5, 6, 7, 8], file.Refused.Select(line => line.Number));
        Assert.Equal(
            [
                "A quote is opened and not closed on this line.",
                "A quote stands inside a cell that does not begin with one: write the whole cell in quotes, and each quote in it twice.",
                "It has 3 cells, and there are 2 columns: put a cell with a separator in it in quotes.",
                "There is no name in the column thingName.",
                "The thing a stands on line 2 already.",
            ],
            file.Refused.Select(line => line.Reason));
        Assert.Equal("b,\"never closed", file.Refused[0].Text);
    }

    [Theory]
    [InlineData("", "The file is empty.")]
    [InlineData("\n \n", "The file is empty.")]
    [InlineData("lamp-1,lamp", "one of them thingName")]
    [InlineData("thingName,a,a", "names the column a twice")]
    [InlineData("thingName,,b", "A column has no name")]
    [InlineData("thingName,\"type\nlamp-1,lamp\nlamp-2,lamp", "A quote is opened and not closed in the first line")]
    public void A_file_without_a_good_first_line_is_refused_as_a_whole(string text, string problem)
    {
        var file = Read(text);

        Assert.Contains(problem, file.Problem, StringComparison.Ordinal);
        Assert.Empty(file.Lines);
    }

    [Theory]
    [InlineData(ThingCsv.MaxLines, false)]
    [InlineData(ThingCsv.MaxLines + 1, true)]
    public void So_many_lines_may_be_in_a_file_and_no_more(int lines, bool isRefused)
    {
        var file = Read("thingName\n" + string.Join('\n', Enumerable.Range(0, lines).Select(i => $"t{i}")));

        Assert.Equal(isRefused, file.Problem is not null);
        Assert.Equal(isRefused ? 0 : lines, file.Lines.Count);
    }

    [Fact]
    public void Refused_lines_are_written_so_that_they_can_be_read_again()
    {
        var text = ThingCsv.Write([new(3, "A comma, a \"quote\".", "b,\"x"), new(12, "No.", "c")]);

        Assert.Equal("line,reason,text\r\n3,\"A comma, a \"\"quote\"\".\",\"b,\"\"x\"\r\n12,No.,c\r\n", text);
    }
}
