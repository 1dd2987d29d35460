using System.Net;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Wire.Client;
using IoTJobsToolkit.Wire.Errors;

namespace IoTJobsToolkit.Wire.Tests.Client;

public sealed class RefusalReadingTests
{
    public static TheoryData<JobsError, Plane> Errors => [.. from error in Enum.GetValues<JobsError>()
        from plane in Enum.GetValues<Plane>() select (error, plane)];

    [Theory]
    [MemberData(nameof(Errors))]
    public async Task A_refusal_is_read_as_the_one_that_was_written(JobsError error, Plane plane)
    {
        var written = new JobsException(error, "what is wrong, with \"quotes\" and ü")
        {
            ResourceId = "id",
            ResourceArn = "arn",
            ExecutionState = new() { Status = JobExecutionStatus.IN_PROGRESS, VersionNumber = 3, StatusDetails = new Dictionary<string, string> { ["a"] = "b" } },
        };
        var wire = ErrorAnswer.Of(written, Routes.All.First(route => route.Plane == plane && route.Operation is "CreateThingGroup" or "UpdateJobExecution"));

        var read = await Refusal(new ListJobs(), wire.Status, System.Text.Encoding.UTF8.GetString(wire.ToJson()), wire.Name);

        Assert.Equal((Enum.Parse<JobsError>(wire.Name[..^"Exception".Length]), wire.Name, written.Message), (read.Error, read.Name, read.Message));
        Assert.Equal((written.ResourceId, written.ResourceArn), (read.ResourceId, read.ResourceArn));
        Assert.Equal(
            (JobExecutionStatus.IN_PROGRESS, 3, "b"),
            (read.ExecutionState!.Status, read.ExecutionState.VersionNumber, read.ExecutionState.StatusDetails!["a"]));
    }

    [Theory]
    [InlineData(403, "UnrecognizedClientException", JobsError.AccessDenied)]
    [InlineData(403, "InvalidSignatureException", JobsError.AccessDenied)]
    [InlineData(403, "MissingAuthenticationTokenException", JobsError.AccessDenied)]
    [InlineData(403, "ExpiredTokenException", JobsError.AccessDenied)]
    [InlineData(400, "RequestExpired", JobsError.AccessDenied)]
    [InlineData(401, "UnauthorizedException", JobsError.AccessDenied)]
    [InlineData(403, "SomethingNewException", JobsError.AccessDenied)]
    [InlineData(500, "InternalFailureException", JobsError.InternalFailure)]
    [InlineData(500, "InternalServerException", JobsError.InternalFailure)]
    [InlineData(500, "SomethingNewException", JobsError.ServiceUnavailable)]
    [InlineData(429, "SomethingNewException", JobsError.Throttling)]
    [InlineData(400, "TooManyRequestsException", JobsError.Throttling)]
    [InlineData(404, "UnknownOperationException", JobsError.InvalidRequest)]
    [InlineData(413, "RequestEntityTooLargeException", JobsError.InvalidRequest)]
    [InlineData(400, "ValidationException", JobsError.InvalidRequest)]
    public async Task A_name_of_the_servers_stays_readable(int status, string name, JobsError error)
    {
        var refusal = await Refusal(new ListJobs(), status, """{"message":"m"}""", name);

        Assert.Equal((error, name, "m"), (refusal.Error, refusal.Name, refusal.Message));
    }

    [Theory]
    [InlineData("ThrottlingException:http://internal.example/", "{}", "ThrottlingException")]
    [InlineData("aws.iot#ThrottlingException", "{}", "ThrottlingException")]
    [InlineData("com.amazon#Namespace#ConflictException", "{}", null)]
    [InlineData(null, """{"code":"ConflictException","__type":"other"}""", "ConflictException")]
    [InlineData(null, """{"code":409,"__type":"aws.iot#ConflictException:"}""", "ConflictException")]
    [InlineData(" ", """{"__type":"ConflictException"}""", "ConflictException")]
    [InlineData("<b>", """{"__type":"ConflictException"}""", "ConflictException")]
    [InlineData("ConflictException", "<html>", "ConflictException")]
    [InlineData("ConflictException", "", "ConflictException")]
    [InlineData("ConflictException", "[1]", "ConflictException")]
    [InlineData(null, "[1]", null)]
    [InlineData(null, """{"code":"\ud800"}""", null)]
    public async Task The_name_is_found_as_AWS_clients_find_it(string? header, string body, string? name)
    {
        var refusal = await Refusal(new ListJobs(), 409, body, header);

        Assert.Equal(name ?? "ServiceUnavailableException", refusal.Name);
        Assert.NotEqual("", refusal.Message);
    }

