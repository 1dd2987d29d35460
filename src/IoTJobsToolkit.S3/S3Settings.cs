namespace IoTJobsToolkit.S3;

/// <summary>The settings under <c>S3:</c>. Classes, not records: a record's text would show the secrets.</summary>
public sealed class S3Settings
{
    /// <summary>
    /// An object store of one's own that stands for every S3 host, in path style: <c>http://minio:9000</c>. Null: AWS itself
    /// (jobs-reference 10.5).
    /// </summary>
    public Uri? Endpoint { get; init; }

    /// <summary>The region of the global S3 host, and of <see cref="Endpoint"/> whatever region a URL names.</summary>
    public string Region { get; init; } = "us-east-1";

    /// <summary>The server's own access key, with which documentSource is read.</summary>
    public string? AccessKeyId { get; init; }

    public string? SecretAccessKey { get; init; }

    /// <summary>Where uploads go whose placeholder names neither bucket nor key; null: such placeholders are refused.</summary>
    public string? UploadBucket { get; init; }

    /// <summary>The roles that a job's presignedUrlConfig may name.</summary>
    public IReadOnlyList<S3Role> Roles { get; init; } = [];

    /// <summary>Who is asked for the credentials of roles with <see cref="S3Role.Assume"/>.</summary>
    public StsSettings Sts { get; init; } = new();

    /// <exception cref="ArgumentException">A value is missing or out of place; the message names the setting.</exception>
    internal void Validate()
    {
        if (Endpoint is { } endpoint
            && (!endpoint.IsAbsoluteUri || endpoint.Scheme is not ("http" or "https") || endpoint.PathAndQuery != "/"))
        {
            throw new ArgumentException($"S3:Endpoint {endpoint} has to be an http or https address without a path, such as http://minio:9000.");
        }

        if (Region.Length == 0)
        {
            throw new ArgumentException("S3:Region may not be empty: leave it out for us-east-1.");
        }

        if (string.IsNullOrEmpty(AccessKeyId) != string.IsNullOrEmpty(SecretAccessKey))
        {
            throw new ArgumentException("S3:AccessKeyId and S3:SecretAccessKey belong together: set both or neither.");
        }

        Sts.Validate();
        for (var i = 0; i < Roles.Count; i++)
        {
            Roles[i].Validate($"S3:Roles:{i}");
            if (Roles.Take(i).Any(other => other.Arn == Roles[i].Arn))
            {
                throw new ArgumentException($"S3:Roles:{i}:Arn {Roles[i].Arn} is set twice.");
            }

            if (Roles[i].Assume && string.IsNullOrEmpty(AccessKeyId))
            {
                throw new ArgumentException($"S3:Roles:{i}:Assume needs S3:AccessKeyId and S3:SecretAccessKey, with which STS is asked for the role.");
            }
        }
    }
}
