using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace IoTJobsToolkit.Engine.NotificationRules;

/// <summary>What a receiver gets: JSON for programs, a subject and a text for people.</summary>
public sealed record NotificationMessage(string Id, string Json, string Subject, string Text)
{
    public static NotificationMessage Of(NotificationDelivery delivery)
    {
        ArgumentNullException.ThrowIfNull(delivery);
        return new(delivery.DeliveryId, JsonOf(delivery), $"{delivery.JobId}: {Happened(delivery)}", TextOf(delivery));
    }

    /// <summary>A message of no job, by which somebody sees whether a rule's receiver is reached.</summary>
    public static NotificationMessage Test(NotificationRule rule, DateTimeOffset now, string id)
    {
        ArgumentNullException.ThrowIfNull(rule);
        return new(
            id,
            Write("test", now, json => json.WriteString("ruleName", rule.Name)),
            $"Test of the notification rule {rule.Name}",
            $"This is a test of the notification rule {rule.Name}: its messages arrive here.\n");
    }

    private static string JsonOf(NotificationDelivery delivery) => Write(NotificationEvents.TypeOf(delivery.Event), delivery.At, json =>
    {
        json.WriteString("ruleName", delivery.RuleName);
        json.WriteString("jobId", delivery.JobId);
        if (delivery.By is { } by)
        {
            json.WriteString("by", by);
        }
        if (delivery.Details is { } details)
        {
            json.WriteString("details", details);
        }
        if (delivery.Count > 0)
        {
            json.WriteNumber("count", delivery.Count);
            json.WriteStartArray("executions");
            foreach (var execution in delivery.Executions)
            {
                json.WriteStartObject();
                json.WriteString("thingName", execution.ThingName);
                json.WriteNumber("executionNumber", execution.ExecutionNumber);
                json.WriteEndObject();
            }
            json.WriteEndArray();
        }
    });

    private static string Write(string type, DateTimeOffset at, Action<Utf8JsonWriter> data)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("type", type);
            json.WriteString("timestamp", Time(at));
            json.WriteStartObject("data");
            data(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }

    private static string TextOf(NotificationDelivery delivery)
    {
        var text = new StringBuilder();
        text.Append("Job ").Append(delivery.JobId).Append(": ").Append(Happened(delivery)).Append(".\n\n");
        text.Append("When: ").Append(Time(delivery.At)).Append('\n');
        Add("By: ", delivery.By);
        Add("Details: ", delivery.Details);
        if (delivery.Executions.Count > 0)
        {
            var names = string.Join(", ", delivery.Executions.Select(execution => execution.ThingName));
            Add("Things: ", delivery.Count > delivery.Executions.Count ? $"{names}, and {delivery.Count - delivery.Executions.Count} more" : names);
        }
        return text.Append("\nThe notification rule ").Append(delivery.RuleName).Append(" asked for this message.\n").ToString();

        void Add(string name, string? value)
        {
            if (value is not null)
            {
                text.Append(name).Append(value).Append('\n');
            }
        }
    }

    private static string Happened(NotificationDelivery delivery) => delivery.Event switch
    {
        NotificationEvent.JOB_CREATED => "created",
        NotificationEvent.JOB_AWAITING_APPROVAL => "awaits approval",
        NotificationEvent.JOB_PAUSED => "paused",
        NotificationEvent.JOB_COMPLETED => "completed",
        NotificationEvent.JOB_CANCELED => "canceled",
        NotificationEvent.JOB_ABORTED => "aborted by its criteria",
        NotificationEvent.EXECUTION_FAILED => $"{Executions(delivery.Count)} failed",
        NotificationEvent.EXECUTION_TIMED_OUT => $"{Executions(delivery.Count)} timed out",
        _ => $"{Executions(delivery.Count)} rejected",
    };

    private static string Executions(long count) => count == 1 ? "1 execution" : $"{count} executions";

    private static string Time(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-ddTHH:mm:ss.fffZ", CultureInfo.InvariantCulture);
}
