using System.Text;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Wire.Events;

namespace IoTJobsToolkit.Wire.Tests.Events;

/// <summary>Topic and payload of every event, to the letter (mqtt-api 8.1, 8.2).</summary>
public sealed class EventMessageTests
{
    private const string Id = "7364ffd1-8b65-4824-85d5-6c14686c97c6";

    private static readonly DateTimeOffset At = DateTimeOffset.FromUnixTimeMilliseconds(1751971200_987);

    private static readonly Job Plain = new()
    {
        Sequence = 1,
        JobId = "010",
        Targets = [new("arn:aws:iot:us-east-1:123456789012:thing/thingOne", TargetKind.Thing, "thingOne", 2)],
        CreatedAt = DateTimeOffset.FromUnixTimeMilliseconds(1751970000_456),
        LastUpdatedAt = DateTimeOffset.FromUnixTimeMilliseconds(1751971200_123),
        CompletedAt = DateTimeOffset.FromUnixTimeMilliseconds(1751971200_123),
        Status = JobStatus.COMPLETED,
    };

    private static readonly JobExecution Execution = new()
    {
        Sequence = 3,
        JobId = "010",
        JobSequence = 1,
        ThingName = "thingOne",
        ThingSequence = 2,
        Number = 1,
        QueuedAt = At,
        LastUpdatedAt = At,
        Status = JobExecutionStatus.SUCCEEDED,
        StatusDetails = new Dictionary<string, string> { ["progress"] = "100" },
    };

    [Fact]
    public void A_completed_job_is_told_with_its_counters() => Is(
        new JobEvent(At, Id, JobEventStatus.COMPLETED, Plain with { Description = "My \"job\" <é>" }, new(21, 22, 1, 2, 3, 4, 5, 6)),
        "$aws/events/job/010/completed",
        """
        {"eventType":"JOB","eventId":"7364ffd1-8b65-4824-85d5-6c14686c97c6","timestamp":1751971200,"operation":"completed","jobId":"010","status":"COMPLETED","targetSelection":"SNAPSHOT","targets":["arn:aws:iot:us-east-1:123456789012:thing/thingOne"],"description":"My \"job\" <é>","completedAt":1751971200123,"createdAt":1751970000456,"lastUpdatedAt":1751971200123,"jobProcessDetails":{"numberOfCanceledThings":6,"numberOfRejectedThings":4,"numberOfFailedThings":2,"numberOfRemovedThings":5,"numberOfSucceededThings":1,"numberOfTimedOutThings":3}}
        """);

    [Theory]
    [InlineData(JobEventStatus.CANCELED, "canceled")]
    [InlineData(JobEventStatus.CANCELLATION_IN_PROGRESS, "cancellation_in_progress")]
    [InlineData(JobEventStatus.DELETED, "deleted")]
    [InlineData(JobEventStatus.DELETION_IN_PROGRESS, "deletion_in_progress")]
    public void Of_the_others_neither_counters_nor_completion_are_told(JobEventStatus status, string operation) => Is(
        new JobEvent(At, Id, status, Plain, new(1, 1, 1, 1, 1, 1, 1, 1)),
        $"$aws/events/job/010/{operation}",
        $$"""
        {"eventType":"JOB","eventId":"7364ffd1-8b65-4824-85d5-6c14686c97c6","timestamp":1751971200,"operation":"{{operation}}","jobId":"010","status":"{{status}}","targetSelection":"SNAPSHOT","targets":["arn:aws:iot:us-east-1:123456789012:thing/thingOne"],"createdAt":1751970000456,"lastUpdatedAt":1751971200123}
        """);

