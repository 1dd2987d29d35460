using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Mqtt;

/// <summary>Executions as MQTT spells them: other than over HTTP a document is a JSON value (mqtt-api 2, 4).</summary>
internal static class ExecutionJson
{
    public static WordsConverter<JobExecutionStatus> Statuses { get; } = new();

    /// <summary>The member <c>execution</c>.</summary>
    /// <param name="withThing">False in notices, which are about one thing anyway.</param>
    public static void Write(Utf8JsonWriter json, DeviceJobExecution execution, bool withThing)
    {
        json.WriteStartObject("execution"u8);
        json.WriteString("jobId"u8, execution.JobId);
        if (withThing)
        {
            json.WriteString("thingName"u8, execution.ThingName);
        }
        WriteStatus(json, execution.Status, execution.StatusDetails);
        WriteTimes(json, execution.QueuedAt, execution.StartedAt, execution.LastUpdatedAt);
        json.WriteNumber("versionNumber"u8, execution.VersionNumber);
        json.WriteNumber("executionNumber"u8, execution.ExecutionNumber);
        if (execution.ApproximateSecondsBeforeTimedOut is { } left)
        {
            json.WriteNumber("approximateSecondsBeforeTimedOut"u8, left);
        }
        WriteDocument(json, execution.JobDocument);
        json.WriteEndObject();
    }

    /// <summary>A list of executions without their documents.</summary>
    public static void Write(Utf8JsonWriter json, ReadOnlySpan<byte> name, IReadOnlyList<PendingJobExecution> executions)
    {
        json.WriteStartArray(name);
        for (var i = 0; i < executions.Count; i++)
        {
            var execution = executions[i];
            json.WriteStartObject();
            json.WriteString("jobId"u8, execution.JobId);
            WriteTimes(json, execution.QueuedAt, execution.StartedAt, execution.LastUpdatedAt);
            json.WriteNumber("executionNumber"u8, execution.ExecutionNumber);
            json.WriteNumber("versionNumber"u8, execution.VersionNumber);
            json.WriteEndObject();
        }
        json.WriteEndArray();
    }

    /// <summary>The member <c>executionState</c>, where there is one.</summary>
    public static void Write(Utf8JsonWriter json, JobExecutionState? state)
    {
        if (state is not null)
        {
            json.WriteStartObject("executionState"u8);
            WriteStatus(json, state.Status, state.StatusDetails);
            json.WriteNumber("versionNumber"u8, state.VersionNumber);
            json.WriteEndObject();
        }
    }

    /// <summary>The engine takes JSON only for a document, nested deeper than a writer would check it.</summary>
    public static void WriteDocument(Utf8JsonWriter json, string? document)
    {
        if (document is not null)
        {
            json.WritePropertyName("jobDocument"u8);
            json.WriteRawValue(document, skipInputValidation: true);
        }
    }

    private static void WriteStatus(Utf8JsonWriter json, JobExecutionStatus status, IReadOnlyDictionary<string, string>? details)
    {
        json.WritePropertyName("status"u8);
        Statuses.Write(json, status, JsonSerializerOptions.Default);
        if (details is { Count: > 0 })
        {
            json.WriteStartObject("statusDetails"u8);
            foreach (var (key, value) in details)
            {
                json.WriteString(key, value);
            }
            json.WriteEndObject();
        }
    }

    private static void WriteTimes(Utf8JsonWriter json, long queuedAt, long? startedAt, long lastUpdatedAt)
    {
        json.WriteNumber("queuedAt"u8, queuedAt);
        if (startedAt is { } started)
        {
            json.WriteNumber("startedAt"u8, started);
        }
        json.WriteNumber("lastUpdatedAt"u8, lastUpdatedAt);
    }
}
