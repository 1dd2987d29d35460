using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Things;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Conformance;

/// <summary>What commits change, together and one after the other.</summary>
public abstract partial class JobsStoreConformance
{
    [Fact]
    public void A_commit_inserts_changes_and_deletes_at_once()
    {
        var (stays, changes, goes) = (Execution(1, thing: "a"), Execution(2, thing: "b"), Execution(3, thing: "c"));
        Commit(ChangesOf.Nothing.Put(stays).Put(changes).Put(goes).Put(Thing("a")).Put(Thing("b")).Put(Job(1)).Put(Job(2)));

        var changed = changes with { Status = JobExecutionStatus.SUCCEEDED, VersionNumber = 2 };
        var comes = Execution(4, thing: "aa");
        var next = ChangesOf.Nothing.Put(changed, changes).Drop(goes).Put(comes).Drop(Job(1)).Put(Job(2) with { Comment = "c" }, Job(2)).Put(Job(3));
        next.Things["a"] = new(Thing("a"), null);
        Commit(next);

        Same([stays, comes, changed], Store.ReadExecutions(1, null, 10));
        Same([changed], [.. Store.ReadExecutionsOfThing(100, null, Time, 10).Where(e => e.ThingName == "b")]);
        Same([Thing("b")], Store.ReadThings(null, 10));
        Same([Job(2) with { Comment = "c" }, Job(3)], Store.Load().Jobs.OrderBy(job => job.Sequence));
    }

    [Fact]
    public void Changes_merged_into_one_commit_leave_what_the_last_one_says()
    {
        var old = Execution(1, thing: "a");
        Commit(ChangesOf.Nothing.Put(old).Put(Thing("a")));

        var fleeting = Execution(2, thing: "b");
        var merged = ChangesOf.Nothing.Put(fleeting).Put(Running(old, Time.AddHours(1)), old).Put(Thing("t"));
        merged.Absorb(ChangesOf.Nothing.Put(Running(fleeting, Time), fleeting).Put(FullThing("t"), Thing("t")));
        var last = Running(old, null) with { VersionNumber = 3 };
        var end = ChangesOf.Nothing.Drop(Running(fleeting, Time)).Put(last, Running(old, Time.AddHours(1)));
        end.Things["a"] = new(Thing("a"), null);
        merged.Absorb(end);
        merged.Absorb(ChangesOf.Nothing.Put(Thing("a", 900)));
        Commit(merged);

        Same([last], Store.ReadExecutions(1, null, 10));
        Same([last], Store.ReadExecutionsOfThing(100, null, Time, 10));
        Same([Thing("a", 900), FullThing("t")], Store.ReadThings(null, 10));
        Assert.Empty(Store.ReadTimers(DateTimeOffset.MaxValue, 10));
        Assert.Null(Store.Load().FirstDeadline);
    }

    [Fact]
    public void A_record_which_came_and_went_within_a_commit_leaves_nothing()
    {
        var changes = new JobsChanges
        {
            Jobs = { [1] = new(null, null) },
            Progress = { [1] = new(null, null) },
            Groups = { [2] = new(null, null) },
            Things = { ["a"] = new(null, null) },
            Documents = { [1] = null },
            Members = { [(2, "a")] = null },
            Leavers = { [(1, 0, "a")] = null },
            DeletedNumbers = { [(1, 1)] = null },
        };
        Commit(changes);
        Same(StoreContents.Empty, Store.Load());
    }

    [Fact]
    public void A_deleted_job_takes_its_leavers_and_deleted_numbers_with_it_and_nobody_elses()
    {
        Commit(Filled(1).Put(Job(1)));
        Commit(Filled(2).Put(Job(2)));
        Commit(Filled(3).Put(Job(3)));
        Commit(ChangesOf.Nothing.Drop(Job(2)));

        Assert.Empty(Store.ReadLeavers(2, 0, null, 10));
        Assert.Empty(Store.ReadLeavers(2, 99, null, 10));
        Assert.Null(Store.FindDeletedNumber(2, 1));
        Assert.Null(Store.FindDeletedNumber(2, long.MaxValue));
        Assert.Empty(Store.ReadPostponed(2, null, 10));
        foreach (var other in new[] { 1, 3 })
        {
            Assert.Equal(2, Store.ReadLeavers(other, 0, null, 10).Count);
            Assert.Single(Store.ReadLeavers(other, 99, null, 10));
            Assert.Equal(new(4, 40), Store.FindDeletedNumber(other, 1));
            Assert.Equal(new(5, 50), Store.FindDeletedNumber(other, long.MaxValue));
            Assert.Equal(2, Store.ReadPostponed(other, null, 10).Count);
        }

        static JobsChanges Filled(long job)
        {
            var changes = new JobsChanges { DeletedNumbers = { [(job, 1)] = new(4, 40), [(job, long.MaxValue)] = new(5, 50) } };
            changes.Postponed[(job, "a")] = new(job, "a", 1, ChangeOrigin.Join);
            changes.Postponed[(job, "b")] = new(job, "b", 1, ChangeOrigin.Retry, 2, new(1, 1));
            return changes.Put(new SnapshotLeaver(job, 0, "a", 1)).Put(new SnapshotLeaver(job, 0, "b", 1)).Put(new SnapshotLeaver(job, 99, "a", 1));
        }
    }

