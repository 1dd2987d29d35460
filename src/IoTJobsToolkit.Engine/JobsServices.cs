using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.Engine;

/// <summary>What the engine uses of the world outside.</summary>
public sealed record JobsServices
{
    public static JobsServices None { get; } = new();

    /// <summary>Where documents are fetched from, and who signs the URLs in them.</summary>
    public IObjectStore ObjectStore { get; init; } = NoObjectStore.Instance;

    /// <summary>The bucket for upload placeholders which name none.</summary>
    public string? UploadBucket { get; init; }
}
