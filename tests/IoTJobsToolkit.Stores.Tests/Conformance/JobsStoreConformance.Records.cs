using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>Every record comes back as it was stored.</summary>
public abstract partial class JobsStoreConformance
{
    [Fact]
    public void A_new_store_is_empty() => Same(StoreContents.Empty, Store.Load());

    [Fact]
    public void A_job_comes_back_with_every_field()
    {
        Commit(ChangesOf.Nothing.Put(FullJob(7)).Put(Job(3)));
        Same([Job(3), FullJob(7)], Store.Load().Jobs.OrderBy(job => job.Sequence));
    }

    [Fact]
    public void A_job_keeps_apart_what_is_absent_and_what_is_empty()
    {
        var empty = Job(1) with
        {
            AbortConfig = new(),
            JobExecutionsRetryConfig = new() { CriteriaList = [] },
            JobExecutionsRolloutConfig = new() { ExponentialRate = new() { RateIncreaseCriteria = new() } },
            PresignedUrlConfig = new(),
            TimeoutConfig = new(),
            DestinationPackageVersions = [],
            Comment = "",
        };
        Commit(ChangesOf.Nothing.Put(empty));
        Same(empty, Assert.Single(Store.Load().Jobs));
    }

    [Theory]
    [InlineData(JobStatus.IN_PROGRESS)]
    [InlineData(JobStatus.SCHEDULED)]
    [InlineData(JobStatus.COMPLETED)]
    [InlineData(JobStatus.CANCELED)]
    [InlineData(JobStatus.DELETION_IN_PROGRESS)]
    public void A_job_comes_back_in_each_status(JobStatus status)
    {
        Commit(ChangesOf.Nothing.Put(Job(1) with { Status = status }));
        Assert.Equal(status, Assert.Single(Store.Load().Jobs).Status);
    }

    [Fact]
    public void Progress_comes_back_with_every_field()
    {
        Commit(ChangesOf.Nothing.Put(FullProgress(7)).Put(new JobProgress(8)));
        Same([FullProgress(7), new(8)], Store.Load().Progress.OrderBy(progress => progress.JobSequence));
    }

    [Fact]
    public void Groups_come_back_with_every_field()
    {
        Commit(ChangesOf.Nothing.Put(FullGroup(7)).Put(new ThingGroup { Sequence = 8, Name = "plain", CreatedAt = Time }));
        Same(
            [FullGroup(7), new() { Sequence = 8, Name = "plain", CreatedAt = Time }],
            Store.Load().Groups.OrderBy(group => group.Sequence));
    }

    [Fact]
    public void The_next_sequence_comes_back_and_never_goes_down()
    {
        Commit(new() { NextSequence = 41 });
        Assert.Equal(41, Store.Load().NextSequence);
        Commit(new() { NextSequence = 12 });
        Assert.Equal(41, Store.Load().NextSequence);
    }

    [Fact]
    public void A_document_comes_back_with_every_character_up_to_the_greatest_length()
    {
        var text = string.Concat(Enumerable.Repeat(AnyText, 1 + 32768 / AnyText.Length))[..32768];
        var changes = new JobsChanges { Documents = { [7] = text, [8] = "{}" } };
        Commit(changes);
        Assert.Equal(text, Store.FindDocument(7));
        Assert.Equal("{}", Store.FindDocument(8));
        Assert.Null(Store.FindDocument(9));

        Commit(new() { Documents = { [7] = "new", [8] = null, [9] = null } });
        Assert.Equal("new", Store.FindDocument(7));
        Assert.Null(Store.FindDocument(8));
    }

    [Fact]
    public void A_thing_comes_back_with_every_field()
    {
        Commit(ChangesOf.Nothing.Put(FullThing("Thing")).Put(Thing("thing", 101)));
        Same(FullThing("Thing"), Store.FindThing("Thing"));
        Same(Thing("thing", 101), Store.FindThing("thing"));
        Assert.Null(Store.FindThing("THING"));
    }

    [Fact]
    public void An_execution_comes_back_with_every_field()
    {
        var full = FullExecution(7);
        Commit(ChangesOf.Nothing.Put(full).Put(Execution(8)));
        Same([Execution(8), full], Store.ReadExecutions(1, null, 10));
        Same([Execution(8), full], Store.ReadExecutionsOfThing(100, null, Time, 10));
    }

