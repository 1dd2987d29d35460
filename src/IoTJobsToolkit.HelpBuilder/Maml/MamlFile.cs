using System.Xml;
using System.Xml.Linq;
using IoTJobsToolkit.HelpBuilder.Cmdlets;
using IoTJobsToolkit.HelpBuilder.Pages;

namespace IoTJobsToolkit.HelpBuilder.Maml;

/// <summary>The file that Get-Help reads: MAML, as PowerShell's own modules have it.</summary>
public static class MamlFile
{
    private static readonly XNamespace Items = "http://msh";
    private static readonly XNamespace Maml = "http://schemas.microsoft.com/maml/2004/10";
    private static readonly XNamespace Command = "http://schemas.microsoft.com/maml/dev/command/2004/10";
    private static readonly XNamespace Dev = "http://schemas.microsoft.com/maml/dev/2004/10";

    public static void Write(string path, IEnumerable<CmdletHelp> cmdlets)
    {
        var document = new XDocument(new XElement(
            Items + "helpItems",
            new XAttribute("schema", "maml"),
            cmdlets.Select(CommandOf)));
        using var writer = XmlWriter.Create(path, new() { Indent = true, NewLineChars = "\n", NewLineHandling = NewLineHandling.None });
        document.Save(writer);
    }

    private static XElement CommandOf(CmdletHelp help) => new(
        Command + "command",
        new XAttribute(XNamespace.Xmlns + "maml", Maml),
        new XAttribute(XNamespace.Xmlns + "command", Command),
        new XAttribute(XNamespace.Xmlns + "dev", Dev),
        new XElement(
            Command + "details",
            new XElement(Command + "name", help.Cmdlet.Name),
            new XElement(Maml + "description", Para(help.Page.Synopsis)),
            new XElement(Command + "verb", help.Cmdlet.Verb),
            new XElement(Command + "noun", help.Cmdlet.Noun)),
        new XElement(Maml + "description", Paras(help.Page.Description)),
        new XElement(Command + "syntax", help.Cmdlet.Sets.Select(set => SyntaxOf(help, set))),
        help.Parameters.Count == 0 ? null : new XElement(Command + "parameters", help.Parameters.Select(parameter => ParameterOf(parameter.Facts, parameter.Text))),
        new XElement(Command + "inputTypes", help.Page.Inputs.Select(type => TypeOf("inputType", type))),
        new XElement(Command + "returnValues", help.Page.Outputs.Select(type => TypeOf("returnValue", type))),
        help.Page.Notes.Count == 0 ? null : new XElement(Maml + "alertSet", new XElement(Maml + "alert", Paras(help.Page.Notes))),
        new XElement(Command + "examples", help.Page.Examples.Select(ExampleOf)),
        new XElement(Command + "relatedLinks", help.Page.Links.Select(LinkOf)));

    private static XElement SyntaxOf(CmdletHelp help, string set) => new(
        Command + "syntaxItem",
        new XElement(Maml + "name", help.Cmdlet.Name),
        help.Syntax(set).Select(parameter => new XElement(
            Command + "parameter",
            Attributes(parameter, parameter.Places[set]),
            new XElement(Maml + "name", parameter.Name),
            parameter.IsSwitch ? null : parameter.Values.Count == 0 ? ValueOf(parameter) : ValuesOf(parameter))));

    private static XElement ParameterOf(ParameterFacts parameter, ParameterText text) => new(
        Command + "parameter",
        Attributes(parameter, Merged(parameter.Places.Values)),
        new XElement(Maml + "name", parameter.Name),
        new XElement(Maml + "description", Paras(text.Passages), Unsaid(parameter, text)),
        ValueOf(parameter),
        new XElement(Dev + "type", new XElement(Maml + "name", parameter.TypeName)),
        parameter.Default is { } value ? new XElement(Dev + "defaultValue", value) : null);

    /// <summary>The values of a closed list, where the text does not name them all.</summary>
    private static XElement? Unsaid(ParameterFacts parameter, ParameterText text) =>
        Paras(text.Passages).Select(paragraph => paragraph.Value).ToList() is var said
        && parameter.Values.Any(value => !said.Any(paragraph => paragraph.Contains(value, StringComparison.Ordinal)))
            ? Para($"Values: {string.Join(", ", parameter.Values)}.")
            : null;

    private static Place Merged(IEnumerable<Place> places) => places.Aggregate((one, other) => new(
        one.Mandatory && other.Mandatory,
        one.Position ?? other.Position,
        one.ByValue || other.ByValue,
        one.ByPropertyName || other.ByPropertyName));

    private static IEnumerable<XAttribute> Attributes(ParameterFacts parameter, Place place) =>
    [
        new("required", Bool(place.Mandatory)),
        new("variableLength", Bool(parameter.TakesMany)),
        new("globbing", Bool(parameter.TakesWildcards)),
        new("pipelineInput", (place.ByValue, place.ByPropertyName) switch
        {
            (true, true) => "True (ByValue, ByPropertyName)",
            (true, false) => "True (ByValue)",
            (false, true) => "True (ByPropertyName)",
            _ => "False",
        }),
        new("position", place.Position?.ToString(System.Globalization.CultureInfo.InvariantCulture) ?? "named"),
        new("aliases", parameter.Aliases.Count == 0 ? "none" : string.Join(", ", parameter.Aliases)),
    ];

    private static XElement ValueOf(ParameterFacts parameter) => new(
        Command + "parameterValue",
        new XAttribute("required", Bool(!parameter.IsSwitch)),
        new XAttribute("variableLength", Bool(parameter.TakesMany)),
        parameter.TypeName);

    private static XElement ValuesOf(ParameterFacts parameter) => new(
        Command + "parameterValueGroup",
        parameter.Values.Select(value => new XElement(
            Command + "parameterValue", new XAttribute("required", "false"), new XAttribute("variableLength", "false"), value)));

    private static XElement TypeOf(string kind, Section type) => new(
        Command + kind,
        new XElement(Dev + "type", new XElement(Maml + "name", type.Title)),
        new XElement(Maml + "description", Paras(type.Passages)));

    /// <summary>The first commands are the example's own; what comes behind them is said about it, more commands included.</summary>
    private static XElement ExampleOf(Example example, int index)
    {
        var code = example.Commands.First();
        return new(
            Command + "example",
            new XElement(Maml + "title", Title(index + 1, example.Title)),
            new XElement(Dev + "code", code.Text),
            new XElement(Dev + "remarks", Paras(example.Passages.Where(passage => passage != code)), Para(""))); // A line between examples.
    }

    /// <summary>On one line of 80 columns, of which Get-Help leaves four free.</summary>
    private static string Title(int number, string title) =>
        $"-------- Example {number}: {title} --------" is { Length: < 76 } framed ? framed : $"-------- Example {number}: {title}";

    private static XElement LinkOf(Item link) => new(
        Maml + "navigationLink",
        new XElement(Maml + "linkText", link.Text),
        new XElement(Maml + "uri", link.Link is { } target && MarkdownPage.IsElsewhere(target) ? target : ""));

    private static IEnumerable<XElement> Paras(IEnumerable<Passage> passages) => passages.Select(passage => Para(passage switch
    {
        Paragraph paragraph => paragraph.Text,
        ItemList list => string.Join('\n', list.Items.Select(item => $"{item.Marker} {item.Text}")),
        Code code => string.Join('\n', code.Lines.Select(line => "    " + line)),
        _ => throw new InvalidOperationException($"No text is made of {passage.GetType().Name}."),
    }));

    private static XElement Para(string text) => new(Maml + "para", text);

    private static string Bool(bool value) => value ? "true" : "false";
}
