using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Server.Demo;
using IoTJobsToolkit.Wire.Client;
using IoTJobsToolkit.Wire.Rendezvous;

namespace IoTJobsToolkit.Server.Tests.Demo;

/// <summary>The demo as people start it, in its own process.</summary>
public sealed class DemoTests
{
    private static readonly TimeSpan Promised = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("--Mqtt:Port=auto")]
    [InlineData("--Mqtt:Port=0")]
    public async Task Within_a_minute_there_are_a_rollout_an_abort_three_reasons_and_a_job_that_waits(string mqtt)
    {
        await using var portal = await PortalProcess.StartAsync("", "--demo", "--Jobs:Auth=Open", mqtt);
        var database = Assert.Single(portal.Lines, line => line.StartsWith("  Database", StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        using var jobs = new JobsHttpClient(new() { ControlEndpoint = new(ServerRendezvous.Find(database)!.Endpoint) });
        using var deadline = new CancellationTokenSource(Promised);
        async Task<JobDetail> WhenAsync(string jobId, Func<JobDetail, bool> isSo)
        {
            using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(200));
            while (await rounds.WaitForNextTickAsync(deadline.Token))
            {
                var known = await jobs.ExecuteAsync(new ListJobs(), deadline.Token);
                if (known.Jobs.Any(job => job.JobId == jobId) && (await jobs.ExecuteAsync(new DescribeJob(jobId), deadline.Token)).Job is var job && isSo(job))
                {
                    return job;
                }
            }
            throw new TimeoutException();
        }

        await WhenAsync(DemoJobs.Night, job => job.Status is JobStatus.SCHEDULED or JobStatus.IN_PROGRESS);
        await WhenAsync("demo-firmware-1", job => job.JobProcessDetails.NumberOfInProgressThings > 0);
        var aborted = await WhenAsync("demo-config-1", job => job.Status == JobStatus.CANCELED);
        await WhenAsync("demo-diagnostics-1", job => job.Status == JobStatus.COMPLETED);
        // All at one time: whoever looks then sees the four beside each other.
        var night = (await jobs.ExecuteAsync(new DescribeJob(DemoJobs.Night), deadline.Token)).Job;
        var rollout = await WhenAsync("demo-firmware-1", job => job.JobProcessDetails.NumberOfInProgressThings > 0);

        Assert.Equal(0, night.JobProcessDetails.NumberOfQueuedThings + night.JobProcessDetails.NumberOfInProgressThings);
        Assert.Equal(JobStatus.IN_PROGRESS, rollout.Status);
        Assert.InRange(aborted.JobProcessDetails.NumberOfFailedThings, 2, 30);
        Assert.Equal(3, (await ReasonsAsync(jobs, "demo-diagnostics-1", deadline.Token)).Count);
        Assert.Equal(
            mqtt == "--Mqtt:Port=auto",
            (await jobs.ExecuteAsync(new DescribeThingConnectivity(DemoFleet.ThingNames[0]), deadline.Token)).Connected);

        await portal.StopAsync();
        Assert.False(Directory.Exists(Path.GetDirectoryName(database)));
    }

    [Fact]
    public async Task A_database_that_is_named_keeps_what_the_demo_did_and_goes_on_with_it()
    {
        var folder = Directory.CreateTempSubdirectory("demo-");
        var database = Path.Combine(folder.FullName, "mine.db");
        for (var start = 0; start < 2; start++)
        {
            await using var portal = await PortalProcess.StartAsync(database, "--demo", "--Jobs:Auth=Open");
            using var jobs = new JobsHttpClient(new() { ControlEndpoint = new(portal.Rendezvous.Endpoint) });
            using var deadline = new CancellationTokenSource(Promised);
            using var rounds = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
            do
            {
                await rounds.WaitForNextTickAsync(deadline.Token);
            }
            while ((await jobs.ExecuteAsync(new ListJobs(), deadline.Token)).Jobs.Count < 1 + DemoJobs.Series.Count);

            var (code, errors) = await portal.StopAsync();
            Assert.Equal((0, ""), (code, errors));
            Assert.True(File.Exists(database));
        }
        folder.Delete(recursive: true);
    }

    private static async Task<HashSet<string>> ReasonsAsync(JobsHttpClient jobs, string jobId, CancellationToken cancellationToken)
    {
        var failed = await jobs.ExecuteAsync(new ListJobExecutionsForJob(jobId) { Status = Engine.Executions.JobExecutionStatus.FAILED }, cancellationToken);
        var reasons = new HashSet<string>();
        foreach (var execution in failed.ExecutionSummaries)
        {
            var described = await jobs.ExecuteAsync(new DescribeJobExecution(jobId, execution.ThingName), cancellationToken);
            reasons.Add(described.Execution!.StatusDetails!.DetailsMap!["reason"]);
        }
        return reasons;
    }
}
