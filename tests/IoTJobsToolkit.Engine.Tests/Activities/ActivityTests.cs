using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Engine;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Activities;

/// <summary>What the audit says of which change.</summary>
public sealed class ActivityTests : IDisposable
{
    private readonly HookedStore _store = new();
    private readonly TestEngine _t;

    public ActivityTests() => _t = new(store: _store);

    public void Dispose()
    {
        _store.OnCommit = null;
        _t.Dispose();
    }

    [Fact]
    public async Task A_change_leaves_who_did_what_to_what_when_and_by_which_door()
    {
        await _t.Things("a");
        await _t.Create("fw-7", "a");
        _t.Clock.Advance(TimeSpan.FromSeconds(5));
        var portal = _t.Engine.As(Caller.Operator("grace", AccessRole.OPERATOR, CallOrigin.PORTAL));
        await portal.ExecuteAsync(
            new CancelJob("fw-7") { Force = true, ReasonCode = "BAD_IMAGE", Comment = "bricks lamps" }, TestContext.Current.CancellationToken);

        var activity = (await All())[0];
        Assert.Equal(
            new ActivityRecord
            {
                Sequence = activity.Sequence,
                At = T0.AddSeconds(5),
                By = "grace",
                Role = AccessRole.OPERATOR,
                Origin = CallOrigin.PORTAL,
                OperationName = "CancelJob",
                SubjectKind = ActivitySubject.JOB,
                SubjectName = "fw-7",
                Details = "with force; reason BAD_IMAGE; comment: bricks lamps",
            },
            activity);
    }

    [Fact]
    public async Task The_record_is_committed_with_the_change_and_outlives_a_restart()
    {
        await _t.Things("a");
        var commits = new List<(int Things, int Activities)>();
        _store.OnCommit = changes => commits.Add((changes.Things.Count, changes.Activities.Count));
        await _t.Run(new UpdateThing("a") { AttributePayload = new() { Attributes = new Dictionary<string, string> { ["k"] = "hidden" } } });
        _store.OnCommit = null;
        Assert.Equal([(1, 1)], commits);

        _t.Restart();
        Assert.Equal(["UpdateThing a: attributes: k", "CreateThing a"], await Lines());
    }

    [Fact]
    public async Task What_is_refused_and_what_changes_nothing_leaves_nothing()
    {
        await _t.Things("a");
        await Refused(_t.Run(new CancelJob("none")), JobsError.ResourceNotFound);
        await _t.Run(new CreateThing("a"));
        await _t.Run(new DeleteThing("none"));
        await _t.Run(new UntagResource(await JobArn(), ["none"]));
        await _t.Run(new ClearJobHistory(T0) { DryRun = true });
        await _t.Run(new ListThings());

        Assert.Equal(["CreateJob j: 1 target", "CreateThing a"], await Lines());
    }

    [Fact]
    public async Task What_devices_do_and_what_the_engine_does_by_itself_is_not_an_activity()
    {
        await _t.Things("a");
        await _t.Create("j", "a", create => create with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 1 } });
        await _t.StartNext("a");
        await _t.Report("j", "a", JobExecutionStatus.IN_PROGRESS);
        await _t.At(3600);
        Assert.Equal(JobExecutionStatus.TIMED_OUT, (await _t.Execution("j", "a")).Status);
        // An operator who plays the device does no more than a device: the history of the execution says it.
        await _t.Create("k", "a");
        await _t.Run(new Operations.Device.StartNextPendingJobExecution("a"));

        Assert.Equal(["CreateJob k: 1 target", "CreateJob j: 1 target", "CreateThing a"], await Lines());
    }

    [Fact]
    public async Task Changes_that_share_a_commit_each_leave_their_own_record()
    {
        var names = Enumerable.Range(0, 50).Select(i => $"t{i:D2}").ToList();
        await Task.WhenAll(names.Select(name => _t.Run(new CreateThing(name))));

        var activities = await All();
        Assert.Equal(names, activities.Select(activity => activity.SubjectName).Order(StringComparer.Ordinal));
        Assert.Equal(activities.Select(activity => activity.Sequence).Distinct().OrderDescending(), activities.Select(activity => activity.Sequence));
    }

    [Fact]
    public async Task A_commit_that_fails_leaves_no_record()
    {
        _store.OnCommit = changes =>
        {
            if (changes.Things.Count > 0)
            {
                throw new InvalidOperationException("The disk is full.");
            }
        };
        await Refused(_t.Run(new CreateThing("a")), JobsError.ServiceUnavailable);
        _store.OnCommit = null;
        await _t.Run(new CreateThing("b"));

        Assert.Equal(["CreateThing b"], await Lines());
    }

    [Fact]
    public async Task Whoever_listens_is_told_of_it_after_the_commit()
    {
        using var feed = _t.Engine.Subscribe();
        await _t.Run(new CreateThing("a"));

        var batch = await feed.Batches.ReadAsync(TestContext.Current.CancellationToken);
        var told = Assert.Single(batch.Events.OfType<ActivityRecorded>());
        Assert.Equal((T0, (await All())[0]), (told.At, told.Activity));
    }

    [Fact]
    public async Task A_fact_that_is_no_operation_is_recorded_with_its_texts_cut()
    {
        await _t.Engine.RecordActivityAsync(
            new("grace", "SignIn", ActivitySubject.PORTAL_ACCOUNT, "grace") { Role = AccessRole.VIEWER, Origin = CallOrigin.PORTAL, Details = "from 127.0.0.1" },
            TestContext.Current.CancellationToken);
        await _t.Engine.RecordActivityAsync(
            new(new string('x', 5_000), "SignInFailed", ActivitySubject.PORTAL_ACCOUNT, "a\0b") { Details = new('y', 5_000) }, TestContext.Current.CancellationToken);

        var activities = await All();
        Assert.Equal(("grace", "SignIn", AccessRole.VIEWER, "from 127.0.0.1"), (activities[1].By, activities[1].OperationName, activities[1].Role, activities[1].Details));
        Assert.Equal((128, "a b", null, 500), (activities[0].By.Length, activities[0].SubjectName, activities[0].Role, activities[0].Details!.Length));
        Assert.EndsWith("...", activities[0].By, StringComparison.Ordinal);
    }

    [Fact]
    public void A_text_is_never_cut_within_a_character()
    {
        var text = string.Concat(Enumerable.Repeat("😀", 100));
        for (var max = 10; max < 20; max++)
        {
            var cut = ActivityNote.Shorten(text, max);
            Assert.InRange(cut.Length, max - 1, max);
            Assert.DoesNotContain('\uFFFD', System.Text.Encoding.UTF8.GetString(System.Text.Encoding.UTF8.GetBytes(cut)));
        }
    }

    private async Task<string> JobArn()
    {
        await _t.Create("j", "a");
        return "arn:aws:iot:us-east-1:123456789012:job/j";
    }

    private async Task<IReadOnlyList<ActivityRecord>> All() => (await _t.Run(new ListActivity())).Activities;

    private async Task<IEnumerable<string>> Lines() => (await All()).Select(activity =>
        $"{activity.OperationName} {activity.SubjectName}{(activity.Details is null ? "" : $": {activity.Details}")}");
}
