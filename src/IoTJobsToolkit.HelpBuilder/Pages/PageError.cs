namespace IoTJobsToolkit.HelpBuilder.Pages;

/// <summary>What is wrong in a page; its text is what MSBuild and editors take for an error at that place.</summary>
/// <param name="Line">From 1.</param>
public sealed record PageError(string File, int Line, string Message)
{
    public override string ToString() => $"{File}({Line}): error HELP: {Message}";
}
