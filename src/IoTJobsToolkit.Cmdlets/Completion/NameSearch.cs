using System.Collections;
using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>What is being completed, and what was found so far: one thread finds while another takes the results.</summary>
internal sealed class NameSearch
{
    /// <summary>More names than this help nobody.</summary>
    public const int Enough = 250;

    private readonly Lock _gate = new();
    private readonly List<CompletionResult> _results = [];
    private readonly HashSet<string> _names = new(StringComparer.Ordinal);
    private readonly Word _word;

    public NameSearch(string? word, string command, string parameter, IDictionary bound)
    {
        _word = Word.Of(word);
        Command = command;
        Parameter = parameter;
        Bound = bound;
    }

    /// <summary>How the names begin that are looked for, in any case.</summary>
    public string Prefix => _word.Text;

    public string Command { get; }

    public string Parameter { get; }

    /// <summary>The other parameters of the line, as far as they are written.</summary>
    public IDictionary Bound { get; }

    public bool IsEnough
    {
        get
        {
            lock (_gate)
            {
                return _results.Count >= Enough;
            }
        }
    }

    public IReadOnlyList<CompletionResult> Results
    {
        get
        {
            lock (_gate)
            {
                return [.. _results];
            }
        }
    }

    /// <summary>Text of another parameter of the line; null where it is not given, or not a text.</summary>
    public string? Text(params string[] names) => names.Select(name => Bound[name] as string).FirstOrDefault(text => text is not null);

    public bool Fits(string name) => name.StartsWith(Prefix, StringComparison.OrdinalIgnoreCase);

    /// <summary>Passes over what begins otherwise and what is there already.</summary>
    public void Add(string name, string? toolTip) => Add(name, toolTip, _word.Complete(name));

    /// <summary>The same for what is no name but PowerShell: it stands in the line as it is.</summary>
    public void AddScript(string script, string? toolTip) => Add(script, toolTip, script);

    private void Add(string name, string? toolTip, string completion)
    {
        if (!Fits(name))
        {
            return;
        }
        lock (_gate)
        {
            if (_results.Count < Enough && _names.Add(name))
            {
                _results.Add(new(completion, name, CompletionResultType.ParameterValue, string.IsNullOrWhiteSpace(toolTip) ? name : toolTip));
            }
        }
    }
}
