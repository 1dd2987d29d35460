using System.Text.Json;
using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Wire.Mqtt;

/// <summary>What a thing is told of its pending executions, in the order it is told (mqtt-api 6).</summary>
public static class NoticeMessages
{
    internal const string Set = "notify";
    internal const string Next = "notify-next";

    public static IEnumerable<MqttMessage> Of(PendingChanged notice)
    {
        ArgumentNullException.ThrowIfNull(notice);
        if (notice.Pending is not null)
        {
            yield return MqttMessage.Write(JobsTopic.Notice(notice.ThingName, Set, notice.NamespaceId), notice, WriteSet);
        }
        if (notice.IsNextChanged)
        {
            yield return MqttMessage.Write(JobsTopic.Notice(notice.ThingName, Next, notice.NamespaceId), notice, WriteNext);
        }
    }

    private static void WriteSet(Utf8JsonWriter json, PendingChanged notice)
    {
        WriteTimestamp(json, notice);
        json.WriteStartObject("jobs"u8);
        WriteList(json, "IN_PROGRESS"u8, notice.Pending!.InProgressJobs);
        WriteList(json, "QUEUED"u8, notice.Pending.QueuedJobs);
        json.WriteEndObject();
    }

    private static void WriteNext(Utf8JsonWriter json, PendingChanged notice)
    {
        WriteTimestamp(json, notice);
        if (notice.Next is { } next)
        {
            ExecutionJson.Write(json, next, withThing: false);
        }
    }

    private static void WriteTimestamp(Utf8JsonWriter json, PendingChanged notice) =>
        json.WriteNumber("timestamp"u8, notice.At.ToUnixTimeSeconds());

    private static void WriteList(Utf8JsonWriter json, ReadOnlySpan<byte> status, IReadOnlyList<PendingJobExecution> executions)
    {
        if (executions.Count > 0)
        {
            ExecutionJson.Write(json, status, executions);
        }
    }
}
