using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Cmdlets.Views;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Completion;

/// <summary>Job ids, active jobs first: of those which the cmdlet can do something with, or with those before the others.</summary>
public sealed class JobIdCompleter : LiveCompleter
{
    private static readonly JobStatus?[] All = [null];
    private static readonly JobStatus?[] Active = [JobStatus.IN_PROGRESS, JobStatus.SCHEDULED];
    private static readonly JobStatus?[] EndedFirst = [JobStatus.COMPLETED, JobStatus.CANCELED, JobStatus.IN_PROGRESS, JobStatus.SCHEDULED];

    private protected override async Task FindAsync(Lease lease, NameSearch search, CancellationToken cancellationToken)
    {
        foreach (var status in StatusesFor(search.Command))
        {
            await AddAsync(lease.Jobs, search, status, job => job.JobId, cancellationToken).ConfigureAwait(false);
        }
    }

    internal static Task AddAsync(
        IJobs jobs, NameSearch search, JobStatus? status, Func<JobSummary, string> name, CancellationToken cancellationToken) => search.AddPages(async token =>
    {
        var page = await jobs.ExecuteAsync(new ListJobs { Status = status, NextToken = token }, cancellationToken).ConfigureAwait(false);
        return (page.Jobs.Select(job => (name(job), (string?)$"{job.Status}, created {Times.Minute(job.CreatedAt)}")), page.NextToken);
    });

    /// <summary>By the verb: the noun has a prefix where the module was imported with one.</summary>
    private static JobStatus?[] StatusesFor(string command) => command.EndsWith("IoTJob", StringComparison.OrdinalIgnoreCase)
        ? command.Split('-')[0].ToUpperInvariant() switch
        {
            "STOP" => Active,
            "REMOVE" => EndedFirst,
            _ => All,
        }
        : All;
}
