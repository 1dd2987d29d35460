using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Properties.Running;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>Calls about who is a member of static groups (http-api 12).</summary>
internal partial class JobsModel
{
    private string Add(AddThingToThingGroup call)
    {
        Move(FindThing(call.ThingName), [FindGroup(call.ThingGroupName)], []);
        return Answers.Done;
    }

    private string Remove(RemoveThingFromThingGroup call)
    {
        Move(FindThing(call.ThingName), [], [FindGroup(call.ThingGroupName)]);
        return Answers.Done;
    }

    private string UpdateGroups(UpdateThingGroupsForThing call)
    {
        var (toAdd, toRemove) = (call.ThingGroupsToAdd ?? [], call.ThingGroupsToRemove ?? []);
        if (toAdd.Intersect(toRemove).Any())
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        Move(FindThing(call.ThingName), [.. toAdd.Select(FindGroup)], [.. toRemove.Select(FindGroup)]);
        return Answers.Done;
    }

    /// <summary>Removals first, then additions, as one change (OPEN-27); never in two groups of one hierarchy (1.5).</summary>
    private void Move(ModelThing thing, List<ModelGroup> toAdd, List<ModelGroup> toRemove)
    {
        if (toAdd.Concat(toRemove).Any(group => group.Query is not null))
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        var groups = Groups.Where(group => group.Members.Contains(thing)).Except(toRemove).Union(toAdd).ToList();
        if (groups.DistinctBy(group => group.Root).Count() < groups.Count)
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        ChangeGroups(thing, toAdd, toRemove);
    }

    protected virtual void ChangeGroups(ModelThing thing, List<ModelGroup> toAdd, List<ModelGroup> toRemove) => ChangeMembership(() =>
    {
        toRemove.ForEach(group => group.Members.Remove(thing));
        toAdd.Distinct().Where(group => !group.Members.Contains(thing)).ToList().ForEach(group => group.Members.Add(thing));
    });
}
