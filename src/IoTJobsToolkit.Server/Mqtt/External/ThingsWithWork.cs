using System.Runtime.CompilerServices;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>Every thing that has something to do, with each namespace of it, once.</summary>
internal sealed class ThingsWithWork(IJobs jobs)
{
    private readonly HashSet<ThingSpace> _listed = [];

    /// <exception cref="JobsException">The database cannot be read.</exception>
    public async IAsyncEnumerable<ThingSpace> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        string? more = null;
        do
        {
            var page = await jobs.ExecuteAsync(new ListJobs { Status = JobStatus.IN_PROGRESS, NextToken = more }, cancellationToken).ConfigureAwait(false);
            foreach (var job in page.Jobs)
            {
                await foreach (var thing in OfJobAsync(job.JobId, cancellationToken).ConfigureAwait(false))
                {
                    yield return thing;
                }
            }
            more = page.NextToken;
        }
        while (more is not null);
    }

    private async IAsyncEnumerable<ThingSpace> OfJobAsync(string jobId, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (await NamespaceAsync(jobId, cancellationToken).ConfigureAwait(false) is not { } space)
        {
            yield break;
        }
        foreach (var status in new[] { JobExecutionStatus.IN_PROGRESS, JobExecutionStatus.QUEUED })
        {
            string? more = null;
            do
            {
                ListJobExecutionsForJobResponse page;
                try
                {
                    page = await jobs.ExecuteAsync(new ListJobExecutionsForJob(jobId) { Status = status, NextToken = more }, cancellationToken).ConfigureAwait(false);
                }
                catch (JobsException gone) when (gone.Error == JobsError.ResourceNotFound)
                {
                    yield break;
                }
                foreach (var execution in page.ExecutionSummaries)
                {
                    if (_listed.Add(new(execution.ThingName, space.NamespaceId)))
                    {
                        yield return new(execution.ThingName, space.NamespaceId);
                    }
                }
                more = page.NextToken;
            }
            while (more is not null);
        }
    }

    /// <summary>Null where there is no such job any more.</summary>
    private async Task<Space?> NamespaceAsync(string jobId, CancellationToken cancellationToken)
    {
        try
        {
            return new((await jobs.ExecuteAsync(new DescribeJob(jobId), cancellationToken).ConfigureAwait(false)).Job.NamespaceId);
        }
        catch (JobsException gone) when (gone.Error == JobsError.ResourceNotFound)
        {
            return null;
        }
    }

    private sealed record Space(string? NamespaceId);
}
