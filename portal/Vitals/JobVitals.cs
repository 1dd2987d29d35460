using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>What is kept of a job which may still move: its counters as told last, its pace, and the executions to worry about.</summary>
internal sealed class JobVitals(Job job, JobProgress progress)
{
    /// <summary>Minutes over which the pace is taken.</summary>
    private const int PaceMinutes = 5;

    private static readonly Comparer<RunningExecution> BySilence = Comparer<RunningExecution>.Create(
        (a, b) => (a.HeardAt, a.Sequence).CompareTo((b.HeardAt, b.Sequence)));

    private static readonly Comparer<RunningExecution> ByDeadline = Comparer<RunningExecution>.Create(
        (a, b) => (a.Deadline!.Value, a.Sequence).CompareTo((b.Deadline!.Value, b.Sequence)));

    private readonly MinuteRing _ended = new();

    public Job Job { get; private set; } = job;

    public JobProgress Progress { get; private set; } = progress;

    /// <summary>When an execution last came, went, changed or reported.</summary>
    public DateTimeOffset MovedAt { get; private set; } = Latest(progress.ChangedAt, job.LastUpdatedAt);

    /// <summary>Executions which are watched one by one.</summary>
    public int Running { get; set; }

    /// <summary>Longest silence first.</summary>
    public SortedSet<RunningExecution> Silent { get; } = new(BySilence);

    /// <summary>First timeout first.</summary>
    public SortedSet<RunningExecution> RunningOut { get; } = new(ByDeadline);

    /// <summary>Whether more can come of it: it has not ended, or something of it is in progress.</summary>
    public static bool MayMove(Job job, JobProgress progress) => !job.HasEnded || progress.Counts.InProgress > 0;

    public void Set(Job job, JobProgress progress)
    {
        Move(job.LastUpdatedAt);
        Move(progress.ChangedAt);
        (Job, Progress) = (job, progress);
    }

    public void Move(DateTimeOffset at) => MovedAt = Latest(MovedAt, at);

    public void End(DateTimeOffset at) => _ended.Add(at);

    /// <summary>Successes and failures a minute, over the last minutes or, of a younger job, its life.</summary>
    public double PerMinute(DateTimeOffset now)
    {
        var since = Latest(Job.StartedAt ?? Job.CreatedAt, now.AddTicks(-(now.UtcTicks % TimeSpan.TicksPerMinute)).AddMinutes(1 - PaceMinutes));
        return _ended.Sum(now, PaceMinutes) / Math.Max(1, (now - since).TotalMinutes);
    }

    public void Worry(RunningExecution running, bool isSilent, bool isRunningOut)
    {
        (running.IsSilent, running.IsRunningOut) = (isSilent, isRunningOut);
        if (isSilent)
        {
            Silent.Add(running);
        }
        if (isRunningOut)
        {
            RunningOut.Add(running);
        }
    }

    /// <summary>Before what it is ordered by changes.</summary>
    public void Calm(RunningExecution running)
    {
        if (running.IsSilent)
        {
            Silent.Remove(running);
        }
        if (running.IsRunningOut)
        {
            RunningOut.Remove(running);
        }
        (running.IsSilent, running.IsRunningOut) = (false, false);
    }

    private static DateTimeOffset Latest(DateTimeOffset a, DateTimeOffset b) => a > b ? a : b;
}