    [Theory]
    [InlineData(JobExecutionStatus.QUEUED)]
    [InlineData(JobExecutionStatus.IN_PROGRESS)]
    [InlineData(JobExecutionStatus.SUCCEEDED)]
    [InlineData(JobExecutionStatus.FAILED)]
    [InlineData(JobExecutionStatus.TIMED_OUT)]
    [InlineData(JobExecutionStatus.REJECTED)]
    [InlineData(JobExecutionStatus.REMOVED)]
    [InlineData(JobExecutionStatus.CANCELED)]
    public void An_execution_comes_back_in_each_status(JobExecutionStatus status)
    {
        Commit(ChangesOf.Nothing.Put(Execution(1) with { Status = status }));
        Assert.Equal(status, Assert.Single(Store.ReadExecutions(1, null, 10)).Status);
    }

    [Fact]
    public void Details_of_changes_come_back_whether_they_still_stand_or_not()
    {
        var (first, last) = (new Dictionary<string, string> { ["k"] = AnyText, ["K"] = "" }, new Dictionary<string, string> { ["k"] = "2" });
        var execution = Execution(1) with
        {
            StatusDetails = last,
            History =
            [
                new(Time, null, JobExecutionStatus.QUEUED, 1, ChangeOrigin.Rollout, "system"),
                new(Time, JobExecutionStatus.QUEUED, JobExecutionStatus.IN_PROGRESS, 2, ChangeOrigin.Device, "thing") { Details = first },
                new(Time, JobExecutionStatus.IN_PROGRESS, JobExecutionStatus.FAILED, 3, ChangeOrigin.Device, "thing") { Details = last },
            ],
        };
        Commit(ChangesOf.Nothing.Put(execution));
        Same([execution], Store.ReadExecutions(1, null, 10));

        // What was read is written again, with other details.
        var read = Assert.Single(Store.ReadExecutions(1, null, 10));
        var next = read with { StatusDetails = first, VersionNumber = 9 };
        Commit(ChangesOf.Nothing.Put(next, read));
        Same([next], Store.ReadExecutions(1, null, 10));
    }

    [Fact]
    public void An_execution_that_grows_and_shrinks_stays_whole()
    {
        var before = Execution(1);
        var others = Enumerable.Range(2, 60).Select(i => Execution(i, thing: $"thing-{i}", thingSequence: 100 + i)).ToList();
        Commit(others.Aggregate(ChangesOf.Nothing.Put(before), (changes, other) => changes.Put(other)));
        foreach (var length in new[] { 10, 3000, 0, 200, 30_000, 1 })
        {
            var after = before with
            {
                VersionNumber = before.VersionNumber + 1,
                StatusDetails = new Dictionary<string, string> { ["d"] = new('x', length) },
            };
            Commit(ChangesOf.Nothing.Put(after, before));
            Same([after, .. others.OrderBy(e => e.ThingName, StringComparer.Ordinal)], Store.ReadExecutions(1, null, 100));
            before = after;
        }
    }

    [Fact]
    public void A_members_and_a_leavers_fields_come_back()
    {
        Commit(ChangesOf.Nothing.Put(new GroupMember(5, "thing", 100, 42)).Put(new SnapshotLeaver(6, 3, "thing", 101)));
        Same(new GroupMember(5, "thing", 100, 42), Store.FindMember(5, "thing"));
        Assert.Null(Store.FindMember(5, "Thing"));
        Assert.Null(Store.FindMember(6, "thing"));
        Same([new(6, 3, "thing", 101)], Store.ReadLeavers(6, 3, null, 10));
    }

    [Fact]
    public void A_deleted_number_comes_back_for_its_job_and_thing()
    {
        Commit(new() { DeletedNumbers = { [(1, 100)] = new(7, 70), [(1, 101)] = new(8, 80) } });
        Assert.Equal(new(7, 70), Store.FindDeletedNumber(1, 100));
        Assert.Null(Store.FindDeletedNumber(2, 100));

        Commit(new() { DeletedNumbers = { [(1, 100)] = new(9, 90), [(1, 101)] = null } });
        Assert.Equal(new(9, 90), Store.FindDeletedNumber(1, 100));
        Assert.Null(Store.FindDeletedNumber(1, 101));
    }

