using IoTJobsToolkit.HelpBuilder.Cmdlets;
using IoTJobsToolkit.HelpBuilder.Maml;
using IoTJobsToolkit.HelpBuilder.Pages;
using IoTJobsToolkit.HelpBuilder.Topics;

namespace IoTJobsToolkit.Cmdlets.Tests.Help;

/// <summary>What the builder says of a page that is wrong.</summary>
public sealed class PageTests : IDisposable
{
    private const string Good = """
        # Stop-Lamp

        Stops lamps.

        ## Description

        It stops **them**, see [Get-Lamp](Get-Lamp.md).

        ## Examples

        ### One

        ```powershell
        Stop-Lamp 1
        ```

        It is dark.

        ### Two

        ```powershell
        Stop-Lamp 1, 2
        ```

        It is darker.

        ### Three

        ```powershell
        1..9 | Stop-Lamp
        ```

        It is darkest.

        ## Parameters

        ### Name

        Which one.

        ## Inputs

        ### System.String

        Names.

        ## Outputs

        ### None

        ## Links

        - [Get-Lamp](Get-Lamp.md)
        """;

    private static readonly Dictionary<string, Place> Everywhere = new() { ["__AllParameterSets"] = new(true, 0, true, false) };

    private static readonly CmdletFacts Facts = new("Stop", "Lamp", ["System.Boolean"], ["__AllParameterSets"],
    [
        new("Name", typeof(string), [], false, [], null, Everywhere),
        new("Force", typeof(bool), [], false, [], null, Everywhere),
    ]);

    private readonly string _folder = Directory.CreateTempSubdirectory("iotjobs").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void A_good_page_has_no_errors() => Assert.Empty(Errors(Good));

    [Theory]
    [InlineData("# Stop-Lamp", "# Stop-Lamps", 1, "The title is Stop-Lamps")]
    [InlineData("Stops lamps.", "Stops lamps.\n\nAnd more.", 5, "one paragraph, the synopsis")]
    [InlineData("## Description", "## Overview", 5, "There is no section Overview")]
    [InlineData("(Get-Lamp.md).", "(Get-Lamps.md).", 7, "The link leads to Get-Lamps.md")]
    [InlineData("It stops", "<b>It</b> stops", 7, "A terminal cannot show Html")]
    [InlineData("```powershell\nStop-Lamp 1\n```", "```powershell no-run\nStop-Lamp 1\n```", 9, "at least 3 examples that run; this has 2")]
    [InlineData("```powershell\nStop-Lamp 1\n```", "```powershell norun\nStop-Lamp 1\n```", 13, "only no-run is known, not norun")]
    [InlineData("```powershell\nStop-Lamp 1\n```\n", "", 11, "An example has a block of powershell")]
    [InlineData("It is dark.\n", "", 11, "An example says what happens")]
    [InlineData("### Two", "### One", 19, "another section One")]
    [InlineData("### Name", "### Nam", 37, "Stop-Lamp has no parameter Nam")]
    [InlineData("### Name", "### Nam", 35, "The parameter Name is not described")]
    [InlineData("Which one.", "", 37, "Nothing is said of Name")]
    [InlineData("## Inputs\n\n### System.String\n\nNames.\n", "", 46, "The section Inputs is missing")]
    [InlineData("### System.String\n\nNames.", "### None", 43, "Stop-Lamp takes objects from the pipeline")]
    [InlineData("## Outputs\n\n### None", "## Outputs\n\nNone.", 47, "Outputs are named by type")]
    [InlineData("## Outputs\n\n### None", "## Outputs\n\n### System.Boolean", 49, "Nothing is said of System.Boolean")]
    [InlineData("## Outputs\n\n### None", "## Outputs\n\n### System.Int32\n\nText.", 49, "Stop-Lamp does not write System.Int32: its OutputType says System.Boolean.")]
    [InlineData("## Links", "## Description", 51, "another section Description")]
    [InlineData("- [Get-Lamp](Get-Lamp.md)", "- Get-Lamp", 53, "A link of this list is [NAME](NAME.md)")]
    [InlineData("- [Get-Lamp](Get-Lamp.md)", "- [Get-Lamp](Get-Lamp.md)\n  - more", 53, "An item of a list is one paragraph")]
    public void A_wrong_page_is_an_error_with_its_line(string right, string wrong, int line, string message)
    {
        var text = Good.Replace("\r", "", StringComparison.Ordinal).Replace(right, wrong, StringComparison.Ordinal);

        Assert.Contains(Errors(text), error => error.Line == line && error.Message.Contains(message, StringComparison.Ordinal));
    }

    [Fact]
    public void An_error_is_written_as_compilers_write_theirs() =>
        Assert.Equal("docs/Stop-Lamp.md(7): error HELP: It is wrong.", new PageError("docs/Stop-Lamp.md", 7, "It is wrong.").ToString());

    [Fact]
    public void A_page_without_a_cmdlet_is_an_error_and_nothing_is_written()
    {
        Write("Stop-Lamp", Good);

        var errors = HelpBuilder.Help.Build(Path.Combine(Path.GetDirectoryName(Shell.Manifest)!, "IoTJobsToolkit.Cmdlets.dll"), _folder, Path.Combine(_folder, "en-US"));

        Assert.Contains(errors, error => error is { Line: 1, Message: "There is no cmdlet Stop-Lamp." });
        Assert.False(Directory.Exists(Path.Combine(_folder, "en-US")));
    }

