using IoTJobsToolkit.HelpBuilder.Cmdlets;
using IoTJobsToolkit.HelpBuilder.Pages;

namespace IoTJobsToolkit.HelpBuilder.Maml;

/// <summary>A cmdlet with its page, every parameter with its text.</summary>
public sealed record CmdletHelp(CmdletFacts Cmdlet, CmdletPage Page, IReadOnlyList<(ParameterFacts Facts, ParameterText Text)> Parameters)
{
    /// <summary>In the order of the page, then of the common parameters.</summary>
    public static CmdletHelp Of(
        CmdletFacts cmdlet, CmdletPage page, IReadOnlyDictionary<string, ParameterText> common, List<PageError> errors)
    {
        var texts = page.Parameters.Values.Concat(common.Values.Where(text => !page.Parameters.ContainsKey(text.Name))).ToList();
        errors.AddRange(page.Parameters.Values.Where(text => cmdlet.Parameters.All(parameter => parameter.Name != text.Name))
            .Select(text => new PageError(page.Path, text.Line, $"{cmdlet.Name} has no parameter {text.Name}.")));
        errors.AddRange(cmdlet.Parameters.Where(parameter => texts.All(text => text.Name != parameter.Name))
            .Select(parameter => new PageError(page.Path, page.ParametersLine, $"The parameter {parameter.Name} is not described.")));
        errors.AddRange(page.Outputs.Where(output => output.Title != "None" && !cmdlet.Outputs.Contains(output.Title))
            .Select(output => new PageError(page.Path, output.Line, $"{cmdlet.Name} does not write {output.Title}: its OutputType says {string.Join(", ", cmdlet.Outputs.DefaultIfEmpty("nothing"))}.")));
        errors.AddRange(page.Inputs.Where(input => input.Title == "None" && cmdlet.TakesPipeline)
            .Select(input => new PageError(page.Path, input.Line, $"{cmdlet.Name} takes objects from the pipeline.")));
        return new(cmdlet, page, [.. from text in texts
                                     from parameter in cmdlet.Parameters
                                     where parameter.Name == text.Name
                                     select (parameter, text)]);
    }

    /// <summary>As they are typed: those with a position, then the other mandatory ones, then the rest.</summary>
    public IEnumerable<ParameterFacts> Syntax(string set) => Parameters.Select(parameter => parameter.Facts)
        .Where(parameter => parameter.Places.ContainsKey(set))
        .OrderBy(parameter => parameter.Places[set] switch
        {
            { Position: { } position } => position,
            { Mandatory: true } => int.MaxValue - 1,
            _ => int.MaxValue,
        });
}
