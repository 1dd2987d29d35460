using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>A word that is being typed: its text, and the quote that it was begun with.</summary>
internal sealed record Word(string Text, char? Quote)
{
    private static readonly Regex Plain = new("^[A-Za-z0-9_][A-Za-z0-9_:./-]*$");
    private static readonly Regex NeedsBacktick = new("[`$\"\u201c\u201d\u201e]");
    private static readonly Regex SingleQuote = new("['\u2018\u2019\u201a\u201b]");

    public static Word Of(string? typed) => typed switch
    {
        null or "" => new("", null),
        ['\'', ..] => new(typed.Trim('\'').Replace("''", "'", StringComparison.Ordinal), '\''),
        ['"', ..] => new(Regex.Replace(typed.Trim('"'), "`(.)", "$1"), '"'),
        _ => new(typed, null),
    };

    /// <summary>A name as it has to stand in the line: quoted where PowerShell would read something else, and where it was begun so.</summary>
    public string Complete(string name) => Quote switch
    {
        '"' => $"\"{NeedsBacktick.Replace(name, "`$0")}\"",
        null when Plain.IsMatch(name) => name,
        _ => $"'{SingleQuote.Replace(name, "$0$0")}'",
    };
}
