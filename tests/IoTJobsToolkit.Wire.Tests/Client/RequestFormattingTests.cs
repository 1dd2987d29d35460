using System.Text;
using System.Text.Json.Nodes;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Wire.Json;
using IoTJobsToolkit.Wire.Requests;
using DataDescribeJobExecution = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;

namespace IoTJobsToolkit.Wire.Tests.Client;

public sealed class RequestFormattingTests
{
    public static TheoryData<string> All => [.. Routes.All.Select(Key)];

    public static TheoryData<string> FromModel => [.. Routes.All.Where(route => !route.IsExtension).Select(Key)];

    [Theory]
    [MemberData(nameof(All))]
    public void A_request_is_read_as_the_operation_it_was_made_of(string key)
    {
        foreach (var operation in new[] { RecordSamples.Filled(RouteOf(key)), RecordSamples.Filled(RouteOf(key), flag: false), RecordSamples.Minimal(RouteOf(key)) })
        {
            var route = Routes.Find(operation)!; // With all members, one which says more may be found.
            var request = route.Format(operation);
            var match = Routes.Find(route.Method, request.Path, route.Plane);

            Assert.Same(route, match.Route);
            Assert.Equal(
                RecordSamples.Said(operation),
                RecordSamples.Said(route.Bind(new(match.PathValues, request.Query, request.Body.GetValueOrDefault()))));
        }
    }

    [Theory]
    [MemberData(nameof(All))]
    public void An_operation_finds_its_route(string key)
    {
        var route = RouteOf(key);

        Assert.Same(route, Routes.Find(RecordSamples.Minimal(route)));
    }

    [Theory]
    [MemberData(nameof(FromModel))]
    public void Every_member_stands_where_the_model_puts_it(string key)
    {
        var route = RouteOf(key);
        var values = RecordSamples.Json(WireJson.Aws.TypeOf(route.OperationType)).AsObject();

        var request = route.Format(RecordSamples.Filled(route));

        var path = ServiceModel.InputMembers(route, "uri").Aggregate(
            (string)ServiceModel.Operation(route)["http"]!["requestUri"]!,
            (path, member) => path.Replace($"{{{member}}}", Uri.EscapeDataString(values[member]!.ToString()), StringComparison.Ordinal));
        Assert.Equal(path, request.Path);
        Assert.Equal(
            ServiceModel.InputMembers(route, "querystring").Select(member => $"{member}={Uri.EscapeDataString(values[member]!.ToString())}"),
            request.Query.Split('&', StringSplitOptions.RemoveEmptyEntries).Order(StringComparer.Ordinal));
        var expected = ServiceModel.InputMembers(route, null);
        Assert.Equal(expected, (Body(request) ?? []).Select(member => member.Key).Order(StringComparer.Ordinal));
        Assert.All(expected, member => Assert.True(JsonNode.DeepEquals(values[member], Body(request)![member]), member));
    }

    [Theory]
    [MemberData(nameof(All))]
    public void Where_nothing_is_given_nothing_is_sent(string key)
    {
        var route = RouteOf(key);

        var request = route.Format(RecordSamples.Minimal(route));

        Assert.Equal("", request.Query);
        Assert.Equal(HasBody(route) ? "{}" : null, request.Body is { } body ? Encoding.UTF8.GetString(body.Span) : null);
    }

