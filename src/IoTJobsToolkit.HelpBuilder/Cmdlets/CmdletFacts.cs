namespace IoTJobsToolkit.HelpBuilder.Cmdlets;

/// <summary>What a cmdlet's class says of it.</summary>
/// <param name="Outputs">Full names of the types that it says it writes.</param>
/// <param name="Sets">Names of its parameter sets, the default one first.</param>
public sealed record CmdletFacts(
    string Verb, string Noun, IReadOnlyList<string> Outputs, IReadOnlyList<string> Sets, IReadOnlyList<ParameterFacts> Parameters)
{
    public bool TakesPipeline => Parameters.Any(parameter => parameter.Places.Values.Any(place => place.ByValue));

    public string Name => $"{Verb}-{Noun}";
}
