using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>
/// Completes names from the database or server, in a moment or not at all: the Tab key never waits for a file and never shows an error.
/// </summary>
public abstract class LiveCompleter : IArgumentCompleter
{
    private const int Enough = 250;
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(150);

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var prefix = (wordToComplete ?? "").Trim('\'', '"');
        var names = Task.Run(() => FindAsync(prefix, CallParameters.From(fakeBoundParameters)));
        try
        {
            return names.Wait(Moment) ? names.Result : [];
        }
        catch (AggregateException)
        {
            return [];
        }
    }

    /// <summary>A page of names with a tooltip each, and the token of the next.</summary>
    private protected abstract Task<(IEnumerable<(string Name, string ToolTip)> Names, string? NextToken)> ReadAsync(
        IJobs jobs, string? token, CancellationToken cancellationToken);

    private async Task<IReadOnlyList<CompletionResult>> FindAsync(string prefix, CallParameters call)
    {
        var connection = Connections.For(call);
        if (connection is FileConnection { DatabasePath: var path } && !File.Exists(path))
        {
            return [];
        }
        using var moment = new CancellationTokenSource(Moment);
        using var lease = connection.Use(TimeSpan.Zero, moment.Token);
        var found = new List<CompletionResult>();
        string? token = null;
        do
        {
            (var names, token) = await ReadAsync(lease.Jobs, token, moment.Token).ConfigureAwait(false);
            found.AddRange(names
                .Where(item => item.Name.StartsWith(prefix, StringComparison.OrdinalIgnoreCase))
                .Select(item => new CompletionResult(item.Name, item.Name, CompletionResultType.ParameterValue, item.ToolTip)));
        }
        while (token is not null && found.Count < Enough);
        return found;
    }
}
