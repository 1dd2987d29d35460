using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>jobs-reference 4: who is covered by a target, and what joining and leaving does to CONTINUOUS jobs.</summary>
internal partial class JobsModel
{
    private IEnumerable<ModelThing> CoveredBy(ModelTarget target) => Things.Where(thing => thing.Exists &&
        (target.Thing == thing || Groups.Any(group => group.Exists && IsMember(thing, group) && IsWithin(group, target.Group))));

    private static bool IsMember(ModelThing thing, ModelGroup group) => group.Query is { } query
        ? thing.Attributes.GetValueOrDefault(query.Attribute) == query.Value
        : group.Members.Contains(thing);

    private static bool IsWithin(ModelGroup? group, ModelGroup? ancestor) =>
        group is not null && ancestor is not null && (group == ancestor || IsWithin(group.Parent, ancestor));

    private List<ModelThing> Covered(ModelJob job) => [.. job.Targets.SelectMany(CoveredBy).Distinct()];

    /// <summary>Makes a change of things or groups, and lets every CONTINUOUS job compare who was covered before and after.</summary>
    private void ChangeMembership(Action change)
    {
        var before = Jobs.Where(job => job is { IsContinuous: true, IsActive: true })
            .Select(job => (Job: job, Covered: Covered(job), Ahead: job.IsRollingOut ? Ahead(job) : [])).ToList();
        change();
        foreach (var (job, covered, ahead) in before)
        {
            var now = Covered(job);
            KeepPlaces(job, ahead);
            foreach (var thing in covered.Except(now).OrderBy(thing => thing.Name, StringComparer.Ordinal))
            {
                Leave(job, thing);
            }
            foreach (var thing in now.Except(covered).OrderBy(thing => thing.Name, StringComparer.Ordinal))
            {
                Join(job, thing);
            }
        }
    }

    private void Join(ModelJob job, ModelThing thing)
    {
        if (job is { IsActive: true, HasStarted: true, HasEnded: false } && !HasPending(job, thing))
        {
            CreateOrPostpone(job, thing, retryAttempt: 0);
        }
    }

    private void Leave(ModelJob job, ModelThing thing)
    {
        job.Retries.RemoveAll(retry => retry.Thing == thing);
        job.Postponed.RemoveAll(postponed => postponed.Thing == thing);
        Remove(job, thing);
    }

    private void Remove(ModelJob job, ModelThing thing)
    {
        foreach (var execution in job.Executions.Where(e => e.Thing == thing && e.IsPending).ToList())
        {
            Move(execution, JobExecutionStatus.REMOVED);
            AfterResult(execution);
        }
    }
}