    [Fact]
    public void Comment_and_reason_code_follow_the_description() => Is(
        new JobEvent(At, Id, JobEventStatus.CANCELED, Plain with
        {
            TargetSelection = TargetSelection.CONTINUOUS,
            Targets = [.. Plain.Targets, new("arn:aws:iot:us-east-1:123456789012:thinggroup/eu", TargetKind.ThingGroup, "eu", 9)],
            Description = "d",
            Comment = "bad build",
            ReasonCode = "ROLLBACK_1",
        }, default),
        "$aws/events/job/010/canceled",
        """
        {"eventType":"JOB","eventId":"7364ffd1-8b65-4824-85d5-6c14686c97c6","timestamp":1751971200,"operation":"canceled","jobId":"010","status":"CANCELED","targetSelection":"CONTINUOUS","targets":["arn:aws:iot:us-east-1:123456789012:thing/thingOne","arn:aws:iot:us-east-1:123456789012:thinggroup/eu"],"description":"d","comment":"bad build","reasonCode":"ROLLBACK_1","createdAt":1751970000456,"lastUpdatedAt":1751971200123}
        """);

    [Theory]
    [InlineData(JobExecutionEventStatus.SUCCEEDED, "succeeded")]
    [InlineData(JobExecutionEventStatus.FAILED, "failed")]
    [InlineData(JobExecutionEventStatus.REJECTED, "rejected")]
    [InlineData(JobExecutionEventStatus.CANCELED, "canceled")]
    [InlineData(JobExecutionEventStatus.REMOVED, "removed")]
    [InlineData(JobExecutionEventStatus.TIMED_OUT, "timed_out")]
    [InlineData(JobExecutionEventStatus.DELETED, "deleted")]
    public void An_execution_is_told_with_its_thing_and_details(JobExecutionEventStatus status, string operation) => Is(
        new JobExecutionEvent(At, Id, status, Execution),
        $"$aws/events/jobExecution/010/{operation}",
        $$$"""
        {"eventType":"JOB_EXECUTION","eventId":"7364ffd1-8b65-4824-85d5-6c14686c97c6","timestamp":1751971200,"operation":"{{{operation}}}","jobId":"010","thingArn":"arn:aws:iot:us-east-1:123456789012:thing/thingOne","status":"{{{status}}}","statusDetails":{"progress":"100"}}
        """);

    [Fact]
    public void No_details_are_left_out_and_the_ARN_is_this_accounts() => Is(
        new JobExecutionEvent(At, Id, JobExecutionEventStatus.FAILED, Execution with { ThingName = "a:b", StatusDetails = JobExecution.NoDetails }),
        "$aws/events/jobExecution/010/failed",
        """
        {"eventType":"JOB_EXECUTION","eventId":"7364ffd1-8b65-4824-85d5-6c14686c97c6","timestamp":1751971200,"operation":"failed","jobId":"010","thingArn":"arn:aws:iot:eu-west-1:210987654321:thing/a:b","status":"FAILED"}
        """,
        new() { Region = "eu-west-1", AccountId = "210987654321" });

    [Fact]
    public void Every_status_has_its_operation()
    {
        var operations = Enum.GetValues<JobEventStatus>().Select(status => EventMessage.Of(new JobEvent(At, Id, status, Plain, default), new())!)
            .Concat(Enum.GetValues<JobExecutionEventStatus>().Select(status => EventMessage.Of(new JobExecutionEvent(At, Id, status, Execution), new())!))
            .Select(message => message.Topic);

        Assert.Equal(
            [
                "$aws/events/job/010/completed", "$aws/events/job/010/canceled", "$aws/events/job/010/deleted",
                "$aws/events/job/010/cancellation_in_progress", "$aws/events/job/010/deletion_in_progress",
                "$aws/events/jobExecution/010/succeeded", "$aws/events/jobExecution/010/failed", "$aws/events/jobExecution/010/rejected",
                "$aws/events/jobExecution/010/canceled", "$aws/events/jobExecution/010/removed", "$aws/events/jobExecution/010/timed_out",
                "$aws/events/jobExecution/010/deleted",
            ],
            operations);
    }

    [Fact]
    public void Other_changes_are_not_published()
    {
        Assert.Null(EventMessage.Of(new JobChanged(At, "010", Plain, new(1)), new()));
        Assert.Null(EventMessage.Of(new ExecutionChanged(At, null, Execution), new()));
    }

    private static void Is(JobsEvent what, string topic, string payload, JobsSettings? settings = null)
    {
        var message = EventMessage.Of(what, settings ?? new())!;
        Assert.Equal((topic, payload.Trim()), (message.Topic, Encoding.UTF8.GetString(message.Payload.Span)));
    }
}
