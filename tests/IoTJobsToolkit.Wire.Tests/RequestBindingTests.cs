using System.Text;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Wire.Tests;

public sealed class RequestBindingTests
{
    [Fact]
    public void Members_come_from_where_the_route_puts_them()
    {
        var job = Bind<CreateJob>("PUT /jobs/010", """
            {"jobId":"other","targets":["arn:a"],"document":"{\"a\":1}","description":"d","targetSelection":"SNAPSHOT",
             "tags":[{"Key":"k","Value":"v"},{"key":"unknown"}],"namespaceId":"n","unknown":{"deep":[1,2,{"x":null}]},
             "jobExecutionsRetryConfig":{"criteriaList":[{"failureType":"ALL","numberOfRetries":3}]},
             "abortConfig":{"criteriaList":[{"failureType":"TIMED_OUT","action":"CANCEL","thresholdPercentage":12.5,"minNumberOfExecutedThings":1}]}}
            """);

        Assert.Equal(("010", "arn:a", """{"a":1}""", TargetSelection.SNAPSHOT), (job.JobId, job.Targets[0], job.Document, job.TargetSelection));
        Assert.Equal([new Tag { Key = "k", Value = "v" }, new Tag()], job.Tags);
        Assert.Equal(12.5m, job.AbortConfig!.CriteriaList![0].ThresholdPercentage);
        Assert.Equal(3, job.JobExecutionsRetryConfig!.CriteriaList![0].NumberOfRetries);
    }

    [Fact]
    public void Members_of_the_query_do_not_count_in_the_body()
    {
        Assert.Null(Bind<UpdateJob>("PATCH /jobs/010", """{"namespaceId":"n"}""").NamespaceId);
        Assert.Equal("n", Bind<UpdateJob>("PATCH /jobs/010?namespaceId=n", """{"namespaceId":"m"}""").NamespaceId);
        Assert.Null(Bind<DeleteJob>("DELETE /jobs/010", """{"force":true}""").Force);
    }

    [Fact]
    public void Null_is_absent()
    {
        var job = Bind<CreateJob>("PUT /jobs/010", """{"targets":null,"description":null,"tags":null,"timeoutConfig":{"inProgressTimeoutInMinutes":null}}""");

        Assert.Equal((null, null, null, new TimeoutConfig()), (job.Targets, job.Description, job.Tags, job.TimeoutConfig));
    }

    [Theory]
    [InlineData("true", true)]
    [InlineData("TRUE", true)]
    [InlineData("False", false)]
    public void Flags_are_read_in_any_case(string word, bool force) =>
        Assert.Equal(force, Bind<DeleteJob>($"DELETE /jobs/010?force={word}", "").Force);

    [Fact]
    public void Query_values_are_decoded()
    {
        var list = Bind<ListThings>("GET /things?attributeName=a%3Ab&attributeValue=%5B1%5D&maxResults=250&nextToken=abc%3D%3D&usePrefixAttributeValue=true", "");

        Assert.Equal(("a:b", "[1]", 250, "abc==", true), (list.AttributeName, list.AttributeValue, list.MaxResults, list.NextToken, list.UsePrefixAttributeValue));
    }

    [Fact]
    public void What_a_presigned_request_carries_is_not_the_operations()
    {
        Assert.Equal(5, Bind<ListJobs>("GET /jobs?X-Amz-Algorithm=AWS4&X-Amz-Signature=1&maxResults=5", "").MaxResults);
    }

