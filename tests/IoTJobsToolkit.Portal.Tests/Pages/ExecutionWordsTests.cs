using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Execution;
using IoTJobsToolkit.Portal.Components.Times;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class ExecutionWordsTests
{
    private static readonly DateTimeOffset At = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    private static JobExecution Execution(JobExecutionStatus status = QUEUED) => new()
    {
        Sequence = 1,
        JobSequence = 1,
        JobId = "job",
        ThingSequence = 1,
        ThingName = "pump",
        Number = 1,
        QueuedAt = At,
        LastUpdatedAt = At,
        StartedAt = At,
        Status = status,
    };

    private static JobDetail Job(JobStatus status = JobStatus.IN_PROGRESS) => new() { JobArn = "arn", JobId = "job", Status = status };

    [Theory]
    [InlineData(QUEUED, ChangeOrigin.Rollout, "system", false, "Queued by the job's rollout")]
    [InlineData(QUEUED, ChangeOrigin.Join, "system", false, "Queued: the thing became a target of the job")]
    [InlineData(IN_PROGRESS, ChangeOrigin.Device, "pump", false, "Started by the device")]
    [InlineData(SUCCEEDED, ChangeOrigin.Device, "gateway", false, "Succeeded, as the device (gateway) reported")]
    [InlineData(REJECTED, ChangeOrigin.Device, "pump", false, "Rejected by the device")]
    [InlineData(CANCELED, ChangeOrigin.Operator, "ops", false, "Canceled by ops")]
    [InlineData(CANCELED, ChangeOrigin.Operator, "ops", true, "Canceled by ops with force")]
    [InlineData(CANCELED, ChangeOrigin.Abort, "system", false, "Canceled: an abort criterion of the job was met")]
    [InlineData(CANCELED, ChangeOrigin.EndTime, "system", false, "Canceled at the job's end time")]
    [InlineData(REMOVED, ChangeOrigin.Leave, "ops", false, "Removed: the thing is no longer a target of the job")]
    [InlineData(REMOVED, ChangeOrigin.ThingDeleted, "ops", false, "Removed: the thing was deleted by ops")]
    public void Each_change_has_its_sentence(JobExecutionStatus to, ChangeOrigin origin, string by, bool force, string expected)
    {
        var execution = Execution(to) with { ForceCanceled = force, History = [new(At, null, to, 1, origin, by)] };

        Assert.Equal(expected, TimelineStep.Of(new(execution, [execution])).Single().Words);
    }

    [Fact]
    public void A_timeout_says_after_how_long_and_which_timer_it_was()
    {
        var execution = Execution(TIMED_OUT) with
        {
            InProgressDeadline = At.AddMinutes(30),
            History = [new(At.AddMinutes(30), IN_PROGRESS, TIMED_OUT, 3, ChangeOrigin.Timer, "system")],
        };
        Assert.Equal("Timed out after 30 min in progress", Words(execution));
        Assert.Equal(
            "Timed out after 30 min in progress: the step timer of the device ran out", Words(execution with { InProgressDeadline = At.AddMinutes(60) }));

        static string Words(JobExecution execution) => TimelineStep.Of(new(execution, [execution])).Single().Words;
    }

    [Fact]
    public void A_silent_device_is_told_in_minutes_and_becomes_a_warning()
    {
        var found = new FoundExecution(Execution(IN_PROGRESS), []);

        Assert.Equal(new("The device has not reported for 2 min."), NextStep.Of(found, Job(), null, At.AddMinutes(2.9))[0]);
        Assert.Equal(new("The device has not reported for 17 min.", IsBad: true), NextStep.Of(found, Job(), null, At.AddMinutes(17))[0]);
        Assert.StartsWith("No timer runs", NextStep.Of(found, Job(), null, At)[^1].Text);
    }

    [Fact]
    public void Waiting_for_a_window_says_when_it_opens()
    {
        var found = new FoundExecution(Execution(), []) { WaitsForWindow = true };
        var job = Job(JobStatus.SCHEDULED);

        Assert.Equal(
            new("Waits for the job's maintenance window, which opens at", new(2026, 12, 2, 2, 0, 0, TimeSpan.Zero)),
            NextStep.Of(found, job with { ScheduledJobRollouts = [new("2026-12-02T02:00:00Z")] }, null, At)[0]);
        Assert.Equal(
            new("Waits for the job to start at", new(2026, 12, 3, 2, 0, 0, TimeSpan.Zero)),
            NextStep.Of(found, job with { SchedulingConfig = new() { StartTime = "2026-12-03T02:00:00Z" } }, null, At)[0]);
        Assert.True(NextStep.Of(found, job, null, At)[0].IsBad);
    }

    [Fact]
    public void Waiting_for_the_end_of_a_pause_names_who_paused_the_job_and_why()
    {
        var found = new FoundExecution(Execution(), []) { WaitsForWindow = true, Pause = new(At, "alice", "look first") };

        Assert.Equal(new("Waits until somebody resumes the job, which alice paused (look first) at", At), NextStep.Of(found, Job(), null, At)[0]);
        Assert.Equal(
            "Waits until somebody resumes the job, which alice paused at",
            NextStep.Of(found with { Pause = new(At, "alice", null) }, Job(), null, At)[0].Text);
    }

    [Fact]
    public void What_goes_with_its_job_says_so() => Assert.Equal(
        "The job is being deleted, and this execution with it.",
        NextStep.Of(new(Execution(), []), Job(JobStatus.DELETION_IN_PROGRESS), null, At).Single().Text);

    [Theory]
    [InlineData(0.25, "250 ms")]
    [InlineData(2.5, "2.5 s")]
    [InlineData(42, "42 s")]
    [InlineData(60, "1 min")]
    [InlineData(150, "2 min 30 s")]
    [InlineData(7500, "2 h 5 min")]
    [InlineData(273600, "3 d 4 h")]
    public void A_time_span_is_told_in_one_unit_or_two(double seconds, string expected) =>
        Assert.Equal(expected, Lasting.Text(TimeSpan.FromSeconds(seconds)));
}
