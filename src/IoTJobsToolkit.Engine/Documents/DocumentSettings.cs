namespace IoTJobsToolkit.Engine.Documents;

/// <summary>What the server's settings say about job documents.</summary>
public sealed record DocumentSettings
{
    public static DocumentSettings Default { get; } = new();

    /// <summary>The server's region, in which upload buckets have to be; also that of the global S3 host (jobs-reference 10.4).</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>Where uploads go whose placeholder names neither bucket nor key; null: such placeholders are refused.</summary>
    public string? UploadBucket { get; init; }
}