    [Fact]
    public void A_job_whose_leavers_come_with_its_deletion_leaves_none()
    {
        Commit(ChangesOf.Nothing.Put(Job(1)));
        var changes = ChangesOf.Nothing.Drop(Job(1)).Put(new SnapshotLeaver(1, 0, "a", 1));
        changes.DeletedNumbers[(1, 1)] = new(3, 30);
        Commit(changes);
        Assert.Empty(Store.ReadLeavers(1, 0, null, 10));
        Assert.Null(Store.FindDeletedNumber(1, 1));
    }

    [Fact]
    public void A_deleted_job_leaves_its_history()
    {
        Commit(ChangesOf.Nothing.Put(Job(1)));
        var deleted = ChangesOf.Nothing.Drop(Job(1));
        deleted.History.Add(FullHistory(1, 9));
        Commit(deleted);
        Assert.Single(Store.ReadHistory(1, 0, 10));
    }

    [Fact]
    public void Members_leave_their_group()
    {
        Commit(ChangesOf.Nothing.Put(new GroupMember(5, "a", 100, 1)).Put(new GroupMember(5, "b", 101, 2)));
        Commit(new JobsChanges { Members = { [(5, "a")] = null, [(5, "none")] = null } }.Put(new GroupMember(5, "b", 101, 7)));
        Same([new(5, "b", 101, 7)], Store.ReadMembers(5, null, 10));
    }

    [Fact]
    public void Timers_come_earliest_first_and_only_up_to_the_time_asked_for()
    {
        var late = Running(Execution(1), Time.AddMinutes(9));
        var step = Running(Execution(2, thing: "b"), Time.AddMinutes(10), Time.AddMinutes(1));
        var soon = Running(Execution(3, thing: "c"), Time.AddMinutes(2));
        var none = Running(Execution(4, thing: "d"), null);
        var ended = Running(Execution(5, thing: "e"), Time) with { Status = JobExecutionStatus.SUCCEEDED };
        Commit(ChangesOf.Nothing.Put(late).Put(step).Put(soon).Put(none).Put(ended));

        Same([step, soon, late], Store.ReadTimers(DateTimeOffset.MaxValue, 10));
        Same([step, soon], Store.ReadTimers(Time.AddMinutes(2), 10));
        Same([step], Store.ReadTimers(Time.AddMinutes(2).AddMilliseconds(-1), 10));
        Same([step], Store.ReadTimers(DateTimeOffset.MaxValue, 1));
        Assert.Equal(Time.AddMinutes(1), Store.Load().FirstDeadline);
    }

    [Fact]
    public void Timers_of_one_deadline_come_in_the_order_of_creation()
    {
        var first = Running(Execution(255, thing: "z"), Time);
        var second = Running(Execution(256, thing: "a"), Time);
        Commit(ChangesOf.Nothing.Put(second).Put(first));
        Same([first, second], Store.ReadTimers(Time, 10));
    }

    [Fact]
    public void A_timer_follows_its_deadline()
    {
        var queued = Execution(1);
        Commit(ChangesOf.Nothing.Put(queued));
        Assert.Empty(Store.ReadTimers(DateTimeOffset.MaxValue, 10));

        var before = queued;
        foreach (var after in new[]
        {
            Running(queued, Time.AddHours(2)),
            Running(queued, Time.AddHours(2), Time.AddHours(1)),
            Running(queued, Time.AddHours(2), Time.AddHours(1)) with { VersionNumber = 9, StatusDetails = new Dictionary<string, string> { ["a"] = "b" } },
            Running(queued, Time.AddHours(2), Time.AddHours(3)),
            Running(queued, Time.AddHours(2)),
        })
        {
            Commit(ChangesOf.Nothing.Put(after, before));
            Same([after], Store.ReadTimers(DateTimeOffset.MaxValue, 10));
            Assert.Equal(after.Deadline, Store.Load().FirstDeadline);
            before = after;
        }

        Commit(ChangesOf.Nothing.Put(before with { Status = JobExecutionStatus.FAILED }, before));
        Assert.Empty(Store.ReadTimers(DateTimeOffset.MaxValue, 10));
        Assert.Null(Store.Load().FirstDeadline);
    }

    [Fact]
    public void A_deleted_execution_takes_its_timer_with_it()
    {
        var running = Running(Execution(1), Time);
        Commit(ChangesOf.Nothing.Put(running));
        Commit(ChangesOf.Nothing.Drop(running));
        Assert.Empty(Store.ReadTimers(DateTimeOffset.MaxValue, 10));
        Assert.Empty(Store.ReadExecutions(1, null, 10));
        Assert.Empty(Store.ReadExecutionsOfThing(100, null, DateTimeOffset.MinValue, 10));
    }

    [Fact]
    public void An_empty_commit_and_maintenance_change_nothing()
    {
        Commit(ChangesOf.Nothing.Put(FullJob(1)));
        Commit(new());
        Store.Maintain(isIdle: true);
        Store.Maintain(isIdle: true);
        Same(FullJob(1), Assert.Single(Store.Load().Jobs));
    }
}
