namespace IoTJobsToolkit.Engine.Documents;

/// <summary>What a presigned URL allows.</summary>
public enum PresignMethod
{
    /// <summary>Download with GET.</summary>
    Get,

    /// <summary>Upload with PUT.</summary>
    Put,
}

/// <summary>One URL to be signed (jobs-reference 10.5).</summary>
/// <param name="Location">The object; bucket and key are given.</param>
/// <param name="Method">What the URL allows.</param>
/// <param name="Now">The instant of signing: the URL is valid from here on.</param>
/// <param name="ExpiresInSec">How long it is valid.</param>
/// <param name="RoleArn">The role whose credentials sign: presignedUrlConfig.roleArn.</param>
public sealed record PresignRequest(S3Location Location, PresignMethod Method, DateTimeOffset Now, int ExpiresInSec, string RoleArn);

/// <summary>Signs URLs; no I/O, so that a document can be delivered inside an operation.</summary>
public interface IPresigner
{
    /// <summary>The URL in SigV4 query form.</summary>
    /// <exception cref="PresignException">There are no credentials for the role, or not yet.</exception>
    string Presign(PresignRequest request);
}

/// <summary>The port to the object store, S3 or one's own.</summary>
public interface IObjectStore : IPresigner
{
    /// <summary>The text behind a documentSource, read with the server's own credentials (jobs-reference 10.2).</summary>
    /// <exception cref="DocumentSourceException">It cannot be read or is no job document.</exception>
    Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken);

    /// <summary>
    /// Fetches the credentials for a role where <see cref="IPresigner.Presign"/> has none yet; then the operation is run again. What goes
    /// wrong here is told by that second run.
    /// </summary>
    ValueTask PrepareRoleAsync(string roleArn, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}

/// <summary>Stands where no object store is set up: every use is refused with what to do about it.</summary>
public sealed class NoObjectStore : IObjectStore
{
    public static NoObjectStore Instance { get; } = new();

    private NoObjectStore()
    {
    }

    public string Presign(PresignRequest request) => throw PresignException.NoObjectStore();

    public Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken) =>
        Task.FromException<string>(DocumentSourceException.NoObjectStore(location));
}
