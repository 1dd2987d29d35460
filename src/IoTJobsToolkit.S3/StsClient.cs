using Amazon.Runtime;
using Amazon.SecurityToken;
using Amazon.SecurityToken.Model;
using IoTJobsToolkit.Engine.Documents;

namespace IoTJobsToolkit.S3;

/// <summary>AWS's security token service, or one that speaks its protocol.</summary>
internal sealed class StsClient : IDisposable
{
    private static readonly TimeSpan Shortest = TimeSpan.FromMinutes(5);

    private readonly AmazonSecurityTokenServiceClient _client;
    private readonly Uri _endpoint;
    private readonly int _duration;
    private readonly TimeProvider _clock;

    public StsClient(S3Settings settings, TimeProvider clock)
    {
        var suffix = settings.Region.StartsWith("cn-", StringComparison.Ordinal) ? ".cn" : "";
        _endpoint = settings.Sts.Endpoint ?? new Uri($"https://sts.{settings.Region}.amazonaws.com{suffix}");
        _duration = settings.Sts.DurationSeconds;
        _clock = clock;
        _client = new(
            new BasicAWSCredentials(settings.AccessKeyId, settings.SecretAccessKey),
            new AmazonSecurityTokenServiceConfig
            {
                ServiceURL = _endpoint.AbsoluteUri,
                AuthenticationRegion = settings.Region,
                Timeout = TimeSpan.FromSeconds(10),
                MaxErrorRetry = 1,
            });
    }

    /// <exception cref="PresignException">STS refuses or does not answer; the message names the setting.</exception>
    public async Task<RoleSession> AssumeAsync(string roleArn, CancellationToken cancellationToken)
    {
        var now = _clock.GetUtcNow();
        try
        {
            var answer = await _client.AssumeRoleAsync(
                new AssumeRoleRequest { RoleArn = roleArn, RoleSessionName = "IoTJobsToolkit", DurationSeconds = _duration },
                cancellationToken).ConfigureAwait(false);
            if (answer.Credentials is not { Expiration: { } expiration } given)
            {
                throw Refused(roleArn, "the answer holds no credentials", "check S3:Sts:Endpoint", null);
            }

            var expiresAt = new DateTimeOffset(expiration.ToUniversalTime());
            return expiresAt - now >= Shortest
                ? new(new SigningCredentials(given.AccessKeyId, given.SecretAccessKey, given.SessionToken), now, expiresAt)
                : throw Refused(roleArn, $"the session ends at {expiresAt:O}, and here it is {now:O}", "compare the clocks of the two computers", null);
        }
        catch (AmazonSecurityTokenServiceException refused) when ((int)refused.StatusCode is >= 400 and < 500)
        {
            throw Refused(roleArn, $"{refused.ErrorCode}: {refused.Message}", AdviceFor(refused.ErrorCode), refused);
        }
        catch (Exception failed) when (failed is not PresignException && !cancellationToken.IsCancellationRequested)
        {
            throw Refused(roleArn, failed.Message, "check S3:Sts:Endpoint and the service there, then try again", failed);
        }
    }

    public void Dispose() => _client.Dispose();

    private string AdviceFor(string code) => code switch
    {
        "AccessDenied" or "AccessDeniedException" =>
            "allow sts:AssumeRole on it for S3:AccessKeyId, and let its trust policy name who that key belongs to",
        "ValidationError" => $"check the role's ARN in S3:Roles, and that it allows sessions of S3:Sts:DurationSeconds ({_duration})",
        _ => "check S3:AccessKeyId, S3:SecretAccessKey and S3:Sts:Endpoint",
    };

    private PresignException Refused(string roleArn, string why, string advice, Exception? cause)
    {
        var message = $"The role {roleArn} cannot be assumed at {_endpoint.GetLeftPart(UriPartial.Authority)} ({why}): {advice}.";
        return cause is null ? new(message) : new(message, cause);
    }
}
