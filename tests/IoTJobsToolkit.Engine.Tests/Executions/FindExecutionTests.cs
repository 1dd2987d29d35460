using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;

namespace IoTJobsToolkit.Engine.Tests.Executions;

public sealed class FindExecutionTests : IDisposable
{
    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    private async Task Create(string jobId, Func<CreateJob, CreateJob>? with = null)
    {
        var create = new CreateJob(jobId, [TestEngine.ThingArn("pump")]) { Document = "{}" };
        await _t.Run(with?.Invoke(create) ?? create);
        await _t.Engine.SettleAsync(jobId, null, TestContext.Current.CancellationToken);
    }

    private async Task Report(string jobId, JobExecutionStatus status, params (string Key, string Value)[] details) => await _t.Device("pump").ExecuteAsync(
        new UpdateJobExecution(jobId, "pump") { Status = status, StatusDetails = details.Length == 0 ? null : details.ToDictionary(d => d.Key, d => d.Value) },
        TestContext.Current.CancellationToken);

    private Task<FoundExecution> Find(string jobId, long number = 1) =>
        _t.Engine.FindExecutionAsync(jobId, "pump", number, TestContext.Current.CancellationToken);

    [Fact]
    public async Task The_history_holds_the_details_that_came_with_each_change_of_status()
    {
        await _t.Things("pump");
        await Create("job");
        await Report("job", IN_PROGRESS, ("step", "1"));
        await Report("job", IN_PROGRESS, ("step", "2"));
        await Report("job", FAILED, ("error", "disk full"));

        var execution = (await Find("job")).Execution;

        Assert.Equal([null, "1", "disk full"], execution.History.Select(change => change.Details?.Values.Single()));
        Assert.Equal("disk full", execution.StatusDetails["error"]);
    }

    [Fact]
    public async Task What_a_paused_job_holds_is_told_with_who_paused_it()
    {
        await _t.Things("pump");
        await Create("job");
        await _t.Run(new PauseJob("job") { Comment = "look first" });

        var found = await Find("job");

        Assert.True(found.WaitsForWindow);
        Assert.Equal(("admin", "look first"), (found.Pause!.By, found.Pause.Comment));
        await _t.Run(new ResumeJob("job"));
        Assert.Null((await Find("job")).Pause);
    }

    [Fact]
    public async Task A_change_without_details_leaves_none_in_the_history_and_those_there_were_stand()
    {
        await _t.Things("pump");
        await Create("job");
        await Report("job", IN_PROGRESS, ("step", "1"));
        await Report("job", SUCCEEDED);

        var execution = (await Find("job")).Execution;

        Assert.Null(execution.History[^1].Details);
        Assert.Equal("1", execution.StatusDetails["step"]);
    }

    [Fact]
    public async Task Starting_the_next_and_canceling_keep_their_details_too()
    {
        await _t.Things("pump");
        await Create("job");
        await _t.Device("pump").ExecuteAsync(
            new StartNextPendingJobExecution("pump") { StatusDetails = new Dictionary<string, string> { ["by"] = "next" } }, TestContext.Current.CancellationToken);
        await _t.Run(new CancelJobExecution("job", "pump") { Force = true, StatusDetails = new Dictionary<string, string> { ["why"] = "night" } });

        Assert.Equal([null, "next", "night"], (await Find("job")).Execution.History.Select(change => change.Details?.Values.Single()));
    }

    [Fact]
    public async Task Retries_are_found_by_number_beside_each_other()
    {
        await _t.Things("pump");
        await Create("job", create => create with { JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 2 }] } });
        await Report("job", FAILED);
        await _t.Engine.SettleAsync("job", null, TestContext.Current.CancellationToken);

        var found = await Find("job", 2);

        Assert.Equal((2, 1), (found.Execution.Number, found.Execution.RetryAttempt));
        Assert.Equal([FAILED, QUEUED], found.OfThing.Select(execution => execution.Status));
        await TestEngine.Refused(Find("job", 3), JobsError.ResourceNotFound);
        await TestEngine.Refused(Find("none"), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task What_the_thing_is_handed_first_stands_before_it()
    {
        await _t.Things("pump");
        await Create("first");
        await _t.At(1);
        await Create("second");
        await _t.At(2);
        await Create("third");
        await Report("second", IN_PROGRESS);

        Assert.Equal(["second", "first"], (await Find("third")).Before.Select(execution => execution.JobId));
        Assert.Empty((await Find("second")).Before);
        await Report("second", SUCCEEDED);
        Assert.Empty((await Find("second")).Before);
        Assert.Equal(["first"], (await Find("third")).Before.Select(execution => execution.JobId));
    }
}
