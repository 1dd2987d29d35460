using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Access;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.NotificationRules.NotificationEvent;
using Device = IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Engine.Tests.NotificationRules;

/// <summary>What is to be told, to whom, and what becomes of it where nobody takes it.</summary>
public sealed class NotificationTests : IDisposable
{
    private readonly Receiver _receiver = new();
    private readonly InMemoryJobsStore _store = new();
    private readonly TestEngine _t;

    public NotificationTests() => _t = new(services: new() { Credentials = new CountingIssuer(), Notifications = _receiver }, store: _store);

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task What_happens_to_a_job_is_told_to_whoever_chose_it()
    {
        await Rule("all", [.. Enum.GetValues<NotificationEvent>()]);
        await Rule("ends", [JOB_COMPLETED, JOB_CANCELED]);
        await _t.Things("a", "b");
        await _t.Create("done", "a");
        await Report("a", "done", JobExecutionStatus.SUCCEEDED);
        await _t.Create("held", "b", job => job with { Description = "for b" });
        await _t.Run(new PauseJob("held") { Comment = "look first" });
        await _t.Run(new CancelJob("held") { Comment = "never mind" });
        await _t.Run(new CreateControlledJob(new("asked", [TestEngine.ThingArn("b")]) { Document = "{}" }) { RequireApproval = true });

        Assert.Equal(
            [
                "JOB_CREATED done by admin", "JOB_COMPLETED done", "JOB_CREATED held by admin: for b", "JOB_PAUSED held by admin: look first",
                "JOB_CANCELED held by admin: never mind", "JOB_CREATED asked by admin", "JOB_AWAITING_APPROVAL asked by admin",
            ],
            await Told("all"));
        Assert.Equal(["JOB_COMPLETED done", "JOB_CANCELED held by admin: never mind"], await Told("ends"));
    }

