using Amazon.Runtime;
using Amazon.Runtime.CredentialManagement;
using Amazon.Runtime.Credentials;
using IoTJobsToolkit.Wire.Signing;

namespace IoTJobsToolkit.AwsCredentials;

/// <summary>Finds keys as AWS's own tools do. Only the keys leave: no type of the SDK does.</summary>
public static class CredentialChain
{
    /// <param name="profile">Null for the environment's choice: keys, a profile, a container, the machine, in AWS's order.</param>
    /// <param name="location">A file of profiles; null for the usual ones.</param>
    /// <returns>Reads the keys; they are renewed as they expire.</returns>
    /// <exception cref="KeyNotFoundException">There is no such profile.</exception>
    public static Func<Task<SigV4Credentials>> Find(string? profile, string? location)
    {
        var found = profile is null && location is null
            ? DefaultAWSCredentialsIdentityResolver.GetCredentials()
            : FromProfile(profile ?? Environment.GetEnvironmentVariable("AWS_PROFILE") ?? "default", location);
        return async () =>
        {
            var keys = await found.GetCredentialsAsync().ConfigureAwait(false);
            return new(keys.AccessKey, keys.SecretKey, keys.UseToken ? keys.Token : null);
        };
    }

    private static AWSCredentials FromProfile(string profile, string? location)
    {
        var chain = new CredentialProfileStoreChain(location);
        return chain.TryGetAWSCredentials(profile, out var credentials)
            ? credentials
            : throw new KeyNotFoundException(chain.TryGetProfile(profile, out _)
                ? $"the profile {profile} holds no keys and no way to get them."
                : $"there is no profile {profile} in {location ?? "the usual files"}.");
    }
}
