using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Storage;
using static IoTJobsToolkit.Stores.Tests.Conformance.Records;

namespace IoTJobsToolkit.Stores.Tests.Journaling;

/// <summary>
/// Commits of which each says in every execution it touches which one it is: mostly what devices report, now and then executions that come or go.
/// </summary>
internal sealed class Reports(Random random)
{
    private const int Job = 1;
    private const int Things = 40;
    private readonly Dictionary<int, JobExecution> _executions = [];
    private int _number;

    /// <summary>What there is after each commit: versions by thing; the first entry is before all.</summary>
    public List<Dictionary<string, long>> States { get; } = [[]];

    public JobsChanges Next()
    {
        _number++;
        var changes = new JobsChanges { NextSequence = 1_000 + _number };
        var moves = random.Next(8) != 0;
        for (var i = random.Next(1, 6); i > 0; i--)
        {
            var thing = random.Next(Things);
            var before = _executions.GetValueOrDefault(thing);
            if (moves ? before is null : before is not null && random.Next(2) == 0)
            {
                continue;
            }
            var after = before is null
                ? Execution(100 + thing, Job, $"thing-{thing}", 1, 500 + _number, Time) with { VersionNumber = _number }
                : moves ? Move(before) : null;
            Put(changes.Executions, (after ?? before)!.Key, before, after);
            if (after is null)
            {
                _executions.Remove(thing);
            }
            else
            {
                _executions[thing] = after;
            }
        }
        States.Add(_executions.Values.ToDictionary(e => e.ThingName, e => e.VersionNumber));
        return changes;
    }

    public static Dictionary<string, long> Read(IJobsStore store) =>
        store.ReadExecutions(Job, null, int.MaxValue).ToDictionary(e => e.ThingName, e => e.VersionNumber);

    /// <summary>A fault in what else is kept of the executions; null when there is none.</summary>
    public static string? FirstFault(IJobsStore store)
    {
        var executions = store.ReadExecutions(Job, null, int.MaxValue);
        var timers = store.ReadTimers(DateTimeOffset.MaxValue, int.MaxValue).Select(e => e.ThingName).Order(StringComparer.Ordinal);
        var running = executions.Where(e => e.Deadline is not null).Select(e => e.ThingName).Order(StringComparer.Ordinal);
        return timers.SequenceEqual(running) ? null : $"Timers of {string.Join(' ', timers)}, deadlines of {string.Join(' ', running)}.";
    }

    private static void Put(Dictionary<ExecutionKey, Change<JobExecution>> changes, ExecutionKey key, JobExecution? before, JobExecution? after)
    {
        changes[key] = new(changes.TryGetValue(key, out var earlier) ? earlier.Before : before, after);
        if (changes[key] is (null, null))
        {
            changes.Remove(key);
        }
    }

    private JobExecution Move(JobExecution execution) => execution with
    {
        VersionNumber = _number,
        Status = JobExecutionStatus.IN_PROGRESS,
        StepDeadline = random.Next(2) == 0 ? null : Time.AddMinutes(random.Next(1, 100)),
        StatusDetails = new Dictionary<string, string> { ["k"] = new('x', random.Next(200)) },
    };
}
