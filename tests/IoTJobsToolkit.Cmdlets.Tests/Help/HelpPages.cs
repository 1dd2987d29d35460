using IoTJobsToolkit.HelpBuilder.Pages;

namespace IoTJobsToolkit.Cmdlets.Tests.Help;

/// <summary>The pages in docs/help, with what is to be run of them.</summary>
internal static class HelpPages
{
    public static string Folder { get; } = Path.Combine(Shell.Repository, "docs", "help");

    /// <summary>Names of the cmdlets that have a page.</summary>
    public static IReadOnlyList<string> Cmdlets { get; } = [.. Names().Where(name => name.Contains('-', StringComparison.Ordinal) && char.IsUpper(name[0]))];

    public static IReadOnlyList<string> Topics { get; } = [.. Names().Where(name => name.StartsWith("about_", StringComparison.Ordinal))];

    /// <summary>Each example of a cmdlet that can run; of a topic, each block of commands.</summary>
    public static IReadOnlyList<(string Page, string Title, string Script)> Examples { get; } =
    [
        .. Cmdlets.SelectMany(name => Read(name).Sections.Where(section => section.Title == "Examples")
            .SelectMany(section => section.Sections)
            .Select(example => (name, example.Title, string.Join('\n', Runs(example).Select(code => code.Text))))
            .Where(example => example.Item3.Length > 0)),
        .. Topics.SelectMany(name => Read(name).Sections.SelectMany(section => Runs(section)
            .Select(code => (name, $"{section.Title}, line {code.Line}", code.Text)))),
    ];

    private static IEnumerable<Code> Runs(Section section) => section.All.OfType<Code>().Where(code => code is { IsPowerShell: true, Runs: true });

    private static MarkdownPage Read(string name) => MarkdownPage.Read(Path.Combine(Folder, name + ".md"), []);

    private static IEnumerable<string> Names() =>
        Directory.GetFiles(Folder, "*.md").Select(file => Path.GetFileNameWithoutExtension(file)).Order(StringComparer.Ordinal);
}