    [Fact]
    public void A_page_says_more_of_a_common_parameter_in_its_own_words()
    {
        var help = Read(Good.Replace("## Inputs", "### Force\n\nIn the dark.\n\n## Inputs", StringComparison.Ordinal), []);

        Assert.Equal("In the dark.", Assert.IsType<Paragraph>(Assert.Single(help.Parameters.Single(parameter => parameter.Facts.Name == "Force").Text.Passages)).Text);
        Assert.Equal("Common.", Assert.IsType<Paragraph>(Assert.Single(Read(Good, []).Parameters.Single(parameter => parameter.Facts.Name == "Force").Text.Passages)).Text);
    }

    [Theory]
    [InlineData("One of them.", true)]
    [InlineData("LOW, or HIGH for more.", false)]
    public void The_values_of_a_closed_list_are_named_where_the_page_does_not_name_them(string text, bool added)
    {
        var facts = Facts with { Parameters = [Facts.Parameters[0] with { Values = ["LOW", "HIGH"] }, Facts.Parameters[1]] };

        var maml = Maml(Read(Good.Replace("Which one.", text, StringComparison.Ordinal), [], facts));

        Assert.Equal(added, maml.Contains("<maml:para>Values: LOW, HIGH.</maml:para>", StringComparison.Ordinal));
        Assert.Contains("<command:parameterValueGroup>", maml, StringComparison.Ordinal); // Name {LOW | HIGH} in the syntax.
    }

    [Fact]
    public void Markup_does_not_reach_Get_Help()
    {
        var maml = Maml(Read(Good.Replace("It is dark.", "It `is` *dark* [here](https://example.com):\n\n- a\n- b\n\n```\nx\n```", StringComparison.Ordinal), []));

        Assert.Contains("<maml:para>It stops them, see Get-Lamp.</maml:para>", maml, StringComparison.Ordinal);
        Assert.Contains("<maml:para>It is dark here (https://example.com):</maml:para>", maml, StringComparison.Ordinal);
        Assert.Contains("<maml:para>- a\n- b</maml:para>", maml, StringComparison.Ordinal);
        Assert.Contains("<maml:para>    x</maml:para>", maml, StringComparison.Ordinal);
    }

    [Fact]
    public void A_topic_is_plain_text_of_80_columns()
    {
        var errors = new List<PageError>();
        var page = MarkdownPage.Read(Write("about_Lamps", $"""
            # about_Lamps

            What lamps are.

            ## How they shine

            They `shine` **brightly**, {string.Join(' ', Enumerable.Repeat("very", 20))}.

            - one, {string.Join(' ', Enumerable.Repeat("very", 20))}
            - two

            ```powershell
            Get-Lamp |
                Stop-Lamp
            ```
            """), errors);

        var text = TopicFiles.Text(TopicPage.Read(page, errors));

        Assert.Empty(errors);
        Assert.Equal($"""
            TOPIC
                about_Lamps

            SHORT DESCRIPTION
                What lamps are.

            HOW THEY SHINE
                They shine brightly, {string.Join(' ', Enumerable.Repeat("very", 11))}
                {string.Join(' ', Enumerable.Repeat("very", 9))}.

                - one, {string.Join(' ', Enumerable.Repeat("very", 14))}
                  {string.Join(' ', Enumerable.Repeat("very", 6))}
                - two

                    Get-Lamp |
                        Stop-Lamp

            """.Replace("\r", "", StringComparison.Ordinal), text);
    }

    [Fact]
    public void Code_too_wide_for_a_topic_is_an_error_of_its_line()
    {
        var errors = new List<PageError>();
        var page = MarkdownPage.Read(Write("about_Lamps", $"# about_Lamps\n\nShort.\n\n## Wide\n\n```powershell\nGet-Lamp\n{new string('x', 73)}\n```\n"), errors);

        TopicPage.Read(page, errors);

        Assert.Equal(9, Assert.Single(errors).Line);
    }

    private List<PageError> Errors(string text)
    {
        var errors = new List<PageError>();
        Read(text, errors);
        return errors;
    }

    private string Maml(CmdletHelp help)
    {
        var path = Path.Combine(_folder, "help.xml");
        MamlFile.Write(path, [help]);
        return File.ReadAllText(path);
    }

    private CmdletHelp Read(string text, List<PageError> errors, CmdletFacts? facts = null)
    {
        var page = MarkdownPage.Read(Write("Stop-Lamp", text), errors);
        page.CheckLinks(new HashSet<string> { "Get-Lamp" }, errors);
        var common = new Dictionary<string, ParameterText> { ["Force"] = new("Force", [new Paragraph("Common.", 1)], 1) };
        return CmdletHelp.Of(facts ?? Facts, CmdletPage.Read(page, errors), common, errors);
    }

    private string Write(string name, string text)
    {
        var path = Path.Combine(_folder, name + ".md");
        File.WriteAllText(path, text);
        return path;
    }
}
