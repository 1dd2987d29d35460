using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Completes short texts to begin with: typical ones, each with what it means.</summary>
public abstract class PhraseCompleter : IArgumentCompleter
{
    private protected abstract IReadOnlyList<(string Text, string Meaning)> Phrases { get; }

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var begun = (wordToComplete ?? "").Trim('\'', '"');
        return Phrases
            .Where(phrase => phrase.Text.StartsWith(begun, StringComparison.OrdinalIgnoreCase))
            .Select(phrase => new CompletionResult(Quoted(phrase.Text), phrase.Text, CompletionResultType.ParameterValue, phrase.Meaning));
    }

    private static string Quoted(string text) => text.All(char.IsAsciiLetterOrDigit) ? text : $"'{text}'";
}

/// <summary>For -AbortWhen.</summary>
public sealed class AbortCriteriaCompleter : PhraseCompleter
{
    private protected override IReadOnlyList<(string Text, string Meaning)> Phrases { get; } =
    [
        ("FAILED >= 20% of 100", "Cancel when 20% or more of at least 100 executions with a result have failed"),
        ("REJECTED >= 10% of 50", "Cancel when devices reject 10% or more of at least 50"),
        ("TIMED_OUT >= 5% of 50", "Cancel when 5% or more of at least 50 have timed out"),
        ("ALL >= 10% of 20", "Cancel when 10% or more of at least 20 have failed, timed out or were rejected"),
    ];
}

/// <summary>For -PauseWhen.</summary>
public sealed class PauseCriteriaCompleter : PhraseCompleter
{
    private protected override IReadOnlyList<(string Text, string Meaning)> Phrases { get; } =
    [
        ("FAILED >= 5% of 20", "Pause when 5% or more of at least 20 executions with a result have failed"),
        ("ALL >= 10% of 20", "Pause when 10% or more of at least 20 have failed, timed out or were rejected"),
    ];
}

/// <summary>For -Stage.</summary>
public sealed class StageCompleter : PhraseCompleter
{
    private protected override IReadOnlyList<(string Text, string Meaning)> Phrases { get; } =
    [
        ("10", "After 10 executions the rollout stops until somebody says Step-IoTJob"),
        ("10 >= 90%", "After 10 it stops until 90% or more have succeeded"),
        ("100 >= 99%", "After 100 more it stops until 99% or more of all so far have succeeded"),
    ];
}

/// <summary>For -MaintenanceWindow: when it opens, in UTC, and the minutes that it lasts.</summary>
public sealed class MaintenanceWindowCompleter : PhraseCompleter
{
    private protected override IReadOnlyList<(string Text, string Meaning)> Phrases { get; } =
    [
        ("cron(0 22 * * ? *) 120", "Every day at 22:00 UTC, for two hours"),
        ("cron(0 2 ? * SUN *) 240", "Every Sunday at 02:00 UTC, for four hours"),
        ("cron(30 3 1 * ? *) 60", "The first of every month at 03:30 UTC, for an hour"),
    ];
}

/// <summary>For -Retry.</summary>
public sealed class RetryCriteriaCompleter : PhraseCompleter
{
    private protected override IReadOnlyList<(string Text, string Meaning)> Phrases { get; } =
    [
        ("3", "Up to 3 further attempts, whether an attempt fails or times out"),
        ("FAILED 3", "Up to 3 further attempts after failures"),
        ("TIMED_OUT 2", "Up to 2 further attempts after timeouts"),
    ];
}

/// <summary>For -RolloutPerMinute.</summary>
public sealed class RolloutRateCompleter : PhraseCompleter
{
    private protected override IReadOnlyList<(string Text, string Meaning)> Phrases { get; } =
    [
        ("50", "50 executions per minute"),
        ("50..1000 x1.5 every 100 notified", "50 per minute at first, 1.5 times as many at each further 100 notified, 1000 at most"),
        ("10 x2 every 10 succeeded", "10 per minute at first, twice as many at each further 10 that succeeded"),
    ];
}
