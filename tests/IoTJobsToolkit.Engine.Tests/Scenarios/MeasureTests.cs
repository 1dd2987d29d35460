using IoTJobsToolkit.Engine.Broker;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Measures;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>A dry run says what the job then does, and creates nothing.</summary>
public sealed class MeasureTests : IDisposable
{
    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    [Theory]
    [InlineData(1, null)]
    [InlineData(7, null)]
    [InlineData(null, 1.5)]
    [InlineData(null, null)]
    public async Task The_rollout_is_told_minute_by_minute_as_it_then_comes(int? perMinute, double? factor)
    {
        await _t.Group("g", 40);
        var job = Job(GroupArn("g")) with
        {
            JobExecutionsRolloutConfig = new()
            {
                MaximumPerMinute = perMinute,
                ExponentialRate = factor is null ? null : new() { BaseRatePerMinute = 2, IncrementFactor = (decimal)factor, RateIncreaseCriteria = new() { NumberOfNotifiedThings = 3 } },
            },
        };
        var measure = await _t.Run(new MeasureJob(job));
        Assert.Empty((await _t.Run(new ListJobs())).Jobs);

        await _t.Run(job);
        await _t.At(7_200);
        var made = (await _t.Executions("j")).Select(execution => execution.JobExecutionSummary.QueuedAt).ToList();
        Assert.Equal(
            made.GroupBy(at => at).Select(minute => new RolloutMinute(minute.Key, made.Count(at => at <= minute.Key))), measure.Rollout);
        Assert.Equal((40, 40, made.Min(), made.Max()), (measure.Things, measure.Created, measure.StartsAt!.Value, measure.LastCreatedAt!.Value));
    }

