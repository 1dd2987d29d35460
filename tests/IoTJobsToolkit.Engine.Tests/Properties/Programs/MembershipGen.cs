using CsCheck;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Engine.Tests.Properties.Programs;

/// <summary>Joins, leaves and moves, by hand and by the attribute that dynamic groups look at.</summary>
internal static class MembershipGen
{
    private const string Attribute = "k";

    public static Gen<Step> Any(Fleet fleet) => Gen.Frequency(
        (6, Gen.Select(fleet.Thing, fleet.Group).Select(ProgramGen.Add)),
        (5, Gen.Select(fleet.Thing, fleet.Group).Select(ProgramGen.Leave)),
        (5, Gen.Select(fleet.Thing, Move(fleet)).Select((thing, move) => (Step)move(thing))),
        (4, Gen.Select(fleet.Thing, Gen.OneOf("", "a", "a", "b"), Gen.Bool).Select((thing, value, merge) => (Step)Update(thing, value, merge))),
        (1, Gen.Select(fleet.AnyDynamic, Value).Select(CreateDynamic)),
        (2, Gen.Select(fleet.AnyDynamic, Value.Null(0.2)).Select((group, value) => (Step)UpdateDynamic(group, value))),
        (1, fleet.AnyDynamic.Select(group => (Step)new Call<DeleteDynamicThingGroupResponse>(new DeleteDynamicThingGroup(group)))));

    public static Step CreateDynamic(string group, string value) =>
        new Call<CreateDynamicThingGroupResponse>(new CreateDynamicThingGroup(group, Query(value)));

    private static Gen<string> Value => Gen.OneOf("a", "b");

    /// <summary>From every group of the fleet but those it is to be in, or from some.</summary>
    public static Gen<Func<string, CallStep>> Move(Fleet fleet) => Gen.Select(fleet.Group.Array[0, 2], fleet.AnyGroup.Array[0, 2], Gen.Int[0, 3]).Select((toAdd, some, from) =>
        (Func<string, CallStep>)(thing => new Call<UpdateThingGroupsForThingResponse>(new UpdateThingGroupsForThing
        {
            ThingName = thing,
            ThingGroupsToAdd = toAdd,
            ThingGroupsToRemove = from == 0 ? some : [.. fleet.AllGroups.Except(toAdd)],
        })));

    private static Call<UpdateThingResponse> Update(string thing, string value, bool merge) => new Call<UpdateThingResponse>(new UpdateThing(thing)
    {
        AttributePayload = new() { Attributes = new Dictionary<string, string> { [Attribute] = value }, Merge = merge ? true : null },
    });

    private static Call<UpdateDynamicThingGroupResponse> UpdateDynamic(string group, string? value) => new Call<UpdateDynamicThingGroupResponse>(
        new UpdateDynamicThingGroup(group, new()) { QueryString = value is null ? null : Query(value) });

    private static string Query(string value) => $"attributes.{Attribute}:{value}";
}
