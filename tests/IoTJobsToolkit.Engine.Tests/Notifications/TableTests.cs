using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;

namespace IoTJobsToolkit.Engine.Tests.Notifications;

/// <summary>The rows of the table in mqtt-api 6; <c>j#1*</c> is IN_PROGRESS, <c>j#1</c> QUEUED.</summary>
public sealed class TableTests : IDisposable
{
    private readonly TestEngine _t = new(services: new() { Audience = new Ears() });
    private readonly Heard _heard;

    public TableTests() => _heard = new(_t);

    public void Dispose()
    {
        _heard.Dispose();
        _t.Dispose();
    }

    [Fact]
    public async Task The_first_execution_queued_is_told_as_both()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        await Hears("a: notify [j#1] next j#1");
    }

    [Fact]
    public async Task Another_one_queued_behind_it_is_told_as_a_change_of_the_set()
    {
        await Queued("j");
        await _t.Create("k", "a");
        await Hears("a: notify [j#1 k#1]");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_that_starts_is_not_told(bool byStartNext)
    {
        await Queued("j", "k");
        if (byStartNext)
        {
            await _t.StartNext("a");
        }
        else
        {
            await _t.Report("j", "a", IN_PROGRESS);
        }
        await Hears();
    }

    [Fact]
    public async Task A_later_one_that_starts_while_none_runs_is_the_next_one()
    {
        await Queued("j", "k");
        await _t.Report("k", "a", IN_PROGRESS);
        await Hears("a: next k#1");
    }

    [Fact]
    public async Task One_that_starts_and_was_queued_before_those_that_run_is_the_next_one()
    {
        await Queued("j", "k", "l");
        await _t.Report("k", "a", IN_PROGRESS);
        await _heard.Clear();
        await _t.Report("j", "a", IN_PROGRESS);
        await Hears("a: next j#1");
    }

    [Fact]
    public async Task A_later_one_that_starts_behind_another_that_runs_is_not_told()
    {
        await Queued("j", "k");
        await _t.StartNext("a");
        await _t.Report("k", "a", IN_PROGRESS);
        await Hears();
    }

    [Fact]
    public async Task Progress_is_not_told()
    {
        await Queued("j");
        await _t.StartNext("a");
        await _t.Report("j", "a", IN_PROGRESS, report => report with { StatusDetails = new Dictionary<string, string> { ["p"] = "1" }, StepTimeoutInMinutes = 5 });
        await _t.StartNext("a");
        await Hears();
    }

    [Theory]
    [InlineData(SUCCEEDED)]
    [InlineData(FAILED)]
    [InlineData(REJECTED)]
    public async Task The_first_that_ends_is_told_with_the_next_one(JobExecutionStatus status)
    {
        await Queued("j", "k");
        await _t.Report("j", "a", status);
        await Hears("a: notify [k#1] next k#1");
    }

    [Fact]
    public async Task The_only_one_that_ends_leaves_nothing()
    {
        await Queued("j");
        await _t.StartNext("a");
        await _t.Report("j", "a", SUCCEEDED);
        await Hears("a: notify [] next -");
    }

    [Fact]
    public async Task Another_one_that_ends_is_told_as_a_change_of_the_set()
    {
        await Queued("j", "k");
        await _t.Report("k", "a", SUCCEEDED);
        await Hears("a: notify [j#1]");
    }

    [Theory]
    [InlineData("j", "a: notify [k#1] next k#1")]
    [InlineData("k", "a: notify [j#1]")]
    public async Task One_that_is_deleted_is_told_like_one_that_ends(string jobId, string expected)
    {
        await Queued("j", "k");
        await _t.Run(new DeleteJobExecution(jobId, "a"));
        await Hears(expected);
    }

    [Fact]
    public async Task An_ended_one_that_is_deleted_is_not_told()
    {
        await Queued("j", "k");
        await _t.Report("j", "a", SUCCEEDED);
        await _heard.Clear();
        await _t.Run(new DeleteJobExecution("j", "a"));
        await Hears();
    }

    [Theory]
    [InlineData("j", "a: notify [k#1] next k#1")]
    [InlineData("k", "a: notify [j#1*]")]
    public async Task One_that_is_canceled_is_told_like_one_that_ends(string jobId, string expected)
    {
        await Queued("j", "k");
        await _t.StartNext("a");
        await _t.Run(new CancelJobExecution(jobId, "a") { Force = true });
        await Hears(expected);
    }

    [Fact]
    public async Task A_failure_and_its_retry_are_one_message_after_both()
    {
        await _t.Things("a");
        await _t.Create("j", "a", Retrying);
        await _t.At(1);
        await _t.Create("k", "a");
        await _heard.Clear();
        await _t.At(2);
        await _t.Report("j", "a", FAILED);
        await Hears("a: notify [k#1 j#2] next k#1");
    }

    [Fact]
    public async Task The_retry_of_the_only_execution_is_another_next_one()
    {
        await _t.Things("a");
        await _t.Create("j", "a", Retrying);
        await _heard.Clear();
        await _t.Report("j", "a", FAILED);
        await Hears("a: notify [j#2] next j#2");
    }

    [Fact]
    public async Task A_time_out_is_told_when_its_timer_runs_out()
    {
        await _t.Things("a");
        await _t.Create("j", "a", job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 1 } });
        await _t.StartNext("a");
        await _heard.Clear();
        await _t.At(59);
        await Hears();
        await _t.At(60);
        await Hears("a: notify [] next -");
    }

    [Fact]
    public async Task A_step_timer_that_runs_out_is_told_together_with_the_retry()
    {
        await _t.Things("a");
        await _t.Create("j", "a", Retrying);
        await _t.StartNext("a");
        await _t.Report("j", "a", IN_PROGRESS, report => report with { StepTimeoutInMinutes = 1 });
        await _heard.Clear();
        await _t.At(60);
        await Hears("a: notify [j#2] next j#2");
    }

    [Fact]
    public async Task A_change_of_the_job_or_its_document_is_not_told()
    {
        await Queued("j");
        await _t.Run(new UpdateJob("j") { Description = "d", TimeoutConfig = new() { InProgressTimeoutInMinutes = 5 } });
        await Hears();
    }

    [Fact]
    public async Task A_thing_that_is_deleted_has_nothing_to_do_any_more()
    {
        await Queued("j", "k");
        await _t.Run(new DeleteThing("a"));
        await Hears("a: notify [] next -");
        await _t.Things("a");
        await Hears();
        await _t.Create("l", "a");
        await Hears("a: notify [l#1] next l#1");
    }

    [Fact]
    public async Task A_thing_that_joins_and_leaves_a_continuous_target_is_told_of_both()
    {
        await _t.Things("a");
        await _t.Run(new CreateThingGroup("g"));
        await _t.Create("j", TestEngine.GroupArn("g"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        await _heard.Clear();
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "a" });
        await Hears("a: notify [j#1] next j#1");
        await _t.Run(new RemoveThingFromThingGroup { ThingGroupName = "g", ThingName = "a" });
        await Hears("a: notify [] next -");
    }

    /// <summary>Jobs on thing a, a second apart, and what was told of them forgotten.</summary>
    private async Task Queued(params string[] jobs)
    {
        await _t.Things("a");
        for (var i = 0; i < jobs.Length; i++)
        {
            await _t.At(i);
            await _t.Create(jobs[i], "a");
        }
        await _heard.Clear();
    }

    private async Task Hears(params string[] lines) => Assert.Equal(lines, await _heard.Lines());

    private static CreateJob Retrying(CreateJob job) => job with
    {
        JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 3 }] },
    };
}
