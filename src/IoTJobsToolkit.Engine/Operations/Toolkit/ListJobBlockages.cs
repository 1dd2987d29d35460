using System.Globalization;
using IoTJobsToolkit.Engine.Blockages;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Tells of each execution of a job that has not ended what it waits for, and when it should move: those there are, in the order of
/// ListJobExecutionsForJob, then retries, joins and restarts that wait for the job to go on, then what the rollout has still to make, in its order.
/// </summary>
public sealed record ListJobBlockages(string JobId) : Operation<ListJobBlockagesResponse>
{
    private const int CandidatesPerTurn = 2_000;

    /// <summary>This thing alone; all when absent.</summary>
    public string? ThingName { get; init; }

    /// <summary>1..250; 250 when absent.</summary>
    public int? MaxResults { get; init; }

    public string? NextToken { get; init; }

    /// <summary>How far earlier turns of this call came.</summary>
    internal PageScan<JobExecution, ExecutionKey>? Scan { get; init; }

    internal RolloutPlace? Place { get; init; }

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    private string List => $"ListJobBlockages|{JobId}";

    internal override void Validate(Check check)
    {
        check.JobId(JobId);
        if (ThingName is not null)
        {
            check.ThingName(ThingName);
        }
        check.MaxResults(MaxResults);
    }

    internal override ListJobBlockagesResponse Run(JobsTransaction tx)
    {
        var (job, progress) = tx.Entry(JobId);
        var blocking = new Blocking(tx, job, progress);
        if (ThingName is { } name)
        {
            return new([.. OfThing(tx, job, progress, blocking, tx.Thing(name))]);
        }
        var token = PageToken.Read(List, NextToken, 5) ?? ["E", "", "", "", ""];
        return token[0] switch
        {
            "E" => Executions(tx, job, progress, blocking, token),
            "P" => Postponed(tx, job, progress, blocking, token[1]),
            _ => Rollout(tx, job, progress, blocking, new(Number(token[1]), token[2].Length > 0 ? token[2] : null, Number64(token[3]))),
        };
    }

    private ListJobBlockagesResponse Executions(JobsTransaction tx, Job job, JobProgress progress, Blocking blocking, string[] token)
    {
        ExecutionKey? after = token[1].Length > 0
            ? new ExecutionKey(job.Sequence, new(Number64(token[1]), TimeSpan.Zero), token[2], Number64(token[3]), Number64(token[4]))
            : null;
        var size = MaxResults ?? Page.Default;
        var (scan, isDone) = (Scan ?? new([], after)).Run(
            size,
            (key, take) => tx.Store.ReadExecutions(job.Sequence, key, take),
            execution => execution.Key,
            stored => stored.HasEnded ? null : stored,
            progress.Counts.Pending);
        if (!isDone)
        {
            throw new GoesOnException(this with { Scan = scan });
        }
        var (page, nextToken) = Page.Cut(scan.Found, size, last => PageToken.Write(
            List, "E", Text(last.QueuedAt.UtcTicks), last.ThingName, Text(last.Number), Text(last.Sequence)));
        var found = page.Select(blocking.Of).OfType<JobBlockage>().ToList();
        if (nextToken is not null)
        {
            return new(found) { NextToken = nextToken };
        }
        return found.Count == 0
            ? Postponed(tx, job, progress, blocking, "")
            : new(found) { NextToken = MayCreate(job, progress) ? PageToken.Write(List, "P", "", "", "", "") : null };
    }

    private ListJobBlockagesResponse Postponed(JobsTransaction tx, Job job, JobProgress progress, Blocking blocking, string after)
    {
        if (!MayCreate(job, progress))
        {
            return new([]);
        }
        var size = MaxResults ?? Page.Default;
        IReadOnlyList<PostponedExecution> stored =
            progress.Postponed == 0 ? [] : tx.Store.ReadPostponed(job.Sequence, after.Length > 0 ? after : null, size + 1);
        var (page, nextToken) = Page.Cut(stored, size, last => PageToken.Write(List, "P", last.ThingName, "", "", ""));
        var found = page.Select(blocking.Of).OfType<JobBlockage>().ToList();
        if (nextToken is not null)
        {
            return new(found) { NextToken = nextToken };
        }
        return found.Count == 0
            ? Rollout(tx, job, progress, blocking, RolloutPlace.Start)
            : new(found) { NextToken = PageToken.Write(List, "R", "0", "", "0", "") };
    }

