using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Properties.Running;

namespace IoTJobsToolkit.Engine.Tests.Properties.Model;

/// <summary>Calls about groups (http-api 12).</summary>
internal partial class JobsModel
{
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

    /// <summary>Only <c>attributes.name:value</c>.</summary>
    private static (string Attribute, string Value) Query(string text)
    {
        var parts = text["attributes.".Length..].Split(':');
        return (parts[0], parts[1]);
    }

    /// <summary>The reference allows the same again for static groups; read here for dynamic ones too.</summary>
    private string CreateDynamic(CreateDynamicThingGroup call)
    {
        var query = Query(call.QueryString);
        if (Groups.FirstOrDefault(group => group.Exists && group.Name == call.ThingGroupName) is { } existing)
        {
            return existing.Query == query ? Answers.Done : throw new Refusal(JobsError.ResourceAlreadyExists);
        }
        ChangeMembership(() => Groups.Add(new(call.ThingGroupName) { Query = query }));
        return Answers.Done;
    }

    private string UpdateDynamic(UpdateDynamicThingGroup call)
    {
        var group = FindGroup(call.ThingGroupName);
        if (group.Query is null)
        {
            throw new Refusal(JobsError.InvalidRequest);
        }
        ChangeMembership(() => group.Query = call.QueryString is { } text ? Query(text) : group.Query);
        return Answers.Done;
    }

    private string DeleteDynamic(DeleteDynamicThingGroup call)
    {
        if (Groups.FirstOrDefault(group => group.Exists && group.Name == call.ThingGroupName) is { } group)
        {
            if (group.Query is null)
            {
                throw new Refusal(JobsError.InvalidRequest);
            }
            ChangeMembership(() => group.Exists = false);
        }
        return Answers.Done;
    }
}