    [Fact]
    public async Task A_job_that_trips_its_criteria_was_aborted_and_its_executions_are_told_together()
    {
        await Rule("all", [JOB_ABORTED, JOB_CANCELED, EXECUTION_FAILED, EXECUTION_REJECTED]);
        await _t.Group("g", 4);
        await _t.Create("j", TestEngine.GroupArn("g"), job => job with
        {
            AbortConfig = new() { CriteriaList = [new() { Action = AbortAction.CANCEL, FailureType = JobExecutionFailureType.FAILED, MinNumberOfExecutedThings = 3, ThresholdPercentage = 50 }] },
        });
        await _t.At(1);
        await Report("g-0000", "j", JobExecutionStatus.FAILED);
        await Report("g-0001", "j", JobExecutionStatus.REJECTED);
        await _t.At(5);
        await Report("g-0002", "j", JobExecutionStatus.FAILED);

        Assert.Equal(
            ["EXECUTION_FAILED j 2 of g-0000 g-0002", "EXECUTION_REJECTED j 1 of g-0001"],
            (await Told("all")).Where(told => told.StartsWith("EXECUTION", StringComparison.Ordinal)));
        Assert.StartsWith("JOB_ABORTED j: ABORT_CRITERIA_MET", Assert.Single(await Told("all"), told => told.StartsWith("JOB", StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Executions_that_end_later_than_the_message_was_due_are_told_in_another()
    {
        await Rule("fails", [EXECUTION_FAILED]);
        await _t.Things("a", "b");
        await _t.Create("j", TestEngine.ThingArn("a"), job => job with { Targets = [TestEngine.ThingArn("a"), TestEngine.ThingArn("b")] });
        await Report("a", "j", JobExecutionStatus.FAILED);
        Assert.Empty(await _t.Engine.ReadDueNotificationsAsync(10, TestContext.Current.CancellationToken));
        await _t.At(NotificationOutbox.GatherTime.TotalSeconds);
        Assert.Single(await _t.Engine.ReadDueNotificationsAsync(10, TestContext.Current.CancellationToken));
        await Report("b", "j", JobExecutionStatus.FAILED);

        Assert.Equal(["EXECUTION_FAILED j 1 of a", "EXECUTION_FAILED j 1 of b"], await Told("fails"));
    }

    [Fact]
    public async Task A_timeout_of_long_ago_is_told_when_it_is_worked_off_with_its_own_time()
    {
        await Rule("late", [EXECUTION_TIMED_OUT]);
        await _t.Things("a");
        await _t.Create("j", "a", job => job with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 1 } });
        await _t.StartNext("a");
        await _t.At(7 * 86_400);

        var told = Assert.Single((await _t.Run(new ListNotificationDeliveries())).Deliveries);
        Assert.Equal((EXECUTION_TIMED_OUT, TestEngine.T0.AddMinutes(1), TestEngine.T0.AddDays(7) + NotificationOutbox.GatherTime), (told.Event, told.At, told.DueAt));
    }

    [Theory]
    [InlineData("fw-*", "fw-7 fw-8-eu")]
    [InlineData("fw-?", "fw-7")]
    [InlineData("*-eu", "fw-8-eu")]
    [InlineData("*8*e?", "fw-8-eu")]
    [InlineData("cfg", "cfg")]
    [InlineData("FW-*", "")]
    [InlineData("", "cfg fw-7 fw-8-eu")]
    public async Task Only_jobs_that_the_pattern_matches_are_told_of(string pattern, string expected)
    {
        await Rule("r", [JOB_CREATED], rule => rule with { JobIdPattern = pattern });
        await _t.Things("a");
        foreach (var job in new[] { "cfg", "fw-7", "fw-8-eu" })
        {
            await _t.Create(job, "a");
        }

        Assert.Equal(expected, string.Join(' ', (await _t.Run(new ListNotificationDeliveries())).Deliveries.Select(delivery => delivery.JobId)));
    }

    [Fact]
    public async Task What_was_committed_is_told_after_a_restart_and_what_was_refused_is_not()
    {
        await Rule("r", [JOB_CREATED]);
        await _t.Things("a");
        await _t.Create("j", "a");
        await Assert.ThrowsAsync<JobsException>(() => _t.Create("j", "other"));
        var before = (await _t.Run(new ListNotificationDeliveries())).Deliveries;
        _t.Restart();

        var due = Assert.Single(await _t.Engine.ReadDueNotificationsAsync(10, TestContext.Current.CancellationToken));
        Assert.Equal(Assert.Single(before).DeliveryId, due.Delivery.DeliveryId);
        Assert.Equal(TestEngine.T0, _t.Engine.NextNotificationAt);
        await _t.Engine.ReportNotificationsAsync([new(due.Delivery.Sequence, null)], TestContext.Current.CancellationToken);
        Assert.Empty((await _t.Run(new ListNotificationDeliveries())).Deliveries);
        Assert.Null(_t.Engine.NextNotificationAt);
        Assert.Equal(TestEngine.T0, (await Rules())["r"].LastDeliveredAt);
    }

    [Fact]
    public async Task What_nobody_takes_is_tried_eight_times_within_a_day_and_then_a_dead_letter_that_can_be_retried()
    {
        await Rule("r", [JOB_CREATED]);
        await _t.Things("a");
        await _t.Create("j", "a");
        var tries = new List<double>();
        while (_t.Engine.NextNotificationAt is { } next)
        {
            await _t.At((next - TestEngine.T0).TotalSeconds);
            tries.Add((next - TestEngine.T0).TotalSeconds);
            await Fail("The receiver answered 500 InternalServerError.");
        }

        Assert.Equal([0, 5, 65, 365, 2_165, 9_365, 30_965, 84_965], tries);
        var dead = Assert.Single((await _t.Run(new ListNotificationDeliveries { Status = NotificationDeliveryStatus.DEAD })).Deliveries);
        Assert.Equal((8, null, "The receiver answered 500 InternalServerError."), (dead.Attempts, dead.DueAt, dead.LastError));
        Assert.Equal((0, 1, "The receiver answered 500 InternalServerError."), ((await Rules())["r"].WaitingDeliveries, (await Rules())["r"].DeadDeliveries, (await Rules())["r"].LastError));

        await _t.Run(new RetryNotificationDelivery(dead.DeliveryId));
        await Fail("again");
        Assert.Equal(TestEngine.T0.AddSeconds(84_970), Assert.Single((await _t.Run(new ListNotificationDeliveries { Status = NotificationDeliveryStatus.WAITING })).Deliveries).DueAt);
        await _t.Run(new DeleteNotificationDelivery(dead.DeliveryId));
        Assert.Empty((await _t.Run(new ListNotificationDeliveries())).Deliveries);
        Assert.Equal(JobsError.ResourceNotFound, (await Assert.ThrowsAsync<JobsException>(() => _t.Run(new RetryNotificationDelivery(dead.DeliveryId)))).Error);
    }

    [Fact]
    public async Task Of_a_rule_whose_receiver_is_away_no_more_than_so_many_are_kept_and_the_rest_is_counted()
    {
        await Rule("away", [JOB_PAUSED]);
        await Rule("other", [JOB_CREATED]);
        await _t.Things("a");
        await _t.Create("j", "a");
        for (var i = 0; i < NotificationOutbox.MaxDeliveries + 3; i++)
        {
            await _t.Run(new PauseJob("j") { Comment = $"{i}" });
            await _t.Run(new ResumeJob("j"));
        }

        var rules = await Rules();
        Assert.Equal((NotificationOutbox.MaxDeliveries, 3L), (rules["away"].WaitingDeliveries, rules["away"].DroppedDeliveries));
        Assert.Equal((1, 0L), (rules["other"].WaitingDeliveries, rules["other"].DroppedDeliveries));
        Assert.Equal("JOB_PAUSED j by admin: 3", (await Told("away"))[0]);
    }

    [Fact]
    public async Task A_receiver_with_many_messages_does_not_keep_the_others()
    {
        await Rule("busy", [JOB_PAUSED]);
        await Rule("calm", [JOB_COMPLETED]);
        await _t.Things("a");
        await _t.Create("j", "a");
        for (var i = 0; i < 20; i++)
        {
            await _t.Run(new PauseJob("j"));
            await _t.Run(new ResumeJob("j"));
        }
        await Report("a", "j", JobExecutionStatus.SUCCEEDED);

        var due = await _t.Engine.ReadDueNotificationsAsync(10, TestContext.Current.CancellationToken);
        Assert.Equal(["busy", "busy", "busy", "busy", "calm"], due.Select(next => next.Rule.Name));
    }

    [Fact]
    public async Task A_rule_is_changed_member_by_member_and_tells_nothing_new_while_it_is_disabled()
    {
        var made = await _t.Run(new CreateNotificationRule("r", [JOB_CREATED, JOB_CREATED]) { Url = "https://example.com/hook" });
        Assert.StartsWith("whsec_", made.Secret, StringComparison.Ordinal);
        Assert.Null((await _t.Run(new UpdateNotificationRule("r") { Enabled = false })).Secret);
        await _t.Things("a");
        await _t.Create("j", "a");
        Assert.Empty((await _t.Run(new ListNotificationDeliveries())).Deliveries);

        var renewed = await _t.Run(new UpdateNotificationRule("r") { RenewSecret = true, Enabled = true, JobIdPattern = "x*", Events = [JOB_PAUSED] });
        Assert.NotEqual(made.Secret, renewed.Secret);
        var rule = (await Rules())["r"];
        Assert.Equal((true, "x*", "https://example.com/hook"), (rule.Enabled, rule.JobIdPattern, rule.Url));
        Assert.Equal([JOB_PAUSED], rule.Events);

        await _t.Run(new UpdateNotificationRule("r") { EmailAddress = "on-call@example.com", JobIdPattern = "" });
        rule = (await Rules())["r"];
        Assert.Equal((null, null, "on-call@example.com"), (rule.Url, rule.JobIdPattern, rule.EmailAddress));
        await Refused(new UpdateNotificationRule("r") { Url = "https://example.com/hook" }, "has no secret");
        await Refused(new UpdateNotificationRule("r") { RenewSecret = true }, "which is not signed");
        Assert.NotNull((await _t.Run(new UpdateNotificationRule("r") { Url = "https://example.com/hook", RenewSecret = true })).Secret);
    }

    [Fact]
    public async Task A_rule_goes_with_what_was_to_be_delivered_for_it()
    {
        await Rule("r", [JOB_CREATED]);
        await _t.Things("a");
        await _t.Create("j", "a");
        var due = Assert.Single(await _t.Engine.ReadDueNotificationsAsync(10, TestContext.Current.CancellationToken));
        await _t.Run(new DeleteNotificationRule("r"));

        await _t.Engine.ReportNotificationsAsync([new(due.Delivery.Sequence, null)], TestContext.Current.CancellationToken);
        Assert.Null(_t.Engine.NextNotificationAt);
        _t.Restart();
        Assert.Empty((await _t.Run(new ListNotificationRules())).Rules);
        Assert.Empty((await _t.Run(new ListNotificationDeliveries())).Deliveries);
        await Refused(new DeleteNotificationRule("r"), "There is no notification rule r");
    }

    [Fact]
    public async Task A_test_is_sent_at_once_and_tells_how_it_went()
    {
        await Rule("r", [JOB_CREATED], rule => rule with { Url = null, EmailAddress = "on-call@example.com" });

        Assert.Equal(new("r", true), await _t.Run(new TestNotificationRule("r")));
        _receiver.Error = "The receiver answered 410 Gone.";
        Assert.Equal(new("r", false) { Error = "The receiver answered 410 Gone." }, await _t.Run(new TestNotificationRule("r")));

        Assert.Equal(2, _receiver.Messages.Count);
        Assert.Equal("""{"type":"test","timestamp":"2026-12-01T10:00:00.000Z","data":{"ruleName":"r"}}""", _receiver.Messages[0].Message.Json);
        Assert.Equal((TestEngine.T0, "The receiver answered 410 Gone."), ((await Rules())["r"].LastDeliveredAt, (await Rules())["r"].LastError));
    }

    [Fact]
    public async Task A_message_is_json_for_programs_and_a_text_for_people()
    {
        await Rule("on-call", [EXECUTION_FAILED]);
        await _t.Things("a");
        await _t.Create("fw-7", "a");
        await Report("a", "fw-7", JobExecutionStatus.FAILED);
        await _t.At(60);
        var message = NotificationMessage.Of(Assert.Single(await _t.Engine.ReadDueNotificationsAsync(1, TestContext.Current.CancellationToken)).Delivery);

        Assert.Equal(
            """{"type":"execution.failed","timestamp":"2026-12-01T10:00:00.000Z","data":{"ruleName":"on-call","jobId":"fw-7","count":1,"executions":[{"thingName":"a","executionNumber":1}]}}""",
            message.Json);
        Assert.Equal("fw-7: 1 execution failed", message.Subject);
        Assert.Contains("Things: a\n", message.Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ftp://example.com/x", null, null, "'url'")]
    [InlineData("https://user:pw@example.com/x", null, null, "'url'")]
    [InlineData("hook", null, null, "'url'")]
    [InlineData("https://example.com", "a@b", null, "not both")]
    [InlineData(null, "nobody", null, "'emailAddress'")]
    [InlineData(null, "a@b, c@d", null, "'emailAddress'")]
    [InlineData(null, "a@b", "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz", "not signed")]
    [InlineData("https://example.com", null, "whsec_c2hvcnQ=", "'secret'")]
    [InlineData("https://example.com", null, "MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz", "'secret'")]
    [InlineData(null, null, null, "who is told")]
    public async Task A_receiver_that_cannot_be_is_refused(string? url, string? email, string? secret, string told)
    {
        var refusal = await Refused(new CreateNotificationRule("r", [JOB_CREATED]) { Url = url, EmailAddress = email, Secret = secret }, told);

        Assert.DoesNotContain("pw", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task There_is_one_rule_of_a_name_and_not_more_than_can_be_looked_at_with_each_commit()
    {
        for (var i = 0; i < CreateNotificationRule.MaxRules; i++)
        {
            await Rule($"r{i}", [JOB_CREATED]);
        }

        Assert.Equal(JobsError.Conflict, (await Refused(new CreateNotificationRule("r1", [JOB_CREATED]) { EmailAddress = "a@b" }, "r1 already")).Error);
        Assert.Equal(JobsError.LimitExceeded, (await Refused(new CreateNotificationRule("more", [JOB_CREATED]) { EmailAddress = "a@b" }, "50")).Error);
        Assert.Equal(7, (await _t.Run(new ListNotificationRules { MaxResults = 7 })).Rules.Count);
        Assert.Equal("r9", Assert.Single((await _t.Run(new ListNotificationRules { RuleName = "r9" })).Rules).RuleName);
    }

    [Fact]
    public void Nothing_secret_is_in_the_text_of_a_request_or_rule()
    {
        var text = string.Concat(
            new CreateNotificationRule("r", [JOB_CREATED]) { Url = "https://example.com/token", Secret = "whsec_x" },
            new UpdateNotificationRule("r") { Url = "https://example.com/token", Secret = "whsec_x" },
            new CreateNotificationRuleResponse("r") { Secret = "whsec_x" });

        Assert.DoesNotContain("token", text, StringComparison.Ordinal);
        Assert.DoesNotContain("whsec", text, StringComparison.Ordinal);
    }

    private async Task Rule(string name, NotificationEvent[] events, Func<CreateNotificationRule, CreateNotificationRule>? with = null)
    {
        var create = new CreateNotificationRule(name, events) { Url = "https://example.com/hook" };
        await _t.Run(with is null ? create : with(create));
    }

    private async Task Report(string thing, string jobId, JobExecutionStatus status) => await _t.Device(thing).ExecuteAsync(
        new Device.UpdateJobExecution(jobId, thing) { Status = status }, TestContext.Current.CancellationToken);

    private async Task Fail(string error)
    {
        var due = Assert.Single(await _t.Engine.ReadDueNotificationsAsync(10, TestContext.Current.CancellationToken));
        await _t.Engine.ReportNotificationsAsync([new(due.Delivery.Sequence, error)], TestContext.Current.CancellationToken);
    }

    private async Task<Dictionary<string, NotificationRuleSummary>> Rules() => (await _t.Run(new ListNotificationRules())).Rules.ToDictionary(rule => rule.RuleName);

    private async Task<JobsException> Refused<T>(Operation<T> operation, string told)
    {
        var refusal = await Assert.ThrowsAsync<JobsException>(() => _t.Run(operation));
        Assert.Contains(told, refusal.Message, StringComparison.Ordinal);
        return refusal;
    }

    private async Task<List<string>> Told(string rule)
    {
        await _t.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
        var told = new List<string>();
        foreach (var delivery in _store.Load().NotificationDeliveries.OrderBy(delivery => delivery.Sequence).Where(delivery => delivery.RuleName == rule))
        {
            var by = delivery.By is null ? "" : $" by {delivery.By}";
            var details = delivery.Details is null ? "" : $": {delivery.Details}";
            var executions = delivery.Count == 0 ? "" : $" {delivery.Count} of {string.Join(' ', delivery.Executions.Select(execution => execution.ThingName))}";
            told.Add($"{delivery.Event} {delivery.JobId}{executions}{by}{details}");
        }
        return told;
    }
}
