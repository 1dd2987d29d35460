using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace IoTJobsToolkit.Cmdlets.Tests.Errors;

public sealed class ServerErrorTests : IDisposable
{
    private const string Unknown = "TeapotException";

    private readonly System.Collections.Concurrent.ConcurrentQueue<string> _jobs = [];
    private readonly Shell _shell = new();
    private readonly WebApplication _server;

    public ServerErrorTests()
    {
        var builder = WebApplication.CreateSlimBuilder(["--urls=http://127.0.0.1:0"]);
        builder.Logging.ClearProviders();
        _server = builder.Build();
        _server.MapFallback("/things/{name}", Refuse);
        _server.MapGet("/things", PageOfThings);
        _server.MapFallback("/jobs/{id}/{rest?}", (string id) => _jobs.Enqueue(id));
        _server.StartAsync().GetAwaiter().GetResult();
    }

    public void Dispose()
    {
        _server.StopAsync().GetAwaiter().GetResult();
        _server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        _shell.Dispose();
    }

    [Fact]
    public void What_a_server_refuses_has_its_name_as_id_and_the_documented_category()
    {
        var rows = ErrorTable.Rows.Where(row => row.Section is ErrorTable.Rules or ErrorTable.Server).ToList();
        var seen = rows.Select(row => row with { Categories = [Category(row.Id)] });

        Assert.Equal(rows.Select(row => $"{row.Id} {row.Categories[0]}"), seen.Select(row => $"{row.Id} {row.Categories[0]}"));
        Assert.InRange(rows.Count, 25, 60);
    }

    [Fact]
    public void A_name_that_nobody_knows_is_written_as_it_comes() => Assert.Equal("InvalidArgument", Category(Unknown));

    [Theory]
    [InlineData("New-IoTJob x -Thing lamp-* -Group eu -Document '{}'")]
    [InlineData("Add-IoTTargetsWithJob x -Thing lamp-* -Group eu")]
    public void Where_a_list_of_targets_breaks_off_no_job_gets_some_of_them(string command)
    {
        _shell.Run($"{command} -EndpointUrl {_server.Urls.First()} -AccessKey a -SecretKey b").Fails("InvalidRequestException");
        Assert.Empty(_jobs);
    }

    private string Category(string id)
    {
        var error = _shell.Run($"Get-IoTThing {id} -EndpointUrl {_server.Urls.First()} -AccessKey a -SecretKey b").Fails(id);
        Assert.NotEmpty(error.ErrorDetails.RecommendedAction);
        return error.CategoryInfo.Category.ToString();
    }

    /// <summary>There is a first page, and no second.</summary>
    private static IResult PageOfThings(HttpContext http) => http.Request.Query.ContainsKey("nextToken")
        ? Refuse("InvalidRequestException", http)
        : Results.Json(new { things = new[] { new { thingName = "lamp-1", thingArn = "arn:aws:iot:us-east-1:123456789012:thing/lamp-1", attributes = new { }, version = 1 } }, nextToken = "2" });

    /// <summary>As the thing is called.</summary>
    private static IResult Refuse(string name, HttpContext http)
    {
        http.Response.Headers["x-amzn-ErrorType"] = name;
        return Results.Json(new { message = "No." }, statusCode: StatusOf(name));
    }

    /// <summary>AWS's own doors refuse with 403; what nobody knows may come with anything.</summary>
    private static int StatusOf(string name) => (ErrorNames.Status(name, Plane.Control), name) switch
    {
        (_, Unknown) => StatusCodes.Status418ImATeapot,
        (500, "InternalFailureException" or "InternalServerException") => 500,
        (500, _) => StatusCodes.Status403Forbidden,
        (var status, _) => status,
    };
}
