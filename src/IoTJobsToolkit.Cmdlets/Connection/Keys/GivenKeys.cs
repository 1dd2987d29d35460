using System.Management.Automation;

namespace IoTJobsToolkit.Cmdlets.Connection.Keys;

/// <summary>Keys as parameters give them. Never printed: it holds a secret.</summary>
/// <param name="Credential">A PSCredential with the key's id and secret, or an object of AWS's own module.</param>
internal sealed record GivenKeys(
    string? AccessKey, string? SecretKey, string? SessionToken, string? ProfileName, string? ProfileLocation, object? Credential)
{
    /// <summary>What was given, most explicit first; null where nothing was.</summary>
    /// <exception cref="ConnectionException">It cannot be used.</exception>
    public KeySource? ToSource()
    {
        if (AccessKey is { Length: > 0 } || SecretKey is { Length: > 0 })
        {
            return AccessKey is { Length: > 0 } && SecretKey is { Length: > 0 }
                ? new FixedKey(new(AccessKey, SecretKey, NullIfEmpty(SessionToken)))
                : throw Unusable("-AccessKey and -SecretKey belong together; one of them is missing.", "Give both, or a -ProfileName.");
        }
        if (Credential is not null)
        {
            return FromObject(PSObject.AsPSObject(Credential));
        }
        return ProfileName is { Length: > 0 } || ProfileLocation is { Length: > 0 }
            ? new AwsChain(NullIfEmpty(ProfileName), NullIfEmpty(ProfileLocation))
            : null;
    }

    public override string ToString() => nameof(GivenKeys);

    private FixedKey FromObject(PSObject credential)
    {
        if (credential.BaseObject is PSCredential { UserName.Length: > 0, Password.Length: > 0 } given)
        {
            var pair = given.GetNetworkCredential();
            // Whole: the network's form of a name cuts off a domain.
            return new(new(given.UserName, pair.Password, NullIfEmpty(SessionToken)));
        }
        var keys = credential.BaseObject is not PSCredential && credential.Methods["GetCredentials"] is { } method && Text(credential, "SecretAccessKey", "SecretKey") is null
            ? Invoke(method)
            : credential;
        return Text(keys, "AccessKeyId", "AccessKey") is { } id && Text(keys, "SecretAccessKey", "SecretKey") is { } secret
            ? new(new(id, secret, Text(keys, "SessionToken", "Token")))
            : throw Unusable(
                $"-Credential holds no access key: it is of type {credential.BaseObject.GetType().Name}.",
                "Give a PSCredential with the access key's id as user name and the secret as password, or AWS credentials.");
    }

    private static PSObject Invoke(PSMethodInfo method)
    {
        try
        {
            return PSObject.AsPSObject(method.Invoke());
        }
        catch (RuntimeException exception)
        {
            throw Unusable($"-Credential gave no access key ({exception.InnerException?.GetType().Name}).", "See that they have not expired.");
        }
    }

    private static string? Text(PSObject keys, params string[] names) =>
        names.Select(name => keys.Properties[name]?.Value as string).FirstOrDefault(value => value is { Length: > 0 });

    private static string? NullIfEmpty(string? text) => text is { Length: > 0 } ? text : null;

    private static ConnectionException Unusable(string message, string nextStep) =>
        new("InvalidCredentials", ErrorCategory.InvalidArgument, message, null) { NextStep = nextStep };
}