    [Theory]
    [InlineData("""{"message":"low","Message":"high"}""", "low")]
    [InlineData("""{"Message":"high"}""", "high")]
    [InlineData("""{"message":null}""", "http://jobs.example refused ListJobs: ConflictException.")]
    [InlineData("""{"message":"m","executionState":{"status":"PAUSED"}}""", "m")]
    [InlineData("""{"message":"m","executionState":5,"resourceId":7}""", "m")]
    public async Task The_message_is_found_in_either_case(string body, string message) =>
        Assert.Equal(message, (await Refusal(new ListJobs(), 409, body, "ConflictException")).Message);

    [Theory]
    [InlineData(404, JobsError.ServiceUnavailable, "404 Not Found")]
    [InlineData(403, JobsError.AccessDenied, "403 Forbidden")]
    [InlineData(407, JobsError.ServiceUnavailable, "407 Proxy Authentication Required")]
    [InlineData(502, JobsError.ServiceUnavailable, "502 Bad Gateway")]
    public async Task The_page_of_a_proxy_is_told_from_an_answer(int status, JobsError error, string said)
    {
        var refusal = await Refusal(new ListJobs(), status, "<html><body>" + new string('x', 10_000), null);

        Assert.Equal((error, error + "Exception"), (refusal.Error, refusal.Name));
        Assert.Equal($"http://jobs.example answered ListJobs with {said}, which is no answer of AWS IoT's API. Check the address, and proxies on the way.", refusal.Message);
    }

    [Fact]
    public async Task A_redirect_is_not_followed_but_told()
    {
        var refusal = await Refusal(new ListJobs(), 301, "", null, answer => answer.Headers.Location = new("https://other.example/jobs?token=secret"));

        Assert.Contains("It redirects to https://other.example/jobs.", refusal.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(3, 4, "IN_PROGRESS", true)]
    [InlineData(4, 4, "QUEUED", false)] // It waits for its window.
    [InlineData(3, 4, "SUCCEEDED", false)] // It has ended; that is what is wrong.
    public async Task Another_version_is_told_from_an_illegal_move(long expected, long found, string status, bool isMismatch)
    {
        var refusal = await Refusal(
            new UpdateJobExecution("j", "t") { Status = JobExecutionStatus.FAILED, ExpectedVersion = expected },
            409,
            $$$"""{"message":"m","executionState":{"status":"{{{status}}}","versionNumber":{{{found}}}}}""",
            "InvalidStateTransitionException");

        Assert.Equal(isMismatch, refusal.IsVersionMismatch);
    }

    [Fact]
    public async Task A_conflict_of_versions_is_one()
    {
        Assert.True((await Refusal(new UpdateThing("t") { ExpectedVersion = 1 }, 409, """{"message":"m"}""", "VersionConflictException")).IsVersionMismatch);
    }

    [Fact]
    public async Task What_the_server_does_not_have_is_not_sent()
    {
        using var handler = new AnswersOf(() => AnswersOf.Json("{}"));
        using var client = new JobsHttpClient(new() { ControlEndpoint = new("http://jobs.example"), HasToolkitRoutes = false }, handler);

        foreach (var route in Routes.All.Where(route => route.IsExtension))
        {
            var refusal = await Assert.ThrowsAsync<JobsException>(() => client.SendAsync(RecordSamples.Minimal(route)));

            Assert.Equal(JobsError.InvalidRequest, refusal.Error);
        }
        Assert.Empty(handler.Sent);
    }

    private static async Task<JobsException> Refusal<TResponse>(
        Operation<TResponse> operation, int status, string body, string? header, Action<HttpResponseMessage>? change = null)
    {
        using var handler = new AnswersOf(() =>
        {
            var answer = AnswersOf.Json(body, (HttpStatusCode)status);
            if (header is not null)
            {
                answer.Headers.TryAddWithoutValidation("x-amzn-ErrorType", header);
            }
            change?.Invoke(answer);
            return answer;
        });
        using var client = new JobsHttpClient(new() { ControlEndpoint = new("http://jobs.example"), MaxAttempts = 1 }, handler, new ImpatientClock());
        return await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(operation));
    }
}
