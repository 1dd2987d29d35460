using System.Buffers;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Wire.Mqtt;

/// <summary>The device plane by topics: reads what a client published, runs it, answers (mqtt-api 1, 2, 4, 5).</summary>
public static class JobsRequests
{
    /// <summary>
    /// The answer to a message, whatever a client sent. Null where there is none to give: the topic is not a thing's to ask at
    /// (<see cref="JobsTopic"/>), or the caller may not, who is then to be treated as one that published without a right to.
    /// </summary>
    /// <param name="jobs">The engine as the one who publishes.</param>
    /// <param name="payload">Read before this returns, and not kept.</param>
    /// <param name="onFault">Told what failed on the server's side; the client is told only that it did.</param>
    /// <exception cref="OperationCanceledException"><paramref name="cancellationToken"/> ended it.</exception>
    public static async ValueTask<MqttMessage?> AnswerAsync(
        IJobs jobs,
        string topic,
        ReadOnlySequence<byte> payload,
        TimeProvider clock,
        Action<Exception> onFault,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(jobs);
        ArgumentNullException.ThrowIfNull(clock);
        ArgumentNullException.ThrowIfNull(onFault);
        if (!JobsTopic.TryParse(topic, out var parsed) || parsed.Kind == JobsTopicKind.Service)
        {
            return null;
        }
        var request = new JobsRequest(topic, null);
        try
        {
            request = JobsRequest.Read(topic, parsed, payload);
            return request.Rejection is { } rejection
                ? request.Rejected(rejection, clock.GetUtcNow())
                : await RunAsync(jobs, request, clock, cancellationToken).ConfigureAwait(false);
        }
        catch (OperationCanceledException) when (cancellationToken.IsCancellationRequested)
        {
            throw;
        }
        catch (JobsException refusal) when (refusal.Error != JobsError.InternalFailure)
        {
            if (refusal is { Error: JobsError.ServiceUnavailable, InnerException: { } cause })
            {
                onFault(cause);
            }
            return refusal.Error == JobsError.AccessDenied ? null : request.Rejected(Rejection.Of(refusal), clock.GetUtcNow());
        }
        catch (Exception fault)
        {
            onFault(fault);
            return request.Rejected(Rejection.Fault, clock.GetUtcNow());
        }
    }

    private static async ValueTask<MqttMessage> RunAsync(
        IJobs jobs, JobsRequest request, TimeProvider clock, CancellationToken cancellationToken)
    {
        switch (request.Operation)
        {
            case GetPendingJobExecutions get:
                var pending = await jobs.ExecuteAsync(get, cancellationToken).ConfigureAwait(false);
                return request.Accepted(pending, clock.GetUtcNow());
            case StartNextPendingJobExecution start:
                var started = await jobs.ExecuteAsync(start, cancellationToken).ConfigureAwait(false);
                return request.Accepted(started.Execution, clock.GetUtcNow());
            case DescribeJobExecution describe:
                var described = await jobs.ExecuteAsync(describe, cancellationToken).ConfigureAwait(false);
                return request.Accepted(described.Execution, clock.GetUtcNow());
            case UpdateJobExecution update:
                var updated = await jobs.ExecuteAsync(update, cancellationToken).ConfigureAwait(false);
                return request.Accepted(updated, clock.GetUtcNow());
            case var other:
                throw new NotSupportedException($"The operation {other?.Name} has no topic.");
        }
    }
}
