using System.Management.Automation;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets.Connection.Remote;

/// <summary>What a server refuses a request for, before it looks at the operation: by the names of AWS (http-api 3).</summary>
internal static class RequestRefusal
{
    private const string Keys =
        "Check the access key: that of Connect-IoTJobs (-Credential, -AccessKey or -ProfileName), else IOTJOBS_ACCESS_KEY_ID or AWS_ACCESS_KEY_ID in the environment.";

    /// <summary>Null where the name is one of an operation's own refusals.</summary>
    public static ErrorCategory? Category(string name) => name switch
    {
        "UnknownOperationException" => ErrorCategory.NotImplemented,
        _ => NextStep(name) is null ? null : ErrorCategory.AuthenticationError,
    };

    /// <summary>
    /// What is shown of the message. After the first paragraph on a wrong signature comes what it should have been made of, for those who write a client;
    /// the exception keeps it.
    /// </summary>
    public static string Summary(JobsException refusal) => refusal.Name is "InvalidSignatureException" or "SignatureDoesNotMatch"
        ? refusal.Message.Split("\n\n", 2)[0]
        : refusal.Message;

    /// <summary>As <see cref="Category"/>.</summary>
    public static string? NextStep(string name) => name switch
    {
        "UnrecognizedClientException" or "InvalidClientTokenId" => Keys,
        "InvalidSignatureException" or "SignatureDoesNotMatch" or "IncompleteSignatureException" =>
            $"{Keys} Check the secret key, the region and this machine's clock, too.",
        "MissingAuthenticationTokenException" =>
            "This server asks for keys: give them with Connect-IoTJobs -Credential, or set IOTJOBS_ACCESS_KEY_ID and IOTJOBS_SECRET_ACCESS_KEY.",
        "ExpiredTokenException" or "ExpiredToken" => "The keys were temporary and have expired: sign in again, for instance with 'aws sso login'.",
        "RequestExpired" or "RequestTimeTooSkewed" or "RequestInTheFuture" => "Set this machine's clock, then try again.",
        "UnknownOperationException" => "Use a database or a server of this toolkit, of this version or a later one.",
        _ => null,
    };
}
