using System.Text.Json.Serialization;

namespace IoTJobsToolkit.Server.Access;

/// <summary>The operator's access key and the portal's password, as they lie beside the database.</summary>
/// <param name="AdminPasswordHash">The password itself is kept nowhere.</param>
internal sealed record ServerCredentials(string AccessKeyId, string SecretAccessKey, string AdminPasswordHash);

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true)]
[JsonSerializable(typeof(ServerCredentials))]
internal sealed partial class CredentialsJson : JsonSerializerContext;