    [Fact]
    public async Task Things_of_several_targets_count_once_those_of_groups_below_among_them()
    {
        await _t.Group("top", 3);
        await _t.Run(new CreateThingGroup("below") { ParentGroupName = "top" });
        await _t.Things("lamp", "other");
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "below", ThingName = "lamp" });

        var measure = await _t.Run(new MeasureJob(Job(GroupArn("top"), ThingArn(Member("top", 1)), ThingArn("lamp"), ThingArn("other"))));
        Assert.Equal(5, measure.Things);
        Assert.Equal(["lamp", "other", "top-0000", "top-0001", "top-0002"], measure.FirstThings);
    }

    [Fact]
    public async Task More_things_than_one_turn_counts_are_counted_and_as_many_as_promised_are_looked_at()
    {
        await _t.Group("g", 12_500);

        var measure = await _t.Run(new MeasureJob(Job(GroupArn("g"))));
        Assert.Equal((12_500, 10_000), (measure.Things, measure.Examined));
    }

    [Fact]
    public async Task Jobs_that_come_first_on_the_things_are_named_with_how_many()
    {
        await _t.Group("g", 3);
        await _t.Create("one", Member("g", 0));
        await _t.Create("all", GroupArn("g"));
        await _t.Create("over", GroupArn("g"));
        await _t.At(1);
        await _t.Run(new CancelJob("over"));
        await _t.At(2);

        var measure = await _t.Run(new MeasureJob(Job(GroupArn("g"))));
        Assert.Equal([new("all", JobStatus.IN_PROGRESS, 3), new("one", JobStatus.IN_PROGRESS, 1)], measure.Overlaps);
    }

    [Fact]
    public async Task Abort_criteria_are_told_with_what_they_take_and_when_they_can_trip()
    {
        await _t.Group("g", 10);
        var job = Job(GroupArn("g")) with
        {
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 2 },
            AbortConfig = new()
            {
                CriteriaList =
                [
                    new() { FailureType = JobExecutionFailureType.FAILED, Action = AbortAction.CANCEL, ThresholdPercentage = 33.4m, MinNumberOfExecutedThings = 3 },
                    new() { FailureType = JobExecutionFailureType.ALL, Action = AbortAction.CANCEL, ThresholdPercentage = 50, MinNumberOfExecutedThings = 20 },
                ],
            },
        };

        var measure = await _t.Run(new MeasureJob(job));
        Assert.Equal(
            [
                new(JobExecutionFailureType.FAILED, 33.4m, 3, 2, T0.AddMinutes(1), 4),
                new(JobExecutionFailureType.ALL, 50, 20, null, null, 5),
            ],
            measure.Aborts);
        Assert.Contains(measure.Warnings, warning => warning.StartsWith("The abort criterion for ALL waits for 20 executions to end, and there are 10 things", StringComparison.Ordinal));

        await _t.Run(job);
        await _t.At(61);
        foreach (var i in (int[])[0, 1, 2])
        {
            Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);
            await _t.Report("j", Member("g", i), i == 0 ? JobExecutionStatus.SUCCEEDED : JobExecutionStatus.FAILED);
        }
        Assert.Equal(JobStatus.CANCELED, (await _t.Job("j")).Status); // Two failures among three, as it said.
    }

    [Fact]
    public async Task What_ends_before_all_have_their_execution_is_a_warning()
    {
        await _t.Group("g", 100);
        var measure = await _t.Run(new MeasureJob(Job(GroupArn("g")) with
        {
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 },
            SchedulingConfig = new() { StartTime = "2026-12-01T11:00", EndTime = "2026-12-01T12:00", EndBehavior = JobEndBehavior.CANCEL },
        }));

        Assert.Equal((100, 60, null, T0.AddHours(1)), (measure.Things, measure.Created, measure.LastCreatedAt, measure.StartsAt!.Value));
        Assert.Contains("40 of 100 things get no execution before the end time, 2026-12-01T12:00:00Z.", measure.Warnings);
    }

    [Fact]
    public async Task Documents_are_those_that_the_first_things_get()
    {
        await _t.Group("g", 5);
        await _t.Run(new UpdateThing(Member("g", 0)) { AttributePayload = new() { Attributes = new Dictionary<string, string> { ["site"] = "north" } } });

        var measure = await _t.Run(new MeasureJob(Job(GroupArn("g")) with { Document = """{"id":"${aws:iot:job-id}","op":"x"}""" }));
        Assert.Equal(["g-0000", "g-0001", "g-0002"], measure.Documents.Select(document => document.ThingName));
        await _t.Create("j", GroupArn("g"), job => job with { Document = """{"id":"${aws:iot:job-id}","op":"x"}""" });
        await _t.At(1);
        Assert.Equal((await _t.StartNext("g-0000"))!.JobDocument!.ToString(), measure.Documents[0].Document);
    }

    [Fact]
    public async Task A_template_gives_what_the_request_leaves_out()
    {
        await _t.Group("g", 10);
        await _t.Run(new CreateJobTemplate("t", "x") { Document = "{}", JobExecutionsRolloutConfig = new() { MaximumPerMinute = 5 } });

        var measure = await _t.Run(new MeasureJob(Job(GroupArn("g")) with { Document = null, JobTemplateArn = "arn:aws:iot:us-east-1:123456789012:jobtemplate/t" }));
        Assert.Equal([5, 10], measure.Rollout.Select(minute => minute.Executions));
    }

    [Fact]
    public async Task What_is_not_connected_is_counted_where_anything_is()
    {
        await _t.Things("a", "b");
        Assert.Null((await _t.Run(new MeasureJob(Job(ThingArn("a"), ThingArn("b"))))).NotConnected);
        await _t.Engine.Broker.KeepConnectivityAsync([new ConnectivityChange("a", true, T0, "c")], TestContext.Current.CancellationToken);

        Assert.Equal(1, (await _t.Run(new MeasureJob(Job(ThingArn("a"), ThingArn("b"))))).NotConnected);
    }

    [Fact]
    public async Task It_is_refused_as_the_job_would_be()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        await Refused(_t.Run(new MeasureJob(Job(ThingArn("a")))), JobsError.ResourceAlreadyExists);
        await Refused(_t.Run(new MeasureJob(Job(ThingArn("b")) with { JobId = "k" })), JobsError.ResourceNotFound);
        await Refused(_t.Run(new MeasureJob(Job(ThingArn("a")) with { JobId = "k", Document = "no" })), JobsError.InvalidRequest);
        await Refused(_t.Run(new MeasureJob(Job(ThingArn("a")) with { JobId = "k", TimeoutConfig = new() { InProgressTimeoutInMinutes = 0 } })), JobsError.InvalidRequest);
    }

    [Fact]
    public async Task A_target_without_things_and_what_is_not_limited_are_warnings()
    {
        await _t.Run(new CreateThingGroup("empty"));
        var measure = await _t.Run(new MeasureJob(Job(GroupArn("empty"))));

        Assert.Equal((0, 0, null), (measure.Things, measure.Created, measure.LastCreatedAt));
        Assert.Equal(3, measure.Warnings.Count);
    }

    private static CreateJob Job(params string[] targets) => new("j", targets) { Document = """{"op":"x"}""" };
}
