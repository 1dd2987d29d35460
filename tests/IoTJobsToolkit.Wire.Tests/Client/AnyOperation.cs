using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Client;

namespace IoTJobsToolkit.Wire.Tests.Client;

internal static class AnyOperation
{
    /// <summary>Sends an operation whose answer the compiler does not know.</summary>
    public static Task SendAsync(this JobsHttpClient client, Operation operation) =>
        (Task)typeof(JobsHttpClient).GetMethod(nameof(JobsHttpClient.ExecuteAsync))!
            .MakeGenericMethod(Routes.Find(operation)!.ResponseType).Invoke(client, [operation, CancellationToken.None])!;
}
