using System.Buffers;
using System.Collections.Concurrent;
using System.Net;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using IoTJobsToolkit.Engine.Documents;
using S3Location = IoTJobsToolkit.Engine.Documents.S3Location;

namespace IoTJobsToolkit.S3;

/// <summary>S3, or an object store that speaks its protocol (jobs-reference 10.2, 10.5).</summary>
public sealed class S3ObjectStore : IObjectStore, IDisposable
{
    private readonly S3Settings settings;
    private readonly Dictionary<string, SigningCredentials> roles;
    private readonly Dictionary<string, AssumedRole> assumed;
    private readonly TimeProvider clock;
    private readonly StsClient? sts;
    private readonly CancellationTokenSource end = new();
    private readonly ConcurrentDictionary<(Uri Endpoint, string Region), AmazonS3Client> clients = [];

    /// <param name="clock">By which sessions of assumed roles end: the system's unless given.</param>
    /// <exception cref="ArgumentException">A setting is missing or out of place; the message names it.</exception>
    public S3ObjectStore(S3Settings settings, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(settings);
        settings.Validate();
        this.settings = settings;
        this.clock = clock ?? TimeProvider.System;
        roles = settings.Roles.Where(role => !role.Assume).ToDictionary(role => role.Arn, role => new SigningCredentials(role.AccessKeyId, role.SecretAccessKey));
        sts = settings.Roles.Any(role => role.Assume) ? new StsClient(settings, this.clock) : null;
        assumed = settings.Roles.Where(role => role.Assume).ToDictionary(
            role => role.Arn,
            role => new AssumedRole(role.Arn, cancellation => sts!.AssumeAsync(role.Arn, cancellation), this.clock, end.Token));
    }

    public string Presign(PresignRequest request)
    {
        ArgumentNullException.ThrowIfNull(request);
        var (endpoint, region) = Resolve(request.Location);
        if (roles.TryGetValue(request.RoleArn, out var credentials))
        {
            return PresignedUrl.Sign(request, endpoint, region, credentials);
        }

        if (!assumed.TryGetValue(request.RoleArn, out var role))
        {
            throw PresignException.UnknownRole(request.RoleArn, settings.Roles.Count);
        }

        var session = role.SessionFor(TimeSpan.FromSeconds(request.ExpiresInSec));
        var life = Math.Min(request.ExpiresInSec, (int)session.Left(clock.GetUtcNow()).TotalSeconds);
        return PresignedUrl.Sign(request with { ExpiresInSec = life }, endpoint, region, session.Credentials);
    }

    public ValueTask PrepareRoleAsync(string roleArn, CancellationToken cancellationToken) =>
        assumed.TryGetValue(roleArn, out var role) ? role.PrepareAsync(cancellationToken) : default;

    public async Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(location);
        if (string.IsNullOrEmpty(settings.AccessKeyId))
        {
            throw DocumentSourceException.NoObjectStore(location);
        }

        var (endpoint, region) = Resolve(location);
        try
        {
            using var response = await ClientFor(endpoint, region).GetObjectAsync(
                new GetObjectRequest { BucketName = location.Bucket, Key = location.Key, VersionId = location.VersionId },
                cancellationToken).ConfigureAwait(false);

            return await ReadAsync(location, response, cancellationToken).ConfigureAwait(false);
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode == HttpStatusCode.NotFound)
        {
            throw DocumentSourceException.NotFound(location, refused);
        }
        catch (AmazonS3Exception refused) when (refused.StatusCode is HttpStatusCode.Forbidden or HttpStatusCode.Unauthorized)
        {
            throw DocumentSourceException.AccessDenied(location, refused);
        }
        catch (Exception failed) when (IsConnection(failed) && !cancellationToken.IsCancellationRequested)
        {
            throw DocumentSourceException.Unreachable(location, endpoint.GetLeftPart(UriPartial.Authority), failed);
        }
    }

    public void Dispose()
    {
        end.Cancel();
        sts?.Dispose();
        foreach (var client in clients.Values)
        {
            client.Dispose();
        }
    }

    // The SDK reports its own time limit as a cancellation that nobody asked for.
    private static bool IsConnection(Exception failed) =>
        failed is AmazonServiceException or AmazonClientException or HttpRequestException or IOException or OperationCanceledException;

    private static async Task<string> ReadAsync(S3Location location, GetObjectResponse response, CancellationToken cancellationToken)
    {
        if (response.ContentLength > JobDocument.MaxLength)
        {
            throw DocumentSourceException.TooLarge(location);
        }

        // One byte more than allowed, so that a wrong length in the answer cannot make the server read on and on.
        var buffer = ArrayPool<byte>.Shared.Rent(JobDocument.MaxLength + 1);
        try
        {
            var content = buffer.AsMemory(0, JobDocument.MaxLength + 1);
            var read = await response.ResponseStream.ReadAtLeastAsync(
                content, content.Length, throwOnEndOfStream: false, cancellationToken).ConfigureAwait(false);
            return JobDocument.Decode(location, content.Span[..read]);
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    private (Uri Endpoint, string Region) Resolve(S3Location location)
    {
        if (settings.Endpoint is { } own)
        {
            return (own, settings.Region);
        }

        // The global host signs for us-east-1 only: another default region is reached at its own host.
        var region = location.Region ?? settings.Region;
        var host = location.Region is null && region != "us-east-1" ? $"s3.{region}.amazonaws.com" : location.Host;
        return (new Uri($"https://{host}"), region);
    }

    private AmazonS3Client ClientFor(Uri endpoint, string region) => clients.GetOrAdd((endpoint, region), _ => new AmazonS3Client(
        new BasicAWSCredentials(settings.AccessKeyId, settings.SecretAccessKey),
        new AmazonS3Config
        {
            ServiceURL = endpoint.AbsoluteUri,
            AuthenticationRegion = region,
            ForcePathStyle = true,
            Timeout = TimeSpan.FromSeconds(10),
            MaxErrorRetry = 1,
            // Object stores other than S3 do not know the newer checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        }));
}
