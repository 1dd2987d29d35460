using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Portal.Tests.Screenshots;

public sealed class ScreenshotFleetTests
{
    [Fact]
    public async Task The_fleet_shows_every_status_of_jobs_and_a_job_near_its_abort()
    {
        using var fleet = await ScreenshotFleet.CreateAsync();

        var jobs = (await fleet.RunAsync(new ListJobs())).Jobs.ToDictionary(job => job.JobId, job => $"{job.Status}");
        Assert.Equal("IN_PROGRESS", jobs[ScreenshotFleet.FailingJob]);
        Assert.Equal("CANCELED", jobs[ScreenshotFleet.AbortedJob]);
        Assert.Equal("CANCELED", jobs[ScreenshotFleet.CanceledJob]);
        Assert.Equal("COMPLETED", jobs[ScreenshotFleet.DoneJob]);
        Assert.Equal("IN_PROGRESS", jobs[ScreenshotFleet.ContinuousJob]);
        Assert.Equal("SCHEDULED", jobs[ScreenshotFleet.ScheduledJob]);
        Assert.Equal("DELETION_IN_PROGRESS", jobs[ScreenshotFleet.DeletedJob]);
        var failing = await fleet.JobAsync(ScreenshotFleet.FailingJob);
        Assert.InRange(failing.JobProcessDetails.NumberOfFailedThings, 5, 10);
        Assert.InRange(failing.JobProcessDetails.NumberOfInProgressThings, 5, 10);
        var failed = await fleet.RunAsync(new DescribeJobExecution(ScreenshotFleet.FailingJob, ScreenshotFleet.FailedThing));
        Assert.Equal(JobExecutionStatus.FAILED, failed.Execution.Status);
        Assert.NotEmpty((await fleet.RunAsync(new ListThingsInThingGroup(ScreenshotFleet.DynamicGroup))).Things);
    }
}
