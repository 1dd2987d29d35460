using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Properties.Running;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>Calls about things (http-api 12).</summary>
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
                Remove(job, thing);
                if (job.Postponed.RemoveAll(postponed => postponed.Thing == thing) > 0)
                {
                    CompleteIfDone(job);
                }
            }
        }
        return Answers.Done;
    }
}
