using System.Management.Automation;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.Cmdlets.Connection.Keys;

/// <summary>Keys as AWS's own tools find them: a profile, or the environment, the default profile, the container, the machine.</summary>
internal sealed record AwsChain(string? ProfileName, string? ProfileLocation) : KeySource
{
    private static readonly Lazy<Func<string?, string?, Func<Task<SigV4Credentials>>>> Find = new(() =>
        PrivateContext.Method<Func<string?, string?, Func<Task<SigV4Credentials>>>>("IoTJobsToolkit.AwsCredentials", "CredentialChain", "Find"));

    /// <summary>It is found once and renews itself.</summary>
    public override Func<CancellationToken, ValueTask<SigV4Credentials>> Reader
    {
        get
        {
            Func<Task<SigV4Credentials>>? read = null;
            var gate = new Lock();
            return async cancellationToken =>
            {
                try
                {
                    // On a thread of its own: looking for a container or machine may block for seconds.
                    var reading = Task.Run(() => Chain()(), CancellationToken.None);
                    return await reading.WaitAsync(cancellationToken).ConfigureAwait(false);
                }
                catch (Exception exception) when (exception is not OperationCanceledException)
                {
                    throw NotFound(exception);
                }
            };

            Func<Task<SigV4Credentials>> Chain()
            {
                lock (gate)
                {
                    return read ??= Find.Value(ProfileName, ProfileLocation);
                }
            }
        }
    }

    /// <summary>Without the inner messages' details: they may quote what a profile holds.</summary>
    private ConnectionException NotFound(Exception exception) => new(
        "CredentialsNotFound",
        ErrorCategory.AuthenticationError,
        ProfileName is null
            ? "No AWS credentials were found: neither in the environment, nor in a profile, nor from the container or machine."
            : $"The AWS profile {ProfileName} gives no credentials: {Reason(exception)}",
        ProfileName)
    {
        NextStep = "Give -ProfileName, or -AccessKey and -SecretKey, or set AWS_PROFILE or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; "
            + "for a profile with single sign-on run 'aws sso login' first.",
    };

    private static string Reason(Exception exception) => exception is KeyNotFoundException
        ? exception.Message
        : $"it could not be used ({exception.GetType().Name}).";
}