    /// <summary>What the AWS CLI was seen to send (http-api 9).</summary>
    public static TheoryData<string, Operation> SeenFromTheCli => new()
    {
        { "PUT /jobs/010/cancel {}", new CancelJob("010") },
        {
            """PUT /jobs/010/cancel?force=true {"reasonCode":"ABC","comment":"x y"}""",
            new CancelJob("010") { Force = true, Comment = "x y", ReasonCode = "ABC" }
        },
        {
            """PUT /things/myThing/jobs/010/cancel?force=true {"expectedVersion":3,"statusDetails":{"a":"b"}}""",
            new CancelJobExecution("010", "myThing") { Force = true, ExpectedVersion = 3, StatusDetails = new Dictionary<string, string> { ["a"] = "b" } }
        },
        { "DELETE /jobs/010?force=false", new DeleteJob("010") { Force = false } },
        {
            "DELETE /things/thingOne/jobs/017/executionNumber/1234567890?force=false",
            new DeleteJobExecution("017", "thingOne") { ExecutionNumber = 1234567890, Force = false }
        },
        { "DELETE /things/thingOne/jobs/017", new DeleteJobExecution("017", "thingOne") },
        { "GET /jobs/010/job-document?beforeSubstitution=true", new GetJobDocument("010") { BeforeSubstitution = true } },
        { "GET /jobs?status=COMPLETED&maxResults=2", new ListJobs { Status = JobStatus.COMPLETED, MaxResults = 2 } },
        { """POST /jobs/010/targets?namespaceId=n {"targets":["A"]}""", new AssociateTargetsWithJob("010", ["A"]) { NamespaceId = "n" } },
        { """PATCH /jobs/010?namespaceId=n {"description":"d"}""", new UpdateJob("010") { Description = "d", NamespaceId = "n" } },
        {
            """PUT /things/t/jobs/$next {"statusDetails":{"a":"b"},"stepTimeoutInMinutes":5}""",
            new StartNextPendingJobExecution("t") { StatusDetails = new Dictionary<string, string> { ["a"] = "b" }, StepTimeoutInMinutes = 5 }
        },
        { "GET /things/t/jobs/%24next?includeJobDocument=false", new DataDescribeJobExecution("$next", "t") { IncludeJobDocument = false } },
        {
            """POST /things/t/jobs/1 {"status":"SUCCEEDED","expectedVersion":2,"includeJobDocument":true}""",
            new UpdateJobExecution("1", "t") { Status = JobExecutionStatus.SUCCEEDED, ExpectedVersion = 2, IncludeJobDocument = true }
        },
        { "GET /things/a%3Ab/jobs", new GetPendingJobExecutions("a:b") },
        { "GET /tags?resourceArn=arn%3Aaws%3Aiot%3Aus-east-1%3A123456789012%3Ajob%2F010", new ListTagsForResource("arn:aws:iot:us-east-1:123456789012:job/010") },
    };

    [Theory]
    [MemberData(nameof(SeenFromTheCli), DisableDiscoveryEnumeration = true)]
    public void A_request_is_what_the_CLI_sends(string expected, Operation operation)
    {
        var route = Routes.Find(operation)!;
        var request = route.Format(operation);

        var body = request.Body is { } bytes ? " " + Encoding.UTF8.GetString(bytes.Span) : "";
        Assert.Equal(expected, $"{route.Method} {request.Path}{(request.Query.Length > 0 ? "?" : "")}{request.Query}{body}");
    }

    [Theory]
    [InlineData(null, "null at 'jobId'")]
    [InlineData("", "'' at 'jobId'")]
    [InlineData(".", "'.' at 'jobId'")]
    [InlineData("..", "'..' at 'jobId'")]
    public void A_path_is_not_made_of_what_would_be_another_path(string? jobId, string named)
    {
        var operation = new DescribeJob(jobId!);

        var refusal = Assert.Throws<JobsException>(() => Routes.Find(operation)!.Format(operation));

        Assert.Equal(JobsError.InvalidRequest, refusal.Error);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Without_the_extensions_the_number_of_an_execution_is_required()
    {
        var operation = new DeleteJobExecution("j", "t");

        var refusal = Assert.Throws<JobsException>(() => Routes.Find(operation, extensions: false)!.Format(operation));

        Assert.Contains("null at 'executionNumber'", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Half_a_character_does_not_get_through_as_something_else()
    {
        var operation = new CreateThing("t") { BillingGroupName = "\ud800" };
        var request = Routes.Find(operation)!.Format(operation);

        Assert.Equal("\ufffd", ((CreateThing)Routes.Find(operation)!.Bind(new(["t"], "", request.Body!.Value))).BillingGroupName);
    }

    private static bool HasBody(Route route) => route.Method is not ("GET" or "DELETE") &&
        WireJson.Aws.TypeOf(route.OperationType).Properties.Any(property =>
            property.Get is not null && !route.PathMembers.Contains(property.Name) && !route.QueryMembers.Contains(property.Name));

    private static JsonObject? Body(FormattedRequest request) => request.Body is { } body ? JsonNode.Parse(body.Span)!.AsObject() : null;

    private static string Key(Route route) => $"{route.Plane} {route.Method} {route.Path} {route.Operation}";

    private static Route RouteOf(string key) => Routes.All.First(route => Key(route) == key);
}