    [Theory]
    [InlineData("GET /jobs?maxResults=ten", "", "'ten' at 'maxResults'", "whole number")]
    [InlineData("GET /jobs?maxResults=", "", "'' at 'maxResults'", "whole number")]
    [InlineData("GET /jobs?maxResults=99999999999", "", "'99999999999' at 'maxResults'", "whole number")]
    [InlineData("GET /jobs?maxResults=1.5", "", "'1.5' at 'maxResults'", "whole number")]
    [InlineData("GET /jobs?status=FINISHED", "", "'FINISHED' at 'status'", "[IN_PROGRESS, SCHEDULED, COMPLETED")]
    [InlineData("GET /jobs?status=completed", "", "'completed' at 'status'", "enum value set")]
    [InlineData("GET /jobs?status=0", "", "'0' at 'status'", "enum value set")]
    [InlineData("GET /jobs?stauts=COMPLETED", "", "'stauts'", "[status, targetSelection")]
    [InlineData("GET /jobs?status=CANCELED&status=COMPLETED", "", "'status'", "more than once")]
    [InlineData("DELETE /jobs/010?force=yes", "", "'yes' at 'force'", "true or false")]
    [InlineData("DELETE /jobs/010?force", "", "'' at 'force'", "true or false")]
    [InlineData("DELETE /things/t/jobs/j/executionNumber/one", "", "'one' at 'executionNumber'", "whole number")]
    [InlineData("PUT /jobs/010", "[]", "JSON object", "a list")]
    [InlineData("PUT /jobs/010", "null", "JSON object", "null")]
    [InlineData("PUT /jobs/010", "\"x\"", "JSON object", "a string")]
    [InlineData("PUT /jobs/010", "{", "not valid JSON", "")]
    [InlineData("PUT /jobs/010", "{} {}", "not valid JSON", "")]
    [InlineData("PUT /jobs/010", "{\"a\":1,}", "not valid JSON", "")]
    [InlineData("PUT /jobs/010", "{\"description\":\"\\ud800\"}", "'description'", "Unicode")]
    [InlineData("PUT /jobs/010", """{"targets":"arn:a"}""", "'arn:a' at 'targets'", "a list")]
    [InlineData("PUT /jobs/010", """{"targets":["a",5]}""", "'5' at 'targets.2.member'", "a string")]
    [InlineData("PUT /jobs/010", """{"description":5}""", "'5' at 'description'", "a string")]
    [InlineData("PUT /jobs/010", """{"description":"a","description":"b"}""", "'description'", "more than once")]
    [InlineData("PUT /jobs/010", """{"timeoutConfig":{"inProgressTimeoutInMinutes":"100"}}""", "'100' at 'timeoutConfig.inProgressTimeoutInMinutes'", "whole number")]
    [InlineData("PUT /jobs/010", """{"timeoutConfig":{"inProgressTimeoutInMinutes":1.5}}""", "'1.5' at 'timeoutConfig.inProgressTimeoutInMinutes'", "whole number")]
    [InlineData("PUT /jobs/010", """{"timeoutConfig":[]}""", "'[]' at 'timeoutConfig'", "a JSON object")]
    [InlineData("PUT /jobs/010", """{"abortConfig":{"criteriaList":[{"failureType":"BAD"}]}}""", "'BAD' at 'abortConfig.criteriaList.1.member.failureType'", "[FAILED, REJECTED, TIMED_OUT, ALL]")]
    [InlineData("PUT /jobs/010", """{"abortConfig":{"criteriaList":[{"thresholdPercentage":"20"}]}}""", "'20' at 'abortConfig.criteriaList.1.member.thresholdPercentage'", "a number")]
    [InlineData("PUT /jobs/010", """{"jobExecutionsRolloutConfig":{"maximumPerMinute":3000000000}}""", "'3000000000' at 'jobExecutionsRolloutConfig.maximumPerMinute'", "whole number")]
    [InlineData("PUT /jobs/010", """{"documentParameters":{"a":{"b":1}}}""", "at 'documentParameters.a'", "a string")]
    [InlineData("PUT /jobs/010/cancel", """{"force":"true"}""", "'true' at 'force'", "true or false")]
    [InlineData("POST /things/t", """{"attributePayload":{"attributes":{"a":1}}}""", "'1' at 'attributePayload.attributes.a'", "a string")]
    public void A_request_that_cannot_be_read_is_refused_by_name(string request, string body, string field, string rule)
    {
        var refusal = Assert.Throws<JobsException>(() => Bind<Operation>(request, body));

        Assert.Equal(JobsError.InvalidRequest, refusal.Error);
        Assert.Contains(field, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(rule, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Broken_utf8_is_refused()
    {
        byte[] body = [.. "{\"description\":\""u8, 0xFF, 0xFE, .. "\"}"u8];

        var refusal = Assert.Throws<JobsException>(() => Routes.Find("PUT", "/jobs/010", Plane.Control).Route!.Bind(new(["010"], "", body)));

        Assert.Equal(JobsError.InvalidRequest, refusal.Error);
        Assert.Contains("not valid", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Too_deep_a_body_is_refused()
    {
        var body = $$"""{"unknown":{{new string('[', 100)}}{{new string(']', 100)}}}""";

        Assert.Contains("depth", Assert.Throws<JobsException>(() => Bind<Operation>("PUT /jobs/010", body)).Message, StringComparison.Ordinal);
    }

    private static T Bind<T>(string request, string body)
        where T : Operation
    {
        var space = request.IndexOf(' ', StringComparison.Ordinal);
        var target = request[(space + 1)..].Split('?', 2);
        var match = Routes.Find(request[..space], target[0], Plane.Control);
        return (T)match.Route!.Bind(new(match.PathValues, target.Length > 1 ? target[1] : "", Encoding.UTF8.GetBytes(body)));
    }
}
