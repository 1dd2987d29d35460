using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>A door which refuses everything while it is told to, or lets wait.</summary>
internal sealed class FailingJobs : IJobs
{
    public IJobs Inner { get; set; } = null!;

    public JobsException? Refusal { get; set; }

    /// <summary>Comes before every operation, which it is given.</summary>
    public Func<object, Task> Before { get; set; } = _ => Task.CompletedTask;

    public async Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken)
    {
        await Before(operation);
        return Refusal is { } refusal ? throw refusal : await Inner.ExecuteAsync(operation, cancellationToken);
    }
}
