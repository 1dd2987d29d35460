using System.Buffers;
using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Wire.Mqtt;

/// <summary>What a client asks for by publishing, and how it is answered (mqtt-api 4).</summary>
/// <param name="Topic">As it came: the answer goes to <c>/accepted</c> or <c>/rejected</c> below it.</param>
/// <param name="ClientToken">What the client finds its answer by; null when it sent none.</param>
internal sealed record JobsRequest(string Topic, string? ClientToken)
{
    /// <summary>Null when the request is rejected as it is.</summary>
    public Operation? Operation { get; private init; }

    public Rejection? Rejection { get; private init; }

    /// <summary>Reads a request; nothing of <paramref name="payload"/> is kept.</summary>
    public static JobsRequest Read(string topic, JobsTopic parsed, ReadOnlySequence<byte> payload)
    {
        var members = RequestPayload.Read(payload.IsSingleSegment ? payload.FirstSpan : payload.ToArray(), Counted(parsed));
        var request = new JobsRequest(topic, members.ClientToken);
        return parsed.Kind != JobsTopicKind.Request ? request with { Rejection = Rejection.InvalidTopic }
            : members.Rejection is { } rejection ? request with { Rejection = rejection }
            : request with { Operation = Bind(parsed, members) };
    }

    /// <summary>What of a payload counts; the topic says the rest.</summary>
    public static RequestMembers Counted(JobsTopic topic) => RequestMembers.ClientToken | ((topic.Kind, topic.Operation) switch
    {
        (JobsTopicKind.Request, JobsTopicOperation.StartNextPendingJobExecution) =>
            RequestMembers.StatusDetails | RequestMembers.StepTimeoutInMinutes,
        (JobsTopicKind.Request, JobsTopicOperation.DescribeJobExecution) =>
            RequestMembers.ExecutionNumber | RequestMembers.IncludeJobDocument,
        (JobsTopicKind.Request, JobsTopicOperation.UpdateJobExecution) =>
            RequestMembers.Status | RequestMembers.StatusDetails | RequestMembers.ExpectedVersion | RequestMembers.ExecutionNumber |
            RequestMembers.StepTimeoutInMinutes | RequestMembers.IncludeJobExecutionState | RequestMembers.IncludeJobDocument,
        _ => RequestMembers.None,
    });

    public MqttMessage Accepted(GetPendingJobExecutionsResponse response, DateTimeOffset now) =>
        Answer(JobsTopic.Accepted, response, now, static (json, response) =>
        {
            ExecutionJson.Write(json, "inProgressJobs"u8, response.InProgressJobs);
            ExecutionJson.Write(json, "queuedJobs"u8, response.QueuedJobs);
        });

    /// <summary>The answer of StartNextPendingJobExecution and DescribeJobExecution.</summary>
    public MqttMessage Accepted(DeviceJobExecution? execution, DateTimeOffset now) =>
        Answer(JobsTopic.Accepted, execution, now, static (json, execution) =>
        {
            if (execution is not null)
            {
                ExecutionJson.Write(json, execution, withThing: true);
            }
        });

    public MqttMessage Accepted(UpdateJobExecutionResponse response, DateTimeOffset now) =>
        Answer(JobsTopic.Accepted, response, now, static (json, response) =>
        {
            ExecutionJson.Write(json, response.ExecutionState);
            ExecutionJson.WriteDocument(json, response.JobDocument);
        });

    public MqttMessage Rejected(Rejection rejection, DateTimeOffset now) =>
        Answer(JobsTopic.Rejected, rejection, now, static (json, rejection) =>
        {
            json.WriteString("code"u8, rejection.Code);
            json.WriteString("message"u8, rejection.Message);
            ExecutionJson.Write(json, rejection.State);
        });

    private MqttMessage Answer<T>(string outcome, T content, DateTimeOffset now, Action<Utf8JsonWriter, T> members) =>
        MqttMessage.Write(Topic + outcome, (content, members, now, ClientToken), static (json, answer) =>
        {
            answer.members(json, answer.content);
            json.WriteNumber("timestamp"u8, answer.now.ToUnixTimeSeconds());
            if (answer.ClientToken is { } token)
            {
                json.WriteString("clientToken"u8, token);
            }
        });

    private static Operation Bind(JobsTopic topic, in RequestPayload members) => topic.Operation switch
    {
        JobsTopicOperation.StartNextPendingJobExecution => new StartNextPendingJobExecution(topic.ThingName)
        {
            NamespaceId = topic.NamespaceId,
            StatusDetails = members.StatusDetails,
            StepTimeoutInMinutes = members.StepTimeoutInMinutes,
        },
        JobsTopicOperation.DescribeJobExecution => new DescribeJobExecution(topic.JobId!, topic.ThingName)
        {
            NamespaceId = topic.NamespaceId,
            IncludeJobDocument = members.IncludeJobDocument,
            ExecutionNumber = members.ExecutionNumber,
        },
        JobsTopicOperation.UpdateJobExecution => new UpdateJobExecution(topic.JobId!, topic.ThingName)
        {
            NamespaceId = topic.NamespaceId,
            Status = members.Status,
            StatusDetails = members.StatusDetails,
            StepTimeoutInMinutes = members.StepTimeoutInMinutes,
            ExpectedVersion = members.ExpectedVersion,
            IncludeJobExecutionState = members.IncludeJobExecutionState,
            IncludeJobDocument = members.IncludeJobDocument,
            ExecutionNumber = members.ExecutionNumber,
        },
        _ => new GetPendingJobExecutions(topic.ThingName) { NamespaceId = topic.NamespaceId },
    };
}
