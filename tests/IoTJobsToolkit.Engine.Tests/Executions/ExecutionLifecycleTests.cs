using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;

namespace IoTJobsToolkit.Engine.Tests.Executions;

/// <summary>Every row of the execution life cycle (jobs-reference 3), allowed and forbidden.</summary>
public sealed class ExecutionLifecycleTests
{
    private static readonly DateTimeOffset Now = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);
    private static readonly JobExecutionStatus[] All = Enum.GetValues<JobExecutionStatus>();

    public static TheoryData<string, JobExecutionStatus, JobExecutionStatus?> Moves
    {
        get
        {
            var rows = new TheoryData<string, JobExecutionStatus, JobExecutionStatus?>();
            foreach (var from in All)
            {
                var pending = from is QUEUED or IN_PROGRESS;
                rows.Add("start", from, pending ? IN_PROGRESS : null);
                rows.Add("succeed", from, pending ? SUCCEEDED : null);
                rows.Add("fail", from, pending ? FAILED : null);
                rows.Add("reject", from, pending ? REJECTED : null);
                rows.Add("cancel", from, from == QUEUED ? CANCELED : null);
                rows.Add("force cancel", from, pending ? CANCELED : null);
                rows.Add("remove", from, pending ? REMOVED : null);
                rows.Add("time out", from, from == IN_PROGRESS ? TIMED_OUT : null);
                foreach (var word in new[] { "finish QUEUED", "finish IN_PROGRESS", "finish TIMED_OUT", "finish REMOVED", "finish CANCELED" })
                {
                    rows.Add(word, from, null);
                }
            }
            return rows;
        }
    }

    [Theory]
    [MemberData(nameof(Moves))]
    public void Each_move_is_allowed_where_the_table_says(string move, JobExecutionStatus from, JobExecutionStatus? to)
    {
        var execution = Execution(from);
        var moved = Move(execution, move);
        Assert.Equal(to, moved?.Status);
        if (moved is not null)
        {
            Assert.Equal((execution.VersionNumber + 1, Now), (moved.VersionNumber, moved.LastUpdatedAt));
            Assert.Equal(from == to ? 0 : 1, moved.History.Count - execution.History.Count);
            Assert.Equal(from == to ? default(JobExecutionStatus?) : to, moved.History is [.., var last] ? last.To : null);
        }
    }

    [Fact]
    public void The_first_start_sets_the_time_and_the_deadline_and_later_reports_leave_them()
    {
        var started = Execution(QUEUED).Start(new() { InProgressTimeoutInMinutes = 20 }, "device", Now)!;
        Assert.Equal((Now, Now.AddMinutes(20)), (started.StartedAt, started.Deadline));
        var reported = started.Start(new() { InProgressTimeoutInMinutes = 5 }, "device", Now.AddMinutes(1))!;
        Assert.Equal((Now, Now.AddMinutes(20)), (reported.StartedAt, reported.Deadline));
    }

    [Fact]
    public void An_execution_that_never_ran_has_no_start() => Assert.Null(Execution(QUEUED).Finish(SUCCEEDED, "device", Now)!.StartedAt);

    [Theory]
    [InlineData(20, 7, 7)]
    [InlineData(5, 7, 5)]
    [InlineData(null, 7, 7)]
    [InlineData(20, null, 20)]
    [InlineData(null, null, null)]
    public void The_deadline_is_that_of_the_timer_which_ends_first(int? whole, int? step, int? deadline)
    {
        var running = Execution(IN_PROGRESS) with
        {
            InProgressDeadline = whole is null ? null : Now.AddMinutes(whole.Value),
            StepDeadline = step is null ? null : Now.AddMinutes(step.Value),
        };
        Assert.Equal(deadline is null ? default(DateTimeOffset?) : Now.AddMinutes(deadline.Value), running.Deadline);
        Assert.Null((running with { Status = SUCCEEDED }).Deadline);
    }

    [Fact]
    public void Pending_executions_run_first_then_by_age_then_by_creation()
    {
        var executions = new[]
        {
            Execution(QUEUED, queued: 1, sequence: 4), Execution(QUEUED, queued: 0, sequence: 3), Execution(QUEUED, queued: 0, sequence: 2),
            Execution(IN_PROGRESS, queued: 5, sequence: 1), Execution(IN_PROGRESS, queued: 4, sequence: 5),
        };
        var pending = executions.Aggregate(System.Collections.Immutable.ImmutableArray<JobExecution>.Empty, (all, next) => PendingOrder.Replace(all, null, next));
        Assert.Equal([5L, 1, 2, 3, 4], pending.Select(e => e.Sequence));
        pending = PendingOrder.Replace(pending, executions[3], executions[3] with { Status = SUCCEEDED });
        pending = PendingOrder.Replace(pending, executions[0], executions[0] with { Status = IN_PROGRESS });
        Assert.Equal([4L, 5, 2, 3], pending.Select(e => e.Sequence));
    }

    private static JobExecution? Move(JobExecution execution, string move) => move switch
    {
        "start" => execution.Start(null, "device", Now),
        "succeed" => execution.Finish(SUCCEEDED, "device", Now),
        "fail" => execution.Finish(FAILED, "device", Now),
        "reject" => execution.Finish(REJECTED, "device", Now),
        "cancel" => execution.Cancel(false, ChangeOrigin.Operator, "admin", Now),
        "force cancel" => execution.Cancel(true, ChangeOrigin.Operator, "admin", Now),
        "remove" => execution.Remove(ChangeOrigin.ThingDeleted, "admin", Now),
        "time out" => execution.TimeOut(Now),
        _ => execution.Finish(Enum.Parse<JobExecutionStatus>(move.Split(' ')[1]), "device", Now),
    };

    private static JobExecution Execution(JobExecutionStatus status, int queued = 0, long sequence = 1) => new()
    {
        Sequence = sequence,
        JobSequence = 1,
        JobId = "j",
        ThingSequence = 2,
        ThingName = "t",
        Number = 1,
        QueuedAt = Now.AddHours(-1).AddSeconds(queued),
        LastUpdatedAt = Now.AddHours(-1),
        Status = status,
        VersionNumber = 3,
    };
}
