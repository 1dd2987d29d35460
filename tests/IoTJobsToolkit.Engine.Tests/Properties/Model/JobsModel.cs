using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>
/// What jobs-reference says, in the plainest words: lists, everything counted again each time, time passed event by event. It is a second
/// opinion on the engine and shares no rule with it. Rules that a test breaks on purpose are virtual.
/// </summary>
/// <remarks>
/// Where the reference is silent: at one instant timers come first (a call at the deadline sees TIMED_OUT, 7.3), then the end of jobs,
/// then windows that open or close, then batches of rollouts; within each, in the order of creation.
/// </remarks>
internal partial class JobsModel(DateTimeOffset now)
{
    private long _sequence;
    private int _age;

    public DateTimeOffset Now { get; private set; } = now;

    public List<ModelThing> Things { get; } = [];

    public List<ModelGroup> Groups { get; } = [];

    /// <summary>Jobs that exist, in the order of their creation.</summary>
    public List<ModelJob> Jobs { get; } = [];

    public IEnumerable<ModelExecution> Executions => Jobs.SelectMany(job => job.Executions);

    /// <summary>Passes the time event by event.</summary>
    public void PassTo(DateTimeOffset until)
    {
        while (Instants().Where(at => at <= until).Order().Cast<DateTimeOffset?>().FirstOrDefault() is { } next)
        {
            Now = next > Now ? next : Now;
            DoWhatIsDue();
        }
        Now = until;
    }

    /// <summary>The instants at which something happens by itself, as far as it is known now.</summary>
    public IEnumerable<DateTimeOffset> Instants()
    {
        foreach (var execution in Executions)
        {
            if (execution.Deadline is { } deadline)
            {
                yield return deadline;
            }
        }
        foreach (var job in Jobs.Where(job => job.IsActive))
        {
            if (job is { HasEnded: false, EndAt: { } end })
            {
                yield return end;
            }
            if (job is { HasStarted: false, StartAt: { } start } && start > Now)
            {
                yield return start;
            }
            if (job is { HasEnded: false, Window: { } window })
            {
                yield return window.NextChange(Now);
            }
            if (job.NextBatchAt is { } batch)
            {
                yield return batch;
            }
        }
    }

    /// <summary>A counter of jobProcessDetails (1.2): executions that were not deleted.</summary>
    public virtual int Counter(ModelJob job, JobExecutionStatus status) => job.Count(status);

    private void DoWhatIsDue()
    {
        while (Executions.Where(e => e.Deadline <= Now).OrderBy(e => e.Deadline).ThenBy(e => e.Sequence).FirstOrDefault() is { } late)
        {
            Move(late, JobExecutionStatus.TIMED_OUT);
            AfterResult(late);
        }
        foreach (var job in Jobs.Where(job => job is { IsActive: true, HasEnded: false } && job.EndAt <= Now).ToList())
        {
            End(job);
        }
        foreach (var job in Jobs.ToList())
        {
            OpenOrClose(job);
        }
        foreach (var job in Jobs.Where(job => job.NextBatchAt <= Now).ToList())
        {
            CreateBatch(job);
        }
    }
}
