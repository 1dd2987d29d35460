using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>A door which refuses everything while it is told to.</summary>
internal sealed class FailingJobs : IJobs
{
    public IJobs Inner { get; set; } = null!;

    public JobsException? Refusal { get; set; }

    public Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken) =>
        Refusal is { } refusal ? Task.FromException<TResponse>(refusal) : Inner.ExecuteAsync(operation, cancellationToken);
}
