using System.Text.Json.Serialization;

namespace IoTJobsToolkit.Wire.Rendezvous;

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ServerRendezvous))]
internal sealed partial class RendezvousJson : JsonSerializerContext;
