using System.Text;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Wire.Errors;

namespace IoTJobsToolkit.Wire.Tests;

public sealed class ErrorsAgainstModelTests
{
    private static readonly Route CreateThing = RouteOf("Control CreateThing");
    private static readonly Route UpdateJobExecution = RouteOf("Data UpdateJobExecution");

    public static TheoryData<string> FromModel => [.. Routes.All.Where(route => !route.IsExtension).Select(route => $"{route.Plane} {route.Operation}")];

    [Theory]
    [InlineData(Plane.Control)]
    [InlineData(Plane.Data)]
    public void Every_exception_of_the_model_has_its_status(Plane plane)
    {
        var errors = ServiceModel.Service(plane)["shapes"]!.AsObject().Where(shape => (bool?)shape.Value!["exception"] == true).ToList();

        Assert.NotEmpty(errors);
        Assert.All(errors, error => Assert.Equal((int)error.Value!["error"]!["httpStatusCode"]!, ErrorNames.Status(error.Key, plane)));
    }

    [Fact]
    public void Every_error_of_the_engine_has_a_status_of_its_own()
    {
        Assert.All(Enum.GetValues<JobsError>(), error =>
            Assert.InRange(
                ErrorAnswer.Of(new JobsException(error, "m"), CreateThing).Status,
                error is JobsError.ServiceUnavailable or JobsError.InternalFailure ? 500 : 400,
                error switch { JobsError.ServiceUnavailable => 503, JobsError.InternalFailure => 500, _ => 410 }));
    }

    [Fact]
    public void A_taken_id_is_named_in_the_body()
    {
        var answer = ErrorAnswer.Of(JobsException.AlreadyExists("in use", "d01", "arn:aws:iot:us-east-1:1:job/d01"), CreateThing);

        Assert.Equal((409, "ResourceAlreadyExistsException"), (answer.Status, answer.Name));
        Assert.Equal(
            """{"message":"in use","resourceId":"d01","resourceArn":"arn:aws:iot:us-east-1:1:job/d01"}""",
            Encoding.UTF8.GetString(answer.ToJson()));
    }

    [Fact]
    public void A_taken_template_id_is_named_in_the_body()
    {
        var answer = ErrorAnswer.Of(JobsException.Conflict("in use", "010"), CreateThing);

        Assert.Equal((409, "ConflictException"), (answer.Status, answer.Name));
        Assert.Equal("""{"message":"in use","resourceId":"010"}""", Encoding.UTF8.GetString(answer.ToJson()));
    }

    [Fact]
    public void A_device_learns_the_state_it_did_not_fit()
    {
        var refusal = new JobsException(JobsError.InvalidStateTransition, "The job execution is in terminal status CANCELED.")
        {
            ExecutionState = new() { Status = JobExecutionStatus.CANCELED, VersionNumber = 3 },
        };

        Assert.Equal(
            """{"message":"The job execution is in terminal status CANCELED.","executionState":{"status":"CANCELED","versionNumber":3}}""",
            Encoding.UTF8.GetString(ErrorAnswer.Of(refusal, UpdateJobExecution).ToJson()));
    }

    [Fact]
    public void Throttling_has_another_status_on_each_plane()
    {
        Assert.Equal(400, ErrorAnswer.Of(ErrorNames.Throttling, "slow down", Plane.Control).Status);
        Assert.Equal(429, ErrorAnswer.Of(ErrorNames.Throttling, "slow down", Plane.Data).Status);
    }

    /// <summary>An SDK knows the exceptions of an operation's own list only; the more telling of two is the one for its case.</summary>
    [Theory]
    [MemberData(nameof(FromModel))]
    public void What_is_not_the_requests_fault_is_told_by_an_exception_which_the_operation_models(string key)
    {
        var route = RouteOf(key);
        var modelled = ServiceModel.Operation(route)["errors"]!.AsArray().Select(error => (string)error!["shape"]!).ToList();

        Assert.Equal(
            modelled.Single(name => name is "InternalFailureException" or "InternalServerException" ||
                name == "ServiceUnavailableException" && !modelled.Contains("InternalFailureException")),
            route.Faults.Unexpected);
        Assert.Equal(modelled.Contains("ServiceUnavailableException") ? "ServiceUnavailableException" : route.Faults.Unexpected, route.Faults.Unavailable);
        Assert.Equal(modelled.Contains("UnauthorizedException") ? "UnauthorizedException" : "AccessDeniedException", route.Faults.Denied);
    }

    private static Route RouteOf(string key) => Routes.All.First(route => $"{route.Plane} {route.Operation}" == key);
}
