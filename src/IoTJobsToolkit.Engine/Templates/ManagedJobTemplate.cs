using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.Engine.Templates;

/// <summary>A value which a job gives to its managed template: AWS's shape of the same name (http-api 13.1).</summary>
/// <param name="Regex">What the whole value has to match.</param>
/// <param name="Optional">Where it is not given, the empty text stands in its place (OPEN-30).</param>
public sealed record DocumentParameter(string Key, string Description, string Regex, string Example, bool Optional)
{
    internal bool Accepts(string value) => System.Text.RegularExpressions.Regex.IsMatch(value, $@"\A(?:{Regex})\z", RegexOptions.CultureInvariant);
}

/// <summary>A template which comes with the product: its document has parameters, which a job fills in (jobs-reference 12.2).</summary>
public sealed record ManagedJobTemplate(string Name, string Version, string Description, IReadOnlyList<DocumentParameter> Parameters, string Document)
{
    /// <summary>Systems which the template is for.</summary>
    public IReadOnlyList<string> Environments { get; } = ["LINUX"];

    /// <summary>The document with its parameters filled in, JSON-escaped (jobs-reference 12.3).</summary>
    /// <exception cref="JobsException">A parameter is missing, unknown, or does not match its expression; or the document gets too long.</exception>
    internal string Fill(IReadOnlyDictionary<string, string>? given)
    {
        given ??= new Dictionary<string, string>();
        foreach (var (key, value) in given)
        {
            Check(key, value);
        }
        if (Parameters.FirstOrDefault(parameter => !parameter.Optional && !given.ContainsKey(parameter.Key)) is { } missing)
        {
            throw Validation.Check.Failed($"documentParameters.{missing.Key}", null, $"Member must be given for {Name}: {missing.Description}");
        }
        var document = DocumentPlaceholders.Replace(Document, placeholder =>
            placeholder.Kind == PlaceholderKind.Parameter ? given.GetValueOrDefault(placeholder.Argument, "") : null);
        return document.Length <= JobDocument.MaxLength ? document : throw JobsException.InvalidRequest(
            $"documentParameters make the document of {Name} {document.Length} characters long: at most {JobDocument.MaxLength} are allowed");
    }

    private void Check(string key, string value)
    {
        var parameter = Parameters.FirstOrDefault(parameter => parameter.Key == key) ?? throw Validation.Check.Failed(
            $"documentParameters.{key}", value, $"Member must be a parameter of {Name}: [{string.Join(", ", Parameters.Select(known => known.Key))}]");
        if (!parameter.Accepts(value))
        {
            throw Validation.Check.Failed($"documentParameters.{key}", value, $"Member must satisfy regular expression pattern: {parameter.Regex}");
        }
    }
}
