using System.Net;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Wire.Errors;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>What an answer that is no success means.</summary>
internal static class RefusedAnswer
{
    /// <summary>Servers bear 15 minutes; a smaller difference is not what a signature is refused for.</summary>
    private static readonly TimeSpan Skew = TimeSpan.FromMinutes(4);

    public static FailedTry Of(HttpResponseMessage answer, ReadOnlyMemory<byte> body, PreparedRequest request, Signed signed)
    {
        var error = ErrorReader.Read(answer.Headers.TryGetValues(ErrorAnswer.Header, out var names) ? names.First() : null, body);
        var refusal = error.Name is { } name ? Named(name, error, answer, request, signed) : Nameless(answer, request);
        var isSkewed = ErrorMeaning.IsOfTime(refusal) && (answer.Headers.Date - signed.At)?.Duration() >= Skew;
        return new(After(answer, refusal), refusal, Backoff.Asked(answer.Headers.RetryAfter, signed.At), isSkewed ? answer.Headers.Date : null);
    }

    private static Aftermath After(HttpResponseMessage answer, JobsException refusal) => answer.StatusCode switch
    {
        _ when refusal.Error == JobsError.Throttling => Aftermath.NotDone,
        HttpStatusCode.ServiceUnavailable when answer.Headers.RetryAfter is not null => Aftermath.NotDone, // Whoever asks to come later has done nothing.
        // Others may say so also where a change had begun.
        HttpStatusCode.ServiceUnavailable or HttpStatusCode.InternalServerError or HttpStatusCode.BadGateway or HttpStatusCode.GatewayTimeout => Aftermath.Unknown,
        _ => Aftermath.Refused,
    };

    private static JobsException Named(string name, ErrorReader error, HttpResponseMessage answer, PreparedRequest request, Signed signed)
    {
        var kind = ErrorMeaning.Of(name, answer.StatusCode);
        var message = error.Message is { Length: > 0 } said ? said : $"{request.Address} refused {request.Operation.Name}: {name}.";
        return new(kind, signed.SessionToken is { } token ? message.Replace(token, "(session token)", StringComparison.Ordinal) : message)
        {
            Name = name,
            ResourceId = error.ResourceId,
            ResourceArn = error.ResourceArn,
            ExecutionState = error.ExecutionState,
            IsVersionMismatch = kind == JobsError.VersionConflict || IsVersionMismatch(kind, error.ExecutionState, request.Operation),
        };
    }

    /// <summary>A device is told of another version as of an illegal move (OPEN-20); the state that comes with it tells which of the two it is.</summary>
    private static bool IsVersionMismatch(JobsError kind, JobExecutionState? state, Operation operation) =>
        kind == JobsError.InvalidStateTransition && state is { Status.IsTerminal: false } &&
        operation is UpdateJobExecution { ExpectedVersion: { } expected } && expected != state.VersionNumber;

    private static JobsException Nameless(HttpResponseMessage answer, PreparedRequest request)
    {
        var said = $"{request.Address} answered {request.Operation.Name} with {(int)answer.StatusCode} {answer.ReasonPhrase}".TrimEnd();
        // Where it leads to is said without its query, which may hold a secret.
        var target = answer.Headers.Location is { } location
            ? $" It redirects to {(location.IsAbsoluteUri ? location.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped) : "another path")}."
            : "";
        return new(
            ErrorMeaning.Of(answer.StatusCode) ?? JobsError.ServiceUnavailable,
            $"{said}, which is no answer of AWS IoT's API.{target} Check the address, and proxies on the way.");
    }
}
