using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Jobs;

public sealed class CheckJobTests : IDisposable
{
    private static readonly CreateJob Good = new("job", [TestEngine.ThingArn("thing-1")]) { Document = """{"a":1}""" };

    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    private Task<JobCheck> CheckAsync(CreateJob request, string? thing = null) =>
        _t.Engine.CheckJobAsync(request, thing, TestContext.Current.CancellationToken);

    [Fact]
    public async Task A_request_in_order_is_refused_nowhere_and_creates_nothing()
    {
        await _t.Things("thing-1");

        var check = await CheckAsync(Good, "thing-1");

        Assert.Empty(check.Refusals);
        Assert.Equal(("""{"a":1}""", """{"a":1}"""), (check.Document, check.Delivered));
        Assert.Empty((await _t.Run(new ListJobs())).Jobs);
    }

    [Fact]
    public async Task Every_part_is_refused_by_itself_with_CreateJobs_words()
    {
        await _t.Things("thing-1");
        await _t.Run(Good with { JobId = "taken" });
        var request = Good with
        {
            JobId = "taken",
            Targets = [TestEngine.ThingArn("none")],
            Document = "{",
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 0 },
            AbortConfig = new() { CriteriaList = [new() { FailureType = JobExecutionFailureType.FAILED, Action = AbortAction.CANCEL, ThresholdPercentage = 101, MinNumberOfExecutedThings = 1 }] },
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 0 },
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.ALL, NumberOfRetries = 11 }] },
            SchedulingConfig = new() { MaintenanceWindows = [new() { StartTime = "cron(0 22 * * ? *)", DurationInMinutes = 60 }] },
        };

        var refusals = (await CheckAsync(request)).Refusals;

        Assert.Equal(Enum.GetValues<JobPart>(), refusals.Keys.Order());
        foreach (var (part, alone) in new[]
        {
            (JobPart.Identity, Good with { JobId = "taken" }),
            (JobPart.Targets, Good with { Targets = request.Targets }),
            (JobPart.Document, Good with { Document = request.Document }),
            (JobPart.Rollout, Good with { JobExecutionsRolloutConfig = request.JobExecutionsRolloutConfig }),
            (JobPart.Abort, Good with { AbortConfig = request.AbortConfig }),
            (JobPart.Timeout, Good with { TimeoutConfig = request.TimeoutConfig }),
            (JobPart.Retries, Good with { JobExecutionsRetryConfig = request.JobExecutionsRetryConfig }),
            (JobPart.Schedule, Good with { SchedulingConfig = request.SchedulingConfig }),
        })
        {
            var refused = await Assert.ThrowsAsync<JobsException>(() => _t.Run(alone));
            Assert.Equal(refused.Message, refusals[part].Message);
        }
    }

    [Fact]
    public async Task What_a_template_gives_is_checked_with_the_rest()
    {
        await _t.Things("thing-1");
        await _t.Run(new CreateJobTemplate("nightly", "At night") { Document = """{"b":2}""", MaintenanceWindows = [new() { StartTime = "cron(0 22 * * ? *)", DurationInMinutes = 60 }] });
        var arn = (await _t.Run(new DescribeJobTemplate("nightly"))).JobTemplateArn;

        var check = await CheckAsync(Good with { Document = null, JobTemplateArn = arn });

        Assert.Equal([JobPart.Schedule], check.Refusals.Keys);
        Assert.Equal("""{"b":2}""", check.Document);
        Assert.NotNull(check.Schedule);
    }

    [Fact]
    public async Task A_managed_template_shows_its_document_with_the_parameters_filled_in()
    {
        await _t.Things("thing-1");
        var arn = (await _t.Run(new DescribeManagedJobTemplate("AWS-Run-Command"))).TemplateArn;

        var missing = await CheckAsync(Good with { Document = null, JobTemplateArn = arn });
        var filled = await CheckAsync(Good with { Document = null, JobTemplateArn = arn, DocumentParameters = new Dictionary<string, string> { ["command"] = "echo,\"hi\"" } });

        Assert.Equal([JobPart.Document], missing.Refusals.Keys);
        Assert.Empty(filled.Refusals);
        Assert.Contains("echo,\\\"hi\\\"", filled.Document, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Names_that_begin_so_are_found_in_order_the_name_itself_first()
    {
        await _t.Things("pump", "pump-1", "pump-10", "pump-2", "lamp", "qumpel");

        Assert.Equal(["pump", "pump-1", "pump-10", "pump-2"], await _t.Engine.ReadThingNamesAsync("pump", 20, TestContext.Current.CancellationToken));
        Assert.Equal(["pump-1", "pump-10"], await _t.Engine.ReadThingNamesAsync("pump-1", 20, TestContext.Current.CancellationToken));
        Assert.Equal(["lamp", "pump"], await _t.Engine.ReadThingNamesAsync("", 2, TestContext.Current.CancellationToken));
        Assert.Empty(await _t.Engine.ReadThingNamesAsync("x", 20, TestContext.Current.CancellationToken));
    }
}
