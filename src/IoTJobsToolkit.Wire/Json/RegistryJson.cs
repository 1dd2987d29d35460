using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Wire.Json;

/// <summary>Generated readers and writers of the registry; <see cref="WireJson"/> says how they spell.</summary>
[JsonSourceGenerationOptions(GenerationMode = JsonSourceGenerationMode.Metadata)]
[JsonSerializable(typeof(CreateThing))]
[JsonSerializable(typeof(CreateThingResponse))]
[JsonSerializable(typeof(DescribeThing))]
[JsonSerializable(typeof(DescribeThingResponse))]
[JsonSerializable(typeof(ListThings))]
[JsonSerializable(typeof(ListThingsResponse))]
[JsonSerializable(typeof(UpdateThing))]
[JsonSerializable(typeof(UpdateThingResponse))]
[JsonSerializable(typeof(DeleteThing))]
[JsonSerializable(typeof(DeleteThingResponse))]
[JsonSerializable(typeof(CreateThingGroup))]
[JsonSerializable(typeof(CreateThingGroupResponse))]
[JsonSerializable(typeof(DescribeThingGroup))]
[JsonSerializable(typeof(DescribeThingGroupResponse))]
[JsonSerializable(typeof(ListThingGroups))]
[JsonSerializable(typeof(ListThingGroupsResponse))]
[JsonSerializable(typeof(DeleteThingGroup))]
[JsonSerializable(typeof(DeleteThingGroupResponse))]
[JsonSerializable(typeof(AddThingToThingGroup))]
[JsonSerializable(typeof(AddThingToThingGroupResponse))]
[JsonSerializable(typeof(RemoveThingFromThingGroup))]
[JsonSerializable(typeof(RemoveThingFromThingGroupResponse))]
[JsonSerializable(typeof(ListThingsInThingGroup))]
[JsonSerializable(typeof(ListThingsInThingGroupResponse))]
[JsonSerializable(typeof(ListThingGroupsForThing))]
[JsonSerializable(typeof(ListThingGroupsForThingResponse))]
[JsonSerializable(typeof(DescribeEndpoint))]
[JsonSerializable(typeof(DescribeEndpointResponse))]
internal sealed partial class RegistryJson : JsonSerializerContext;
