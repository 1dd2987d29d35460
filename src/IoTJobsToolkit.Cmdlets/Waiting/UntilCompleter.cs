using System.Collections;
using System.Management.Automation;
using System.Management.Automation.Language;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>What a wait may be for: the statuses of a job, and counts to go on from.</summary>
public sealed class UntilCompleter : IArgumentCompleter
{
    private static readonly string[] Words =
    [
        nameof(JobGoal.Ended),
        .. Enum.GetNames<JobStatus>(),
        "'ENDED >= 100%'",
        .. Enum.GetValues<JobExecutionStatus>().Select(status => status is JobExecutionStatus.SUCCEEDED ? "'SUCCEEDED >= 100'" : $"'{status} > 0'"),
    ];

    public IEnumerable<CompletionResult> CompleteArgument(
        string commandName, string parameterName, string wordToComplete, CommandAst commandAst, IDictionary fakeBoundParameters)
    {
        var typed = (wordToComplete ?? "").Trim('\'', '"');
        return Words.Where(word => word.Trim('\'').StartsWith(typed, StringComparison.OrdinalIgnoreCase)).Select(word => new CompletionResult(word));
    }
}
