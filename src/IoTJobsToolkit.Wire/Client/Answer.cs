using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Client;

/// <summary>Reads the answer of an operation that went well.</summary>
internal static class Answer
{
    private static ReadOnlySpan<byte> Empty => "{}"u8;

    public static (TResponse? Answer, FailedTry? Failure) Read<TResponse>(PreparedRequest request, ReadOnlyMemory<byte> body)
    {
        var json = body.Span.TrimStart(" \t\r\n"u8);
        if (!json.IsEmpty && json[0] != '{')
        {
            return (default, Unreadable(request, "it is no JSON object", null));
        }
        if (typeof(TResponse) == typeof(Nothing))
        {
            return ((TResponse)(object)Nothing.Value, null);
        }
        try
        {
            var answer = JsonSerializer.Deserialize(json.IsEmpty ? Empty : json, WireJson.Aws.TypeOf<TResponse>())!;
            return ((TResponse)Completion.Complete(request.Operation, answer), null);
        }
        catch (JsonException exception)
        {
            return (default, Unreadable(request, exception.Message, exception));
        }
    }

    private static FailedTry Unreadable(PreparedRequest request, string why, JsonException? cause)
    {
        var message = $"{request.Address} answered {request.Operation.Name} with what cannot be read: {why.TrimEnd('.')}. " +
            "Check that the address is one of AWS IoT's API, and that server and client are of the same version.";
        return new(Aftermath.Refused, cause is null ? new(JobsError.ServiceUnavailable, message) : new(JobsError.ServiceUnavailable, message, cause));
    }
}
