using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Changes properties or query of a dynamic group; with another query it is REBUILDING until all things have been looked at.</summary>
public sealed record UpdateDynamicThingGroup(string ThingGroupName, ThingGroupProperties ThingGroupProperties) : Operation<UpdateDynamicThingGroupResponse>
{
    public long? ExpectedVersion { get; init; }

    /// <summary><c>AWS_Things</c>, also when absent.</summary>
    public string? IndexName { get; init; }

    public string? QueryString { get; init; }

    /// <summary><c>2017-09-30</c>, also when absent.</summary>
    public string? QueryVersion { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.ThingGroupName(ThingGroupName);
        check.Required("thingGroupProperties", ThingGroupProperties);
        check.ThingGroupProperties(ThingGroupProperties);
        check.Text("indexName", IndexName, 1, 128, TextPattern.Name);
        check.Length("queryString", QueryString, 1, int.MaxValue);
        DynamicQuery.Check(check, QueryString, IndexName, QueryVersion);
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.THING_GROUP, ThingGroupName, ActivityNote.Named("query", QueryString));

    internal override UpdateDynamicThingGroupResponse Run(JobsTransaction tx)
    {
        var group = tx.Group(ThingGroupName);
        if (!group.IsDynamic)
        {
            throw JobsException.InvalidRequest($"{ThingGroupName} is a static thing group; change it with UpdateThingGroup.");
        }
        group.RequireVersion(ExpectedVersion);
        var updated = group.With(tx, ThingGroupProperties);
        if (QueryString is not null && QueryString != group.QueryString)
        {
            updated = updated with
            {
                QueryString = QueryString,
                Status = ThingGroupStatus.REBUILDING,
                BuildingSince = tx.Now,
                BuiltUpTo = null,
            };
        }
        tx.Save(group, updated);
        return new(updated.Version);
    }
}

/// <param name="Version">The group's version now.</param>
public sealed record UpdateDynamicThingGroupResponse(long Version);
