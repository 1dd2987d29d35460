using System.Globalization;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Server.Demo;

/// <summary>Creates the demo's jobs, each series its next one when the one before has ended for a while: the demo never runs out.</summary>
/// <param name="refused">Told of a job that cannot be created, and why: once for each reason.</param>
internal sealed class DemoProgram(IJobs jobs, JobsSettings settings, TimeProvider clock, Action<string, string> refused)
{
    private static readonly TimeSpan Round = TimeSpan.FromSeconds(10);

    private readonly HashSet<(string Job, string Reason)> _told = [];

    /// <summary>Until it is canceled.</summary>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await TryAsync(DemoJobs.Night, () => OnceAsync(DemoJobs.NightJob(settings, clock.GetUtcNow()), cancellationToken)).ConfigureAwait(false);
        using var timer = new PeriodicTimer(Round, clock);
        do
        {
            foreach (var series in DemoJobs.Series)
            {
                await TryAsync(series.Name, () => GoOnAsync(series, cancellationToken)).ConfigureAwait(false);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellationToken).ConfigureAwait(false));
    }

    /// <summary>Whoever looks at the demo may delete one of its groups, or come to a limit: everything else goes on, and this when it can.</summary>
    private async Task TryAsync(string name, Func<Task> create)
    {
        try
        {
            await create().ConfigureAwait(false);
        }
        catch (JobsException refusal)
        {
            if (_told.Add((name, refusal.Message)))
            {
                refused(name, refusal.Message);
            }
        }
    }

    private async Task GoOnAsync(DemoSeries series, CancellationToken cancellationToken)
    {
        var latest = await LatestAsync(series, cancellationToken).ConfigureAwait(false);
        if (latest is null || latest.Status is JobStatus.COMPLETED or JobStatus.CANCELED && (latest.CompletedAt ?? latest.LastUpdatedAt) + series.Pause <= clock.GetUtcNow())
        {
            var number = latest is null ? 1 : NumberOf(series, latest.JobId) + 1;
            var job = new CreateJob(string.Create(CultureInfo.InvariantCulture, $"{series.Name}-{number}"), [settings.ThingGroupArn(series.Group)]);
            await OnceAsync(series.Fill(job, number), cancellationToken).ConfigureAwait(false);
        }
    }

    /// <summary>Of its series; null where there is none yet.</summary>
    private async Task<JobSummary?> LatestAsync(DemoSeries series, CancellationToken cancellationToken)
    {
        JobSummary? latest = null;
        string? token = null;
        do
        {
            var page = await jobs.ExecuteAsync(new ListJobs { NextToken = token }, cancellationToken).ConfigureAwait(false);
            foreach (var job in page.Jobs)
            {
                if (NumberOf(series, job.JobId) > (latest is null ? 0 : NumberOf(series, latest.JobId)))
                {
                    latest = job;
                }
            }
            token = page.NextToken;
        }
        while (token is not null);
        return latest;
    }

    /// <summary>0 for the id of another job.</summary>
    private static int NumberOf(DemoSeries series, string jobId) =>
        jobId.StartsWith($"{series.Name}-", StringComparison.Ordinal) &&
        int.TryParse(jobId.AsSpan(series.Name.Length + 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? number
            : 0;

    private async Task OnceAsync(CreateJob job, CancellationToken cancellationToken)
    {
        try
        {
            await jobs.ExecuteAsync(job, cancellationToken).ConfigureAwait(false);
        }
        catch (JobsException refusal) when (refusal.Error == JobsError.ResourceAlreadyExists)
        {
            // From the demo before, on a database that was given.
        }
    }
}
