using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;
using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>
/// Deletes a thing: its pending executions become REMOVED, its memberships end (jobs-reference 4.4). One that does not exist is a
/// success as well.
/// </summary>
public sealed record DeleteThing(string ThingName) : Operation<DeleteThingResponse>
{
    public long? ExpectedVersion { get; init; }

    internal override void Validate(Check check) => check.ThingName(ThingName);

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING, ThingName);

    internal override DeleteThingResponse Run(JobsTransaction tx)
    {
        if (tx.FindThing(ThingName) is not { } thing)
        {
            return new();
        }
        thing.RequireVersion(ExpectedVersion);

        foreach (var execution in tx.Pending(thing))
        {
            if (tx.FindJob(execution.JobSequence) is { PurgedAt: null } job)
            {
                var swept = Sweeping.Apply(job, tx.Progress(job), execution, tx.Now);
                tx.Save(execution, swept.HasEnded ? swept : execution.Remove(ChangeOrigin.ThingDeleted, tx.Caller.Name, tx.Now));
            }
        }
        foreach (var job in tx.Memory.WithPostponed.Select(tx.FindJob).ToList())
        {
            if (job is not null && tx.FindPostponed(job, ThingName) is { } postponed)
            {
                tx.Settle(postponed);
                Outcome.CompleteIfDone(tx, job);
            }
        }
        foreach (var group in thing.Groups)
        {
            tx.Changes.Members[(group, ThingName)] = null;
        }
        tx.Delete(thing);
        return new();
    }
}

public sealed record DeleteThingResponse;
