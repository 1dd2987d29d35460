namespace IoTJobsToolkit.S3;

/// <summary>The settings under <c>S3:Sts:</c>.</summary>
public sealed class StsSettings
{
    /// <summary>A security token service of one's own, such as <c>http://minio:9000</c>. Null: AWS's, in the region of the settings.</summary>
    public Uri? Endpoint { get; init; }

    /// <summary>How long a session is asked for, 900 to 43200; a role of AWS grants 3600 unless it is allowed more.</summary>
    public int DurationSeconds { get; init; } = 3600;

    /// <exception cref="ArgumentException">A value is out of place; the message names the setting.</exception>
    internal void Validate()
    {
        if (Endpoint is { } endpoint && (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https") || endpoint.Query.Length > 0))
        {
            throw new ArgumentException($"S3:Sts:Endpoint {endpoint} has to be an http or https address such as http://minio:9000.");
        }

        if (DurationSeconds is < 900 or > 43200)
        {
            throw new ArgumentException($"S3:Sts:DurationSeconds {DurationSeconds} has to be between 900 and 43200.");
        }
    }
}
