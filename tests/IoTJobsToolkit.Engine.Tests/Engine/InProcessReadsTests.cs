using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Engine;

public sealed class InProcessReadsTests : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/S3DownloadRole";
    private const string Firmware = """{"url":"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/fw/app.bin}"}""";

    private static readonly CancellationToken Token = TestContext.Current.CancellationToken;

    private readonly TestEngine _t = new(services: new() { ObjectStore = new Signer() });

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task A_jobs_history_is_read_in_pages_oldest_first_with_who_did_it()
    {
        await _t.Things("lamp");
        await _t.Create("job", "lamp");
        await _t.Engine.SettleAsync("job", null, Token);
        await _t.Run(new UpdateJob("job") { Description = "new" });
        await _t.Run(new CancelJob("job") { ReasonCode = "NIGHT" });
        await _t.Engine.SettleAsync("job", null, Token);

        var first = await _t.Engine.ReadJobHistoryAsync("job", 0, 3, Token);
        var rest = await _t.Engine.ReadJobHistoryAsync("job", first[^1].Sequence, 100, Token);

        Assert.Equal(["created", "rollout finished", "updated"], first.Select(record => record.What));
        Assert.Equal("admin", first[2].By);
        Assert.Equal((JobStatus.IN_PROGRESS, JobStatus.CANCELED), (rest[0].From, rest[0].To));
        await TestEngine.Refused(_t.Engine.ReadJobHistoryAsync("none", 0, 10, Token), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task A_rollout_tells_how_far_it_is_and_what_it_made_when_it_has_finished()
    {
        await _t.Group("eu", 25);
        await _t.Create("job", TestEngine.GroupArn("eu"), create => create with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 10 } });
        await _t.At(61);

        var running = await _t.Engine.ReadJobRolloutAsync("job", Token);
        Assert.Equal((20L, TestEngine.T0.AddMinutes(2)), (running.Made.Notified, running.Running!.WindowAt));
        Assert.Equal(TestEngine.T0, running.StartedAt);

        await _t.At(121);
        var finished = await _t.Engine.ReadJobRolloutAsync("job", Token);
        Assert.Null(finished.Running);
        Assert.Equal(25, finished.Made.Notified);
    }

    [Fact]
    public async Task A_groups_things_are_read_in_pages_with_those_of_its_descendants()
    {
        await _t.Run(new CreateThingGroup("world"));
        await _t.Run(new CreateThingGroup("eu") { ParentGroupName = "world" });
        await _t.Things("a", "b", "c", "d");
        foreach (var (group, thing) in ((string, string)[])[("world", "a"), ("eu", "b"), ("world", "c"), ("eu", "d")])
        {
            await _t.Run(new AddThingToThingGroup { ThingGroupName = group, ThingName = thing });
        }

        Assert.Equal(["a", "b", "c"], await _t.Engine.ReadGroupThingsAsync("world", null, 3, Token));
        Assert.Equal(["d"], await _t.Engine.ReadGroupThingsAsync("world", "c", 3, Token));
        Assert.Equal(["b"], await _t.Engine.ReadGroupThingsAsync("world", "a", 1, Token));
        await TestEngine.Refused(_t.Engine.ReadGroupThingsAsync("none", null, 10, Token), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task A_previewed_document_is_the_devices_without_what_lets_in_at_the_object_store()
    {
        await _t.Things("lamp");
        await _t.Create("job", "lamp", create => create with { Document = Firmware, PresignedUrlConfig = new() { RoleArn = Role, ExpiresInSec = 600 } });

        var preview = await _t.Engine.PreviewDocumentAsync("job", "lamp", 1, Token);

        Assert.Equal("""{"url":"https://s3.amazonaws.com/fw/app.bin?X-Amz-Expires=600&X-Amz-Credential=…&X-Amz-Security-Token=…&X-Amz-Signature=…"}""", preview);
    }

    [Fact]
    public async Task A_preview_is_refused_as_the_device_is()
    {
        await _t.Things("lamp");
        var signer = (Signer)_t.Engine.Services.ObjectStore;
        await _t.Create("job", "lamp", create => create with { Document = Firmware, PresignedUrlConfig = new() { RoleArn = Role } });
        signer.KnowsRole = false;

        var refusal = await TestEngine.Refused(_t.Engine.PreviewDocumentAsync("job", "lamp", 1, Token), JobsError.ServiceUnavailable);

        Assert.Contains("S3:Roles:0:Arn", refusal.Message, StringComparison.Ordinal);
    }

    private sealed class Signer : IObjectStore
    {
        public bool KnowsRole { get; set; } = true;

        public string Presign(PresignRequest request) => KnowsRole
            ? $"https://{request.Location.Host}/{request.Location.Bucket}/{request.Location.Key}?X-Amz-Expires={request.ExpiresInSec}"
                + "&X-Amz-Credential=AKIDEXAMPLE%2F20261201&X-Amz-Security-Token=token%3D&X-Amz-Signature=0123456789abcdef"
            : throw PresignException.UnknownRole(request.RoleArn, 0);

        public Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
