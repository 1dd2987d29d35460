namespace IoTJobsToolkit.HelpBuilder.Pages;

/// <summary>An example: its commands, and what is said about them.</summary>
public sealed record Example(string Title, int Line, IReadOnlyList<Passage> Passages)
{
    public IEnumerable<Code> Commands => Passages.OfType<Code>().Where(code => code.IsPowerShell);

    public bool Runs => Commands.Any(code => code.Runs);
}
