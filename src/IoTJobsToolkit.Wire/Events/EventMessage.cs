using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Wire.Mqtt;

namespace IoTJobsToolkit.Wire.Events;

/// <summary>An event as it is published (mqtt-api 8). Its own time is in seconds, those of the job are in milliseconds.</summary>
public static class EventMessage
{
    /// <summary>The message of an event; null for what AWS publishes no event of.</summary>
    public static MqttMessage? Of(JobsEvent what, JobsSettings settings) => what switch
    {
        JobEvent job => Of(job),
        JobExecutionEvent execution => Of(execution, settings),
        _ => null,
    };

    private static MqttMessage Of(JobEvent what)
    {
        var (job, counts) = (what.Job, what.Counts);
        var operation = Operation(what.Status);
        return Write($"$aws/events/job/{job.JobId}/{operation}", json =>
        {
            Begin(json, "JOB", what.EventId, what.At, operation, job.JobId);
            json.WriteString("status"u8, what.Status.ToString());
            json.WriteString("targetSelection"u8, job.TargetSelection.ToString());
            json.WriteStartArray("targets"u8);
            foreach (var target in job.Targets)
            {
                json.WriteStringValue(target.Arn);
            }
            json.WriteEndArray();
            WriteText(json, "description", job.Description);
            WriteText(json, "comment", job.Comment);
            WriteText(json, "reasonCode", job.ReasonCode);
            var isCompleted = what.Status == JobEventStatus.COMPLETED;
            if (isCompleted && job.CompletedAt is { } completedAt)
            {
                json.WriteNumber("completedAt"u8, completedAt.ToUnixTimeMilliseconds());
            }
            json.WriteNumber("createdAt"u8, job.CreatedAt.ToUnixTimeMilliseconds());
            json.WriteNumber("lastUpdatedAt"u8, job.LastUpdatedAt.ToUnixTimeMilliseconds());
            if (isCompleted)
            {
                WriteCounts(json, counts);
            }
        });
    }

    private static MqttMessage Of(JobExecutionEvent what, JobsSettings settings)
    {
        var execution = what.Execution;
        var operation = Operation(what.Status);
        return Write($"$aws/events/jobExecution/{execution.JobId}/{operation}", json =>
        {
            Begin(json, "JOB_EXECUTION", what.EventId, what.At, operation, execution.JobId);
            json.WriteString("thingArn"u8, settings.ThingArn(execution.ThingName));
            json.WriteString("status"u8, what.Status.ToString());
            if (execution.StatusDetails.Count > 0)
            {
                json.WriteStartObject("statusDetails"u8);
                foreach (var (name, value) in execution.StatusDetails)
                {
                    json.WriteString(name, value);
                }
                json.WriteEndObject();
            }
        });
    }

    /// <summary>The last part of the topic: <c>timed_out</c> for TIMED_OUT.</summary>
    private static string Operation<TStatus>(TStatus status)
        where TStatus : struct, Enum => status.ToString().ToLowerInvariant();

    private static void Begin(Utf8JsonWriter json, string type, string eventId, DateTimeOffset at, string operation, string jobId)
    {
        json.WriteString("eventType"u8, type);
        json.WriteString("eventId"u8, eventId);
        json.WriteNumber("timestamp"u8, at.ToUnixTimeSeconds());
        json.WriteString("operation"u8, operation);
        json.WriteString("jobId"u8, jobId);
    }

    private static void WriteText(Utf8JsonWriter json, string name, string? text)
    {
        if (text is not null)
        {
            json.WriteString(name, text);
        }
    }

    /// <summary>The ended ones only; the guide has no timed-out ones, here they are, so that the figures add up (OPEN-32).</summary>
    private static void WriteCounts(Utf8JsonWriter json, ExecutionCounts counts)
    {
        json.WriteStartObject("jobProcessDetails"u8);
        json.WriteNumber("numberOfCanceledThings"u8, counts.Canceled);
        json.WriteNumber("numberOfRejectedThings"u8, counts.Rejected);
        json.WriteNumber("numberOfFailedThings"u8, counts.Failed);
        json.WriteNumber("numberOfRemovedThings"u8, counts.Removed);
        json.WriteNumber("numberOfSucceededThings"u8, counts.Succeeded);
        json.WriteNumber("numberOfTimedOutThings"u8, counts.TimedOut);
        json.WriteEndObject();
    }

    private static MqttMessage Write(string topic, Action<Utf8JsonWriter> members) =>
        MqttMessage.Write(topic, members, static (json, members) => members(json));
}
