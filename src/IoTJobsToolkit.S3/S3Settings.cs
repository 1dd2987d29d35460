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

        for (var i = 0; i < Roles.Count; i++)
        {
            var role = Roles[i];
            if (role.Arn.Length == 0 || role.AccessKeyId.Length == 0 || role.SecretAccessKey.Length == 0)
            {
                throw new ArgumentException($"S3:Roles:{i} needs Arn, AccessKeyId and SecretAccessKey.");
            }

            if (Roles.Take(i).Any(other => other.Arn == role.Arn))
            {
                throw new ArgumentException($"S3:Roles:{i}:Arn {role.Arn} is set twice.");
            }
        }
    }
}

/// <summary>The credentials that stand for a role: nobody can assume a role of AWS on an isolated site.</summary>
public sealed class S3Role
{
    public string Arn { get; init; } = "";

    public string AccessKeyId { get; init; } = "";

    public string SecretAccessKey { get; init; } = "";
}
