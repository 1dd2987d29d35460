using System.Text.Json.Serialization;

namespace IoTJobsToolkit.Server.Access;

/// <summary>The portal's password, as it lies beside the database.</summary>
/// <param name="AdminPasswordHash">The password itself is kept nowhere.</param>
internal sealed record ServerCredentials(string AdminPasswordHash)
{
    /// <summary>Where earlier versions kept the administrator's key: it moves into the database, encrypted.</summary>
    public string? AccessKeyId { get; init; }

    public string? SecretAccessKey { get; init; }
}

[JsonSourceGenerationOptions(
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, WriteIndented = true, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(ServerCredentials))]
internal sealed partial class CredentialsJson : JsonSerializerContext;
