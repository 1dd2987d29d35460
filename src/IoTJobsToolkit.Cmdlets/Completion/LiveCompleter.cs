using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>
/// Completes names from the database or server, in a moment or not at all: the Tab key never waits for a file and never shows an error. What
/// was found when the moment is over is what there is.
/// </summary>
public abstract class LiveCompleter : IArgumentCompleter
{
    private static readonly TimeSpan Moment = TimeSpan.FromMilliseconds(170);

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var search = new NameSearch(wordToComplete, commandName, parameterName, fakeBoundParameters);
        try
        {
            Task.Run(() => FindAsync(search)).Wait(Moment);
        }
        catch (AggregateException)
        {
            // What was found before stands.
        }
        return search.Results;
    }

    /// <summary>Adds names to the search until there are enough, or none is left, or the moment is over.</summary>
    private protected abstract Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken);

    private async Task FindAsync(NameSearch search)
    {
        var connection = Connections.For(CallParameters.From(search.Bound));
        if (connection is FileConnection { DatabasePath: var path } && !File.Exists(path))
        {
            return;
        }
        using var moment = new CancellationTokenSource(Moment);
        using var lease = connection.Use(TimeSpan.Zero, moment.Token);
        await FindAsync(lease, search, moment.Token).ConfigureAwait(false);
    }
}
