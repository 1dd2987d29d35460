using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Operations.Control;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>jobs-reference 10: where a document comes from and what a device gets of it.</summary>
public sealed class DocumentTests : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/S3DownloadRole";
    private const string Text = """{"data":"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/bucket/file}"}""";

    private readonly FakeObjectStore _objects = new();
    private readonly TestEngine _t;

    public DocumentTests() => _t = new(services: new() { ObjectStore = _objects });

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_document_from_a_source_is_fetched_once_and_placeholders_are_replaced_for_devices_only()
    {
        await _t.Things("thingOne");
        _objects.Content = Text;
        await _t.Run(new CreateJob("010", [ThingArn("thingOne")])
        {
            DocumentSource = "https://s3.amazonaws.com/my-s3-bucket/job-document.json",
            PresignedUrlConfig = new() { RoleArn = Role, ExpiresInSec = 60 },
        });
        _objects.Content = "{}";
        Assert.Equal("https://s3.amazonaws.com/my-s3-bucket/job-document.json", (await _t.Run(new DescribeJob("010"))).DocumentSource);
        Assert.Equal(Text, (await _t.Run(new GetJobDocument("010"))).Document);
        await _t.At(5);
        Assert.Equal("""{"data":"signed:bucket/file:60:10:00:05"}""", (await _t.StartNext("thingOne"))!.JobDocument);
        await _t.At(6);
        Assert.Equal("""{"data":"signed:bucket/file:60:10:00:06"}""", (await _t.StartNext("thingOne"))!.JobDocument);
        Assert.Equal(1, _objects.Fetched);
    }

    [Fact]
    public async Task A_source_that_cannot_be_read_creates_no_job()
    {
        await _t.Things("thingOne");
        var create = new CreateJob("010", [ThingArn("thingOne")]) { DocumentSource = "https://s3.amazonaws.com/my-s3-bucket/none" };
        await Refused(_t.Run(create), JobsError.InvalidRequest);
        await Refused(_t.Run(create with { DocumentSource = "https://example.com/b/k" }), JobsError.InvalidRequest);
        Assert.Empty((await _t.Run(new ListJobs())).Jobs);
    }

    [Fact]
    public async Task An_update_may_not_take_away_the_role_that_the_document_needs()
    {
        await _t.Things("thingOne");
        await _t.Create("010", "thingOne", job => job with { Document = Text, PresignedUrlConfig = new() { RoleArn = Role } });
        await Refused(_t.Run(new UpdateJob("010") { PresignedUrlConfig = new() { ExpiresInSec = 60 } }), JobsError.InvalidRequest);
        await Refused(_t.Run(new UpdateJob("010") { PresignedUrlConfig = new() { RoleArn = "arn:aws:iam::123456789012:role/Unknown" } }), JobsError.InvalidRequest);
        await _t.Run(new UpdateJob("010") { PresignedUrlConfig = new() { RoleArn = Role, ExpiresInSec = 60 } });
    }

    private sealed class FakeObjectStore : IObjectStore
    {
        public string? Content { get; set; }

        public int Fetched { get; private set; }

        public string Presign(PresignRequest request) => request.RoleArn == Role
            ? $"signed:{request.Location.Bucket}/{request.Location.Key}:{request.ExpiresInSec}:{request.Now:HH:mm:ss}"
            : throw new PresignException("There are no credentials for the role.");

        public Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken)
        {
            Fetched++;
            return Content is null ? throw DocumentSourceException.NotFound(location) : Task.FromResult(Content);
        }
    }
}
