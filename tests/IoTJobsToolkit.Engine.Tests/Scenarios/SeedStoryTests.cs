using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>examples.md 1: the seed's commands from creation to deletion, with an inline document.</summary>
public class SeedStoryTests : IDisposable
{
    private const string Document = "{\n\t\"operation\":\"install\",\n\t\"url\":\"http://amazon.com/firmWareUpate-01\"\n}";
    private readonly TestEngine _t;

    public SeedStoryTests()
        : this(isCut: false)
    {
    }

    protected SeedStoryTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task The_story_runs_from_creation_to_deletion()
    {
        await _t.Things("thingOne");
        var created = await _t.Run(Create010());
        Assert.Equal(new("arn:aws:iot:us-east-1:123456789012:job/010", "010"), created);

        await _t.At(5);
        var described = await _t.Run(new DescribeJob("010"));
        Assert.Null(described.DocumentSource);
        Assert.Equal(JobStatus.IN_PROGRESS, described.Status);
        Assert.Equal([ThingArn("thingOne")], described.Job.Targets);
        Assert.Equal(1000, described.Job.JobExecutionsRolloutConfig.MaximumPerMinute);
        Assert.Null(described.Job.JobExecutionsRolloutConfig.ExponentialRate!.MaximumPerMinute);
        Assert.Equal(100, described.Job.TimeoutConfig.InProgressTimeoutInMinutes);
        Assert.False(described.Job.IsConcurrent);
        Assert.Null(described.Job.JobProcessDetails.ProcessingTargets);
        Assert.Equal((T0, T0), (described.Job.CreatedAt, described.Job.LastUpdatedAt));
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("010"));
        Assert.Equal(Document, (await _t.Run(new GetJobDocument("010"))).Document);
        var queued = Assert.Single(await _t.Executions("010"));
        Assert.Equal((ThingArn("thingOne"), JobExecutionStatus.QUEUED, 1L, 0), (queued.ThingArn, queued.Status, queued.ExecutionNumber, queued.JobExecutionSummary.RetryAttempt));

        await _t.At(145);
        var started = await _t.StartNext("thingOne");
        Assert.Equal((JobExecutionStatus.IN_PROGRESS, 2L, 1796119345L, Document), (started!.Status, started.VersionNumber, started.StartedAt!.Value, started.JobDocument));
        await _t.At(155.5);
        var reported = await _t.Report("010", "thingOne", JobExecutionStatus.IN_PROGRESS, u => u with { StatusDetails = new Dictionary<string, string> { ["percentComplete"] = "10" } });
        Assert.Equal(new(), reported);

        await _t.At(160.25);
        var execution = await _t.Execution("010", "thingOne");
        Assert.Equal((3L, 5984L), (execution.VersionNumber, execution.ApproximateSecondsBeforeTimedOut!.Value));
        Assert.Equal(T0.AddSeconds(155.5), execution.LastUpdatedAt);
        Assert.Equal("10", execution.StatusDetails.DetailsMap!["percentComplete"]);

        await _t.At(200);
        await _t.Run(new UpdateJob("010") { Description = "updated description", TimeoutConfig = new() { InProgressTimeoutInMinutes = 5 } });
        Assert.Equal(("updated description", T0.AddSeconds(200)), ((await _t.Job("010")).Description, (await _t.Job("010")).LastUpdatedAt));
        await _t.At(210);
        Assert.Equal(5935, (await _t.Execution("010", "thingOne")).ApproximateSecondsBeforeTimedOut);
        await Refused(_t.Run(new CancelJobExecution("010", "thingOne")), JobsError.InvalidStateTransition);
        await Refused(_t.Run(new DeleteJob("010")), JobsError.InvalidStateTransition);

        await _t.At(300);
        await _t.Report("010", "thingOne", JobExecutionStatus.SUCCEEDED);
        var done = await _t.Job("010");
        Assert.Equal((JobStatus.COMPLETED, T0.AddSeconds(300), T0.AddSeconds(300)), (done.Status, done.CompletedAt!.Value, done.LastUpdatedAt));
        Assert.Equal("0 0 1 0 0 0 0 0", await _t.Counts("010"));
        await Refused(_t.Run(new CancelJob("010")), JobsError.InvalidRequest);
        await _t.Run(new DeleteJob("010"));
        await Refused(_t.Run(new DescribeJob("010")), JobsError.ResourceNotFound);
        await _t.Run(Create010());
    }

    private static CreateJob Create010() => new("010", [ThingArn("thingOne")])
    {
        Document = Document,
        TimeoutConfig = new() { InProgressTimeoutInMinutes = 100 },
        JobExecutionsRolloutConfig = new()
        {
            ExponentialRate = new()
            {
                BaseRatePerMinute = 50,
                IncrementFactor = 2,
                MaximumPerMinute = 1000,
                RateIncreaseCriteria = new() { NumberOfNotifiedThings = 1000, NumberOfSucceededThings = 1000 },
            },
        },
        AbortConfig = new()
        {
            CriteriaList =
            [
                new() { Action = AbortAction.CANCEL, FailureType = JobExecutionFailureType.FAILED, MinNumberOfExecutedThings = 100, ThresholdPercentage = 20 },
                new() { Action = AbortAction.CANCEL, FailureType = JobExecutionFailureType.TIMED_OUT, MinNumberOfExecutedThings = 200, ThresholdPercentage = 50 },
            ],
        },
    };
}
