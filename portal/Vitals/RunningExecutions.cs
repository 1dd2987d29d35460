using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Portal.Vitals;

/// <summary>
/// All executions in progress, up to a number. A report costs a look-up; who reports nothing is found by a queue of moments to look at each,
/// never by a scan.
/// </summary>
internal sealed class RunningExecutions(int most)
{
    private const int LooksAtOnce = 10_000;

    private readonly Dictionary<long, RunningExecution> _all = [];
    private readonly Dictionary<string, RunningExecution> _ofThings = new(StringComparer.Ordinal);
    private readonly PriorityQueue<RunningExecution, long> _looks = new();

    public int Count => _all.Count;

    /// <summary>Moments which are waited for, with those of executions that have ended since.</summary>
    public int Looks => _looks.Count;

    /// <summary>What comes now is not watched.</summary>
    public bool IsFull => _all.Count >= most;

    public void Put(JobVitals job, JobExecution execution, DateTimeOffset now)
    {
        if (_all.TryGetValue(execution.Sequence, out var running))
        {
            Change(running, now, one => one.Report(execution));
        }
        else if (_all.Count < most)
        {
            running = new(job, execution) { NextOfThing = _ofThings.GetValueOrDefault(execution.ThingName) };
            running.DisconnectedAt = running.NextOfThing?.DisconnectedAt;
            _all[execution.Sequence] = _ofThings[execution.ThingName] = running;
            job.Running++;
            Review(running, now);
        }
    }

    public void Remove(long sequence)
    {
        if (_all.Remove(sequence, out var running))
        {
            running.LookAt = DateTimeOffset.MaxValue;
            running.Job.Running--;
            running.Job.Calm(running);
            Unlink(running);
            ForgetLooks();
        }
    }

    /// <summary>The job is gone, with what it had in progress.</summary>
    public void RemoveAll(JobVitals job)
    {
        if (job.Running > 0)
        {
            foreach (var sequence in _all.Values.Where(running => running.Job == job).Select(running => running.Sequence).ToList())
            {
                Remove(sequence);
            }
        }
    }

    /// <param name="disconnectedAt">Null where it is connected.</param>
    public void Connect(string thingName, DateTimeOffset? disconnectedAt, DateTimeOffset now)
    {
        for (var running = _ofThings.GetValueOrDefault(thingName); running is not null; running = running.NextOfThing)
        {
            Change(running, now, one => one.DisconnectedAt = disconnectedAt);
        }
    }

    /// <summary>
    /// Finds who has become silent, or whose time is running out, and says whether that are all: when a whole fleet falls silent at once it is
    /// told in parts.
    /// </summary>
    public bool Look(DateTimeOffset now)
    {
        for (var looks = 0; looks < LooksAtOnce; looks++)
        {
            if (!_looks.TryPeek(out var running, out var ticks) || ticks > now.UtcTicks)
            {
                return true;
            }
            _looks.Dequeue();
            if (running.LookAt.UtcTicks == ticks) // Otherwise it ended, or an earlier look took the place of this.
            {
                running.LookAt = DateTimeOffset.MaxValue;
                Change(running, now, static _ => { });
            }
        }
        return false;
    }

    private void Change(RunningExecution running, DateTimeOffset now, Action<RunningExecution> change)
    {
        running.Job.Calm(running);
        change(running);
        Review(running, now);
    }

    private void Review(RunningExecution running, DateTimeOffset now)
    {
        var (silentAt, runningOutAt) = (running.SilentAt, running.RunningOutAt);
        running.Job.Worry(running, silentAt <= now, runningOutAt <= now);
        silentAt = silentAt <= now ? DateTimeOffset.MaxValue : silentAt;
        runningOutAt = runningOutAt <= now ? DateTimeOffset.MaxValue : runningOutAt;
        var next = silentAt < runningOutAt ? silentAt : runningOutAt;
        if (next < running.LookAt)
        {
            running.LookAt = next;
            _looks.Enqueue(running, next.UtcTicks);
        }
    }

    /// <summary>Where much begins and ends within minutes, the moments of what has ended would be far more than those of the others.</summary>
    private void ForgetLooks()
    {
        if (_looks.Count > LooksAtOnce && _looks.Count > 2 * _all.Count)
        {
            _looks.Clear();
            _looks.EnqueueRange(_all.Values.Where(running => running.LookAt < DateTimeOffset.MaxValue).Select(running => (running, running.LookAt.UtcTicks)));
        }
    }

    private void Unlink(RunningExecution running)
    {
        var first = _ofThings[running.ThingName];
        if (first == running)
        {
            if (running.NextOfThing is { } next)
            {
                _ofThings[running.ThingName] = next;
            }
            else
            {
                _ofThings.Remove(running.ThingName);
            }
            return;
        }
        while (first.NextOfThing != running)
        {
            first = first.NextOfThing!;
        }
        first.NextOfThing = running.NextOfThing;
    }
}