    [Fact]
    public void Postponed_executions_come_back_by_thing_name()
    {
        PostponedExecution[] postponed = [new(1, "b", 100, ChangeOrigin.Retry, 3, new(2, 1)), new(1, "a", 101, ChangeOrigin.Join), new(2, "a", 102, ChangeOrigin.Join)];
        Commit(new() { Postponed = { [(1, "b")] = postponed[0], [(1, "a")] = postponed[1], [(2, "a")] = postponed[2] } });
        Same([postponed[1], postponed[0]], Store.ReadPostponed(1, null, 10));
        Same([postponed[0]], Store.ReadPostponed(1, "a", 10));
        Same([postponed[1]], Store.ReadPostponed(1, null, 1));
        Assert.Equal(postponed[2], Store.FindPostponed(2, "a"));
        Assert.Null(Store.FindPostponed(2, "b"));

        Commit(new() { Postponed = { [(1, "b")] = null } });
        Same([postponed[1]], Store.ReadPostponed(1, null, 10));
    }

    [Fact]
    public void Jobs_which_are_gone_come_back_by_time()
    {
        GoneJob[] gone = [new(Time.AddMilliseconds(1), 7, "later"), new(Time, 9, "b"), new(Time, 8, "a")];
        Commit(new() { Gone = { [(gone[0].At, 7)] = gone[0], [(gone[1].At, 9)] = gone[1], [(gone[2].At, 8)] = gone[2] } });
        Same([gone[2], gone[1], gone[0]], Store.ReadGone(DateTimeOffset.MaxValue, 10));
        Same([gone[2], gone[1]], Store.ReadGone(Time, 10));
        Same([gone[2]], Store.ReadGone(Time, 1));
        Assert.Empty(Store.ReadGone(Time.AddMilliseconds(-1), 10));

        Commit(new() { Gone = { [(gone[2].At, 8)] = null } });
        Same([gone[1], gone[0]], Store.ReadGone(DateTimeOffset.MaxValue, 10));
    }

    [Fact]
    public void History_is_cleared_record_by_record()
    {
        Commit(new() { History = { FullHistory(1, 1), FullHistory(1, 2), FullHistory(2, 3) } });
        Commit(new() { ClearedHistory = { (1, 1) } });
        Same([FullHistory(1, 2)], Store.ReadHistory(1, 0, 10));
        Same([FullHistory(2, 3)], Store.ReadHistory(2, 0, 10));
    }

    [Fact]
    public void The_days_of_retention_come_back()
    {
        Assert.Null(Store.Load().RetentionDays);
        Commit(new() { RetentionDays = 36_500 });
        Commit(new() { NextSequence = 7 });
        Assert.Equal(36_500, Store.Load().RetentionDays);
    }

    [Fact]
    public void How_the_virtual_clock_goes_is_kept_until_it_changes()
    {
        Assert.Null(Store.Load().Clock);
        Commit(new() { Clock = new(Records.Time, Records.Time.AddDays(-3), 0.1) });
        Commit(new() { NextSequence = 7 });
        Assert.Equal(new(Records.Time, Records.Time.AddDays(-3), 0.1), Store.Load().Clock);
    }

    [Fact]
    public void Event_configurations_come_back()
    {
        Assert.Null(Store.Load().EventConfigurations);
        Commit(new() { EventConfigurations = new() { Enabled = [EventType.JOB, EventType.CA_CERTIFICATE], CreationDate = Time, LastModifiedDate = Time.AddDays(1) } });
        var configurations = Store.Load().EventConfigurations!;
        Assert.Equal([EventType.JOB, EventType.CA_CERTIFICATE], configurations.Enabled.Order());
        Assert.Equal((Time, Time.AddDays(1)), (configurations.CreationDate, configurations.LastModifiedDate));
    }

    [Fact]
    public void A_history_record_comes_back_with_every_field()
    {
        var plain = new JobHistoryRecord(1, 3, Time, "me", "created", null, JobStatus.IN_PROGRESS);
        Commit(new() { History = { FullHistory(1, 4), plain } });
        Same([plain, FullHistory(1, 4)], Store.ReadHistory(1, 0, 10));
    }

    [Fact]
    public void Times_come_back_to_the_millisecond_from_the_first_year_to_the_last()
    {
        var first = DateTimeOffset.MinValue.AddMilliseconds(1);
        var last = DateTimeOffset.MaxValue.AddTicks(-(DateTimeOffset.MaxValue.UtcTicks % TimeSpan.TicksPerMillisecond));
        var executions = new[] { Execution(1, queuedAt: first), Execution(2, queuedAt: DateTimeOffset.UnixEpoch), Execution(3, queuedAt: last) };
        Commit(executions.Aggregate(ChangesOf.Nothing, (changes, execution) => changes.Put(execution)));
        Same(executions, Store.ReadExecutions(1, null, 10));
        Same(executions.Reverse().ToList(), [.. Store.ReadExecutionsOfThing(100, null, DateTimeOffset.MinValue, 10)]);
    }
}
