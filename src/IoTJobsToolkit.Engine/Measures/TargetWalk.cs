using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Measures;

/// <summary>Counts the things of targets, by name, each once, over as many turns as it takes; the first of them are looked at one by one.</summary>
/// <param name="After">The last name counted; null before the first.</param>
/// <param name="Pending">Things by the job that has something pending on them.</param>
internal sealed record TargetWalk(
    string? After, long Things, ImmutableList<string> First, long Examined, long Connected, ImmutableDictionary<long, long> Pending)
{
    public const int MostExamined = 10_000;

    private const int MostShown = 10;
    private const int NamesPerTurn = 2_000;
    private const int ExaminedPerTurn = 500;

    public static TargetWalk Start { get; } = new(null, 0, [], 0, 0, ImmutableDictionary<long, long>.Empty);

    /// <summary>Goes on: the walk as it is when the turn is over, and whether that is the end.</summary>
    public (TargetWalk Walk, bool IsDone) Run(JobsTransaction tx, IReadOnlyList<JobTarget> targets)
    {
        var walk = this;
        var most = Examined < MostExamined ? ExaminedPerTurn : NamesPerTurn;
        foreach (var name in Names(tx, targets, After, most + 1))
        {
            if (walk.Things - Things == most)
            {
                return (walk, false);
            }
            walk = walk.Add(tx, name);
        }
        return (walk, true);
    }

    private TargetWalk Add(JobsTransaction tx, string name)
    {
        var walk = this with { After = name, Things = Things + 1, First = First.Count < MostShown ? First.Add(name) : First };
        if (Examined == MostExamined || tx.FindThing(name) is not { } thing)
        {
            return walk;
        }
        var pending = Pending;
        foreach (var execution in tx.Pending(thing))
        {
            pending = pending.SetItem(execution.JobSequence, pending.GetValueOrDefault(execution.JobSequence) + 1);
        }
        return walk with
        {
            Examined = Examined + 1, Pending = pending, Connected = tx.FindConnected(thing.Sequence) is null ? Connected : Connected + 1,
        };
    }

    private static IEnumerable<string> Names(JobsTransaction tx, IReadOnlyList<JobTarget> targets, string? after, int take)
    {
        var things = targets
            .Where(target => target.Kind == TargetKind.Thing && string.CompareOrdinal(target.Name, after) > 0)
            .Select(target => target.Name)
            .Order(StringComparer.Ordinal);
        var groups = targets
            .Where(target => target.Kind == TargetKind.ThingGroup)
            .SelectMany(target => GroupMembers.Tree(tx.Memory, target.Sequence))
            .Distinct()
            .ToList();
        var members = groups.Count == 0 ? [] : GroupMembers.Read(tx.Store, groups, after, take).Select(member => member.ThingName);
        string? last = null;
        foreach (var name in GroupMembers.Merge([things, members], name => name))
        {
            if (name != last)
            {
                yield return last = name;
            }
        }
    }
}
