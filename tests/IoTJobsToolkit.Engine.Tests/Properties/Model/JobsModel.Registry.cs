using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Properties.Running;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>Calls about things and groups (http-api 12).</summary>
internal partial class JobsModel
{
    private string CreateThing(CreateThing call)
    {
        var attributes = call.AttributePayload?.Attributes?.ToDictionary() ?? [];
        if (Things.FirstOrDefault(thing => thing.Exists && thing.Name == call.ThingName) is { } existing)
        {
            return existing.Attributes.OrderBy(pair => pair.Key).SequenceEqual(attributes.OrderBy(pair => pair.Key))
                ? Answers.Done
                : throw new Refusal(JobsError.ResourceAlreadyExists);
        }
        ChangeMembership(() => Things.Add(new(call.ThingName) { Attributes = attributes }));
        return Answers.Done;
    }

    private string UpdateThing(UpdateThing call)
    {
        var thing = FindThing(call.ThingName);
        if (call.AttributePayload is { Attributes: { } given } payload)
        {
            var attributes = payload.Merge == true ? new Dictionary<string, string>(thing.Attributes) : [];
            foreach (var (key, value) in given)
            {
                attributes[key] = value;
            }
            ChangeMembership(() => thing.Attributes = attributes.Where(pair => pair.Value.Length > 0).ToDictionary());
        }
        return Answers.Done;
    }

    /// <summary>4.4: pending executions of every job become REMOVED.</summary>
    private string DeleteThing(DeleteThing call)
    {
        if (Things.FirstOrDefault(thing => thing.Exists && thing.Name == call.ThingName) is { } thing)
        {
            ChangeMembership(() =>
            {
                thing.Exists = false;
                Groups.ForEach(group => group.Members.Remove(thing));
            });
            foreach (var job in Jobs.ToList())
            {
                Unqueue(job, thing);
                Remove(job, thing);
            }
        }
        return Answers.Done;
    }

    private string CreateThingGroup(CreateThingGroup call)
    {
        var parent = Groups.FirstOrDefault(group => group.Exists && group.Name == call.ParentGroupName && group.Query is null);
        if (Groups.FirstOrDefault(group => group.Exists && group.Name == call.ThingGroupName) is { } existing)
        {
            return existing.Query is null && existing.Parent?.Name == call.ParentGroupName
                ? Answers.Done
                : throw new Refusal(JobsError.ResourceAlreadyExists);
        }
        if (call.ParentGroupName is not null && parent is null)
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        Groups.Add(new(call.ThingGroupName) { Parent = parent });
        return Answers.Done;
    }

    private string DeleteThingGroup(DeleteThingGroup call)
    {
        if (Groups.FirstOrDefault(group => group.Exists && group.Name == call.ThingGroupName) is { } group)
        {
            if (group.Query is not null || Groups.Any(other => other.Exists && other.Parent == group))
            {
                throw new Refusal(JobsError.InvalidRequest);
            }
            ChangeMembership(() =>
            {
                group.Exists = false;
                group.Members.Clear();
            });
        }
        return Answers.Done;
    }

    private string Add(AddThingToThingGroup call)
    {
        var (thing, group) = (FindThing(call.ThingName), FindGroup(call.ThingGroupName));
        if (group.Query is not null)
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        if (group.Members.Contains(thing))
        {
            return Answers.Done;
        }
        if (Groups.Any(other => other.Root == group.Root && other.Members.Contains(thing)))
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        ChangeMembership(() => group.Members.Add(thing));
        return Answers.Done;
    }

    private string Remove(RemoveThingFromThingGroup call)
    {
        var (thing, group) = (FindThing(call.ThingName), FindGroup(call.ThingGroupName));
        if (group.Query is not null)
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        ChangeMembership(() => group.Members.Remove(thing));
        return Answers.Done;
    }
}
