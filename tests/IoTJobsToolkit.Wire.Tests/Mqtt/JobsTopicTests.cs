using IoTJobsToolkit.Wire.Mqtt;
using static IoTJobsToolkit.Wire.Mqtt.JobsTopicOperation;

namespace IoTJobsToolkit.Wire.Tests.Mqtt;

/// <summary>What a topic means, by the place of its parts (mqtt-api 1, 7).</summary>
public sealed class JobsTopicTests
{
    [Theory]
    [InlineData("get", GetPendingJobExecutions, null, null)]
    [InlineData("start-next", StartNextPendingJobExecution, null, null)]
    [InlineData("j1/get", DescribeJobExecution, "j1", null)]
    [InlineData("$next/get", DescribeJobExecution, "$next", null)]
    [InlineData("j1/update", UpdateJobExecution, "j1", null)]
    [InlineData("get-namespace-NS", GetPendingJobExecutions, null, "NS")]
    [InlineData("start-next-namespace-a_b-c", StartNextPendingJobExecution, null, "a_b-c")]
    [InlineData("j1/namespace-NS/get", DescribeJobExecution, "j1", "NS")]
    [InlineData("$next/namespace-NS/get", DescribeJobExecution, "$next", "NS")]
    [InlineData("j1/namespace-NS/update", UpdateJobExecution, "j1", "NS")]
    [InlineData("get-namespace-get", GetPendingJobExecutions, null, "get")]
    [InlineData("namespace-x/namespace-y/get", DescribeJobExecution, "namespace-x", "y")]
    public void A_request_topic_names_operation_job_and_namespace(string below, JobsTopicOperation operation, string? jobId, string? space)
    {
        var topic = Parse("T", below);
        Assert.Equal(("T", JobsTopicKind.Request, operation, jobId, space), (topic.ThingName, topic.Kind, topic.Operation, topic.JobId, topic.NamespaceId));
    }

    [Theory]
    [InlineData("get")]
    [InlineData("start-next")]
    [InlineData("update")]
    [InlineData("accepted")]
    [InlineData("rejected")]
    [InlineData("notify")]
    [InlineData("notify-next")]
    [InlineData("jobs")]
    [InlineData("namespace-NS")]
    [InlineData("get-namespace-NS")]
    public void A_job_may_have_the_name_of_any_word(string jobId)
    {
        Assert.Equal((JobsTopicKind.Request, DescribeJobExecution, jobId), Of(Parse("T", $"{jobId}/get")));
        Assert.Equal((JobsTopicKind.Request, UpdateJobExecution, jobId), Of(Parse("T", $"{jobId}/update")));
        Assert.Equal((JobsTopicKind.Request, UpdateJobExecution, jobId), Of(Parse("T", $"{jobId}/namespace-NS/update")));
        Assert.Equal(JobsTopicKind.Service, Parse("T", $"{jobId}/get/accepted").Kind);
        Assert.Equal(JobsTopicKind.Service, Parse("T", $"{jobId}/namespace-NS/update/rejected").Kind);

        static (JobsTopicKind, JobsTopicOperation, string?) Of(JobsTopic topic) => (topic.Kind, topic.Operation, topic.JobId);
    }

    [Theory]
    [InlineData("notify")]
    [InlineData("notify-next")]
    [InlineData("notify-namespace-NS")]
    [InlineData("notify-next-namespace-NS")]
    [InlineData("get/accepted")]
    [InlineData("get/rejected")]
    [InlineData("start-next/accepted")]
    [InlineData("get-namespace-NS/accepted")]
    [InlineData("$next/get/accepted")]
    [InlineData("$next/namespace-NS/get/accepted")]
    [InlineData("j/update/accepted")]
    [InlineData("j/namespace-NS/update/accepted")]
    [InlineData("foo/rejected")]
    [InlineData("$next/update/rejected")]
    [InlineData("/rejected")]
    [InlineData("a/b/c/d/rejected")]
    public void What_the_service_may_publish_is_the_services(string below) => Assert.Equal(JobsTopicKind.Service, Parse("T", below).Kind);

    [Theory]
    [InlineData("")]
    [InlineData("foo")]
    [InlineData("update")]
    [InlineData("$next")]
    [InlineData("$next/update")]
    [InlineData("$next/namespace-NS/update")]
    [InlineData("$next/update/accepted")]
    [InlineData("foo/accepted")]
    [InlineData("accepted")]
    [InlineData("rejected")]
    [InlineData("notify/accepted")]
    [InlineData("Get")]
    [InlineData("get/")]
    [InlineData("/get/get")]
    [InlineData("j/get/get")]
    [InlineData("j/start-next")]
    [InlineData("j/update/")]
    [InlineData("get-namespace-")]
    [InlineData("get-namespace-a.b")]
    [InlineData("get-namespace")]
    [InlineData("getnamespace-NS")]
    [InlineData("notify-namespace-")]
    [InlineData("j/namespace-/get")]
    [InlineData("j/namespace-a b/get")]
    [InlineData("j/Namespace-NS/get")]
    [InlineData("j/namespace-NS")]
    [InlineData("j/namespace-NS/start-next")]
    [InlineData("j/notify-namespace-NS/")]
    public void Everything_else_below_is_unknown(string below) => Assert.Equal(JobsTopicKind.Unknown, Parse("T", below).Kind);

    [Theory]
    [InlineData("a:b")]
    [InlineData(":")]
    [InlineData("jobs")]
    [InlineData("things")]
    [InlineData("get")]
    [InlineData("$aws")]
    public void Things_have_any_name(string thing)
    {
        Assert.Equal((thing, JobsTopicKind.Request), (Parse(thing, "get").ThingName, Parse(thing, "get").Kind));
        Assert.Equal((thing, "j"), (Parse(thing, "j/get").ThingName, Parse(thing, "j/get").JobId));
    }

    [Theory]
    [InlineData("")]
    [InlineData("get")]
    [InlineData("$aws/things/T/jobs")]
    [InlineData("$aws/things//jobs/get")]
    [InlineData("$aws/things/T/Jobs/get")]
    [InlineData("$aws/things/T/shadow/get")]
    [InlineData("$aws/things/a/b/jobs/get")]
    [InlineData("$AWS/things/T/jobs/get")]
    [InlineData("/$aws/things/T/jobs/get")]
    [InlineData("$aws/events/job/j/completed")]
    [InlineData("aws/things/T/jobs/get")]
    public void What_is_not_below_a_things_jobs_is_no_such_topic(string topic) => Assert.False(JobsTopic.TryParse(topic, out _));

    private static JobsTopic Parse(string thing, string below)
    {
        Assert.True(JobsTopic.TryParse($"$aws/things/{thing}/jobs/{below}", out var topic));
        return topic;
    }
}
