using System.Text.Json.Serialization;

namespace IoTJobsToolkit.Server.Access;

/// <summary>What earlier versions kept beside the database: it moves into the database.</summary>
internal sealed record ServerCredentials
{
    public string? AdminPasswordHash { get; init; }

    public string? AccessKeyId { get; init; }

    public string? SecretAccessKey { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerCredentials))]
internal sealed partial class CredentialsJson : JsonSerializerContext;