    private ListJobBlockagesResponse Rollout(JobsTransaction tx, Job job, JobProgress progress, Blocking blocking, RolloutPlace place)
    {
        if (blocking.OfStart(null) is { } notBegun)
        {
            return new([notBegun]);
        }
        if (progress.Rollout is not { } rollout)
        {
            return new([]);
        }
        var (size, looked) = (MaxResults ?? Page.Default, 0);
        place = place.NotBefore(rollout);
        using var clock = blocking.Clock(rollout);
        var found = new List<JobBlockage>();
        foreach (var (target, thing, isTarget) in RolloutSlice.Left(tx, job, rollout with { Target = place.Target, AfterThing = place.AfterThing }, CandidatesPerTurn))
        {
            if (found.Count == size || ++looked > CandidatesPerTurn)
            {
                return new(found) { NextToken = PageToken.Write(List, "R", Text(place.Target), place.AfterThing ?? "", Text(place.Notified), "") };
            }
            place = new(target, thing, isTarget ? place.Notified + 1 : place.Notified);
            if (isTarget)
            {
                var position = place.Notified - rollout.Notified;
                found.Add(blocking.OfRollout(thing, position, clock.At(position)));
            }
        }
        return new(found);
    }

    private IEnumerable<JobBlockage> OfThing(JobsTransaction tx, Job job, JobProgress progress, Blocking blocking, Thing thing)
    {
        if (tx.Pending(thing).FirstOrDefault(pending => pending.JobSequence == job.Sequence) is { } pending)
        {
            return blocking.Of(pending) is { } blockage ? [blockage] : [];
        }
        if (!MayCreate(job, progress) || !Coverage.Covers(tx, job, thing))
        {
            return [];
        }
        if (tx.FindPostponed(job, thing.Name) is { } postponed)
        {
            return blocking.Of(postponed) is { } blockage ? [blockage] : [];
        }
        return blocking.OfStart(thing.Name) is { } notBegun ? [notBegun] : InRollout(tx, job, progress, blocking, thing);
    }

    private IEnumerable<JobBlockage> InRollout(JobsTransaction tx, Job job, JobProgress progress, Blocking blocking, Thing thing)
    {
        if (progress.Rollout is not { } rollout)
        {
            return [];
        }
        var (place, looked) = ((Place ?? RolloutPlace.Start).NotBefore(rollout), 0);
        foreach (var (target, name, isTarget) in RolloutSlice.Left(tx, job, rollout with { Target = place.Target, AfterThing = place.AfterThing }, CandidatesPerTurn))
        {
            if (++looked > CandidatesPerTurn)
            {
                throw new GoesOnException(this with { Place = place });
            }
            place = new(target, name, isTarget ? place.Notified + 1 : place.Notified);
            if (isTarget && name == thing.Name)
            {
                using var clock = blocking.Clock(rollout);
                var position = place.Notified - rollout.Notified;
                return [blocking.OfRollout(name, position, clock.At(position))];
            }
        }
        return [];
    }

    private static bool MayCreate(Job job, JobProgress progress) => job.CanBeUpdated && !progress.IsPastEnd;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);

    private static long Number64(string text) => long.Parse(text, CultureInfo.InvariantCulture);

    /// <summary>How far a walk over what a rollout has left came.</summary>
    /// <param name="Notified">Executions which the rollout will have made when it is there.</param>
    internal sealed record RolloutPlace(int Target, string? AfterThing, long Notified)
    {
        public static RolloutPlace Start { get; } = new(0, null, 0);

        /// <summary>The rollout itself may have come further since the page before.</summary>
        public RolloutPlace NotBefore(Rollout rollout) => AfterThing is null || rollout.HasPassed(Target, AfterThing)
            ? new(rollout.Target, rollout.AfterThing, rollout.Notified)
            : this;
    }
}

public sealed record ListJobBlockagesResponse(IReadOnlyList<JobBlockage> Blockages)
{
    public string? NextToken { get; init; }
}
