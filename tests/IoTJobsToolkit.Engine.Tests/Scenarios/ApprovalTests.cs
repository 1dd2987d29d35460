using IoTJobsToolkit.Engine.Blockages;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>A job that somebody other than its author has to let go. The author is "admin".</summary>
public class ApprovalTests : IDisposable
{
    private readonly TestEngine _t;

    public ApprovalTests()
        : this(isCut: false)
    {
    }

    protected ApprovalTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task Nothing_is_made_before_somebody_else_approves_and_then_at_the_rate_of_the_rollout()
    {
        await _t.Group("g", 3);
        await Create("j", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 2 } });
        await _t.At(600);
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("j"));
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);

        await Approve("bob", "j", "looks good");
        await _t.At(601);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));
        await _t.At(660);
        Assert.Equal("3 0 0 0 0 0 0 0", await _t.Counts("j"));
        Assert.Contains(("approved", "bob", "looks good"), (await _t.Run(new ListJobHistory("j"))).Changes.Select(change => (change.What, change.By, change.Details)));
    }

    [Fact]
    public async Task Its_author_may_not_approve_it()
    {
        await _t.Things("a");
        await Create("j", "a");

        Assert.Contains("somebody else", (await Refused(Approve("admin", "j"), JobsError.AccessDenied)).Message, StringComparison.Ordinal);
        Assert.Single((await _t.Run(new ListJobApprovals())).Jobs);
    }

    [Fact]
    public async Task What_is_denied_is_canceled_with_the_reason()
    {
        await _t.Things("a");
        await Create("j", "a");
        await As("bob", new DenyJob("j") { Comment = "wrong week" });

        var job = await _t.Job("j");
        Assert.Equal((JobStatus.CANCELED, "APPROVAL_DENIED", "wrong week"), (job.Status, job.ReasonCode, job.Comment));
        Assert.Contains("was denied", (await Refused(Approve("bob", "j"), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        await _t.At(30 * 86_400);
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Theory]
    [InlineData(null, 7 * 86_400)]
    [InlineData(90, 5_400)]
    public async Task What_nobody_approves_in_time_is_canceled(int? minutes, int expires)
    {
        await _t.Things("a");
        await Create("j", "a", minutes: minutes);
        await _t.At(expires - 1);
        Assert.Equal(JobStatus.IN_PROGRESS, (await _t.Job("j")).Status);

        await _t.At(expires);
        var job = await _t.Job("j");
        Assert.Equal((JobStatus.CANCELED, "APPROVAL_EXPIRED", T0.AddSeconds(expires)), (job.Status, job.ReasonCode, job.LastUpdatedAt));
        Assert.Empty((await _t.Run(new ListJobApprovals())).Jobs);
        await Refused(Approve("bob", "j"), JobsError.InvalidRequest);
    }

    [Fact]
    public async Task What_was_approved_does_not_expire()
    {
        await _t.Things("a");
        await Create("j", "a", minutes: 10);
        await Approve("bob", "j");
        await _t.At(3_600);

        Assert.Equal((JobStatus.IN_PROGRESS, "1 0 0 0 0 0 0 0"), ((await _t.Job("j")).Status, await _t.Counts("j")));
    }

    [Fact]
    public async Task A_start_time_that_passes_waits_for_approval_and_one_to_come_is_kept_to()
    {
        await _t.Things("a");
        await Create("passed", "a", job => job with { SchedulingConfig = new() { StartTime = "2026-12-01T11:00" } });
        await Create("comes", "a", job => job with { SchedulingConfig = new() { StartTime = "2026-12-01T14:00" } });
        await _t.At(2 * 3_600);
        Assert.Equal(("0 0 0 0 0 0 0 0", JobStatus.IN_PROGRESS), (await _t.Counts("passed"), (await _t.Job("passed")).Status));

        await Approve("bob", "passed");
        await Approve("bob", "comes");
        await _t.At((2 * 3_600) + 1);
        Assert.Equal(("1 0 0 0 0 0 0 0", "0 0 0 0 0 0 0 0"), (await _t.Counts("passed"), await _t.Counts("comes")));
        await _t.At(4 * 3_600);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("comes"));
    }

    [Fact]
    public async Task An_approved_job_that_is_paused_waits_for_both()
    {
        await _t.Things("a");
        await Create("j", "a");
        await _t.Run(new PauseJob("j"));
        await Approve("bob", "j");
        await _t.At(60);
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("j"));
        await _t.Run(new ResumeJob("j"));
        await _t.At(61);
        Assert.Equal("1 0 0 0 0 0 0 0", await _t.Counts("j"));

        await Create("k", "a");
        await _t.Run(new PauseJob("k"));
        await _t.Run(new ResumeJob("k"));
        await _t.At(120);
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("k"));
    }

    [Fact]
    public async Task A_continuous_job_makes_what_joined_meanwhile_once_it_is_approved()
    {
        await _t.Group("g", 1);
        await _t.Things("late");
        await Create("j", GroupArn("g"), job => job with { TargetSelection = TargetSelection.CONTINUOUS });
        await _t.Run(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "late" });
        await _t.At(60);
        Assert.Equal("0 0 0 0 0 0 0 0", await _t.Counts("j"));

        await Approve("bob", "j");
        await _t.At(61);
        Assert.Equal("2 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task A_job_that_is_canceled_or_deleted_meanwhile_no_longer_waits()
    {
        await _t.Things("a");
        await Create("canceled", "a", minutes: 10);
        await Create("deleted", "a", minutes: 10);
        await _t.Run(new CancelJob("canceled") { ReasonCode = "MINE" });
        await _t.Run(new DeleteJob("deleted") { Force = true });
        await _t.At(3_600);

        Assert.Equal("MINE", (await _t.Job("canceled")).ReasonCode);
        Assert.Empty((await _t.Run(new ListJobApprovals())).Jobs);
        await Refused(Approve("bob", "deleted"), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task Requests_tell_of_whom_since_when_and_until_when()
    {
        await _t.Things("a");
        await _t.Create("other", "a");
        await _t.At(30);
        await Create("j", "a", minutes: 60);

        Assert.Equal([new("j", T0.AddSeconds(30), "admin", T0.AddSeconds(30 + 3_600))], (await _t.Run(new ListJobApprovals())).Jobs);
        Assert.Empty((await _t.Run(new ListJobApprovals { JobId = "other" })).Jobs);
        var waits = Assert.Single((await _t.Run(new ListJobBlockages("j"))).Blockages);
        Assert.Equal((BlockageCause.AWAITS_APPROVAL, 1L), (waits.Cause, waits.Position));
        Assert.Contains("other than admin", waits.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_template_job_is_held_too_and_a_job_without_approval_is_an_ordinary_one()
    {
        await _t.Things("a");
        await _t.Run(new CreateJobTemplate("t", "x") { Document = "{}" });
        await Create("j", "a", job => job with { Document = null, JobTemplateArn = "arn:aws:iot:us-east-1:123456789012:jobtemplate/t" });
        await _t.Run(new CreateControlledJob(new("plain", [ThingArn("a")]) { Document = "{}" }));
        await _t.At(1);

        Assert.Equal(("0 0 0 0 0 0 0 0", "1 0 0 0 0 0 0 0"), (await _t.Counts("j"), await _t.Counts("plain")));
    }

    [Fact]
    public async Task What_cannot_be_is_refused_with_the_reason()
    {
        await _t.Things("a");
        await _t.Create("j", "a");
        Assert.Contains("does not wait", (await Refused(Approve("bob", "j"), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        await Refused(As("bob", new DenyJob("j")), JobsError.InvalidRequest);
        var job = new CreateJob("k", [ThingArn("a")]) { Document = "{}" };
        await Refused(_t.Run(new CreateControlledJob(job) { ApprovalWithinMinutes = 5 }), JobsError.InvalidRequest);
        await Refused(_t.Run(new CreateControlledJob(job) { RequireApproval = true, ApprovalWithinMinutes = 0 }), JobsError.InvalidRequest);
        await Refused(_t.Run(new CreateControlledJob(job with { Document = null }) { RequireApproval = true }), JobsError.InvalidRequest);
    }

    private Task<Nothing> Approve(string by, string jobId, string? comment = null) => As(by, new ApproveJob(jobId) { Comment = comment });

    private Task<Nothing> As(string by, Operation<Nothing> operation) =>
        _t.Engine.As(Caller.Operator(by)).ExecuteAsync(operation, TestContext.Current.CancellationToken);

    private Task<CreateJobResponse> Create(string jobId, string target, Func<CreateJob, CreateJob>? with = null, int? minutes = null)
    {
        var job = new CreateJob(jobId, [target.StartsWith("arn:", StringComparison.Ordinal) ? target : ThingArn(target)]) { Document = "{}" };
        return _t.Run(new CreateControlledJob(with?.Invoke(job) ?? job) { RequireApproval = true, ApprovalWithinMinutes = minutes });
    }
}
