using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Failed executions by the reason that somebody typed.</summary>
public abstract partial class IoTJobsCmdlet
{
    /// <summary>Those of all pages; a plain reason is looked for where the jobs are.</summary>
    /// <param name="reason">A reason, or a wildcard over reasons, which may itself be a reason with a wildcard's characters; null for any.</param>
    /// <param name="failures">What else is wanted of them.</param>
    private protected IEnumerable<JobFailure> Failures(ListJobFailures failures, string? reason)
    {
        var isPattern = reason is not null && IsWildcard(reason);
        var found = Every(
            failures.JobId,
            token => failures with { Reason = isPattern ? null : reason, NextToken = token },
            page => (page.Failures, page.NextToken));
        return isPattern ? found.Where(failure => failure.Reason == reason || Selection.Wildcard(reason!).IsMatch(failure.Reason)) : found;
    }
}
