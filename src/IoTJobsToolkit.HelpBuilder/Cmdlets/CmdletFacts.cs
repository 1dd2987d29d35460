namespace IoTJobsToolkit.HelpBuilder.Cmdlets;

/// <summary>What a cmdlet's class says of it.</summary>
/// <param name="Sets">Names of its parameter sets, the default one first.</param>
public sealed record CmdletFacts(string Verb, string Noun, IReadOnlyList<string> Sets, IReadOnlyList<ParameterFacts> Parameters)
{
    public string Name => $"{Verb}-{Noun}";
}
