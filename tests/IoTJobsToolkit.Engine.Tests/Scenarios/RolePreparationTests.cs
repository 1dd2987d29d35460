using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using DeviceDescribe = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>Credentials of a role which have to be fetched before a URL can be signed: fetched for whoever needs them, and nobody else.</summary>
public sealed class RolePreparationTests : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/S3DownloadRole";
    private const string OtherRole = "arn:aws:iam::123456789012:role/Other";
    private const string Text = """{"data":"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/bucket/file}"}""";

    private readonly LateStore _objects = new();
    private readonly TestEngine _t;

    public RolePreparationTests() => _t = new(services: new() { ObjectStore = _objects });

    public static TheoryData<string> Deliveries => [.. Ways.Keys];

    private static readonly Dictionary<string, Func<TestEngine, Task<string?>>> Ways = new()
    {
        ["describe"] = async t => (await t.Device("lamp").ExecuteAsync(new DeviceDescribe("010", "lamp"), Cancellation)).Execution!.JobDocument,
        ["next"] = async t => (await t.Device("lamp").ExecuteAsync(new DeviceDescribe("$next", "lamp"), Cancellation)).Execution!.JobDocument,
        ["start"] = async t => (await t.StartNext("lamp"))!.JobDocument,
        ["report"] = async t => (await t.Report("010", "lamp", JobExecutionStatus.IN_PROGRESS, u => u with { IncludeJobDocument = true, ExpectedVersion = 1 })).JobDocument,
    };

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose() => _t.Dispose();

    [Theory]
    [MemberData(nameof(Deliveries))]
    public async Task The_first_delivery_after_a_restart_waits_for_the_role_and_succeeds(string way)
    {
        await CreateJob();
        _t.Restart();
        _objects.Forget();

        Assert.Equal("""{"data":"signed"}""", await Ways[way](_t));
        Assert.Equal([Role], _objects.Asked);
        Assert.Equal("""{"data":"signed"}""", (await _t.Device("lamp").ExecuteAsync(new DeviceDescribe("010", "lamp"), Cancellation)).Execution!.JobDocument);
        Assert.Equal([Role], _objects.Asked);
        // Run again, but done once.
        Assert.Equal(way is "start" or "report" ? 2 : 1, (await _t.Execution("010", "lamp")).VersionNumber);
        Assert.Equal(way is "start" or "report" ? "0 1 0 0 0 0 0 0" : "1 0 0 0 0 0 0 0", await _t.Counts("010"));
    }

    [Fact]
    public async Task CreateJob_and_UpdateJob_fetch_the_role_that_they_name()
    {
        await CreateJob();
        Assert.Equal([Role], _objects.Asked);

        await _t.Run(new UpdateJob("010") { PresignedUrlConfig = new() { RoleArn = OtherRole } });
        Assert.Equal([Role, OtherRole], _objects.Asked);
        Assert.Equal(OtherRole, (await _t.Job("010")).PresignedUrlConfig!.RoleArn);
    }

    [Fact]
    public async Task A_check_fetches_the_role_and_shows_the_document_as_a_thing_gets_it()
    {
        await _t.Things("lamp");
        var job = new CreateJob("010", [TestEngine.ThingArn("lamp")]) { Document = Text };

        var missing = await _t.Engine.CheckJobAsync(job, "lamp", Cancellation);
        Assert.Contains("presignedUrlConfig.roleArn is required", Assert.Single(missing.Refusals).Value.Message, StringComparison.Ordinal);
        Assert.Contains("no presignedUrlConfig.roleArn", missing.DeliveryProblem, StringComparison.Ordinal);

        var check = await _t.Engine.CheckJobAsync(job with { PresignedUrlConfig = new() { RoleArn = Role } }, "lamp", Cancellation);
        Assert.Empty(check.Refusals);
        Assert.Equal("""{"data":"signed"}""", check.Delivered);
        Assert.Equal([Role], _objects.Asked);
    }

    [Theory]
    [MemberData(nameof(Deliveries))]
    public async Task Without_the_role_the_device_is_told_why_and_nothing_has_changed(string way)
    {
        await CreateJob();
        _objects.Forget();
        _objects.Reason = "STS said no: set S3:Sts:Endpoint.";

        var refused = await TestEngine.Refused(Ways[way](_t), JobsError.ServiceUnavailable);
        Assert.Equal("STS said no: set S3:Sts:Endpoint.", refused.Message);
        Assert.Equal((JobExecutionStatus.QUEUED, 1L), ((await _t.Execution("010", "lamp")).Status, (await _t.Execution("010", "lamp")).VersionNumber));

        _objects.Reason = null;
        Assert.Equal("""{"data":"signed"}""", await Ways[way](_t));
    }

    [Fact]
    public async Task A_job_whose_role_is_refused_is_not_created()
    {
        await _t.Things("lamp");
        _objects.Reason = "STS said no: set S3:Sts:Endpoint.";

        var refused = await TestEngine.Refused(
            _t.Create("010", "lamp", job => job with { Document = Text, PresignedUrlConfig = new() { RoleArn = Role } }), JobsError.InvalidRequest);
        Assert.Equal("STS said no: set S3:Sts:Endpoint.", refused.Message);
        Assert.Empty((await _t.Run(new ListJobs())).Jobs);
    }

    [Fact]
    public async Task A_role_that_stays_unprepared_is_asked_for_once_and_no_more()
    {
        await CreateJob();
        _objects.Forget();
        _objects.IsInVain = true;

        await TestEngine.Refused(_t.StartNext("lamp"), JobsError.ServiceUnavailable);
        Assert.Equal([Role], _objects.Asked);
    }

    [Fact]
    public async Task Documents_without_urls_wait_for_no_role()
    {
        await _t.Things("lamp");
        await _t.Create("010", "lamp", job => job with { PresignedUrlConfig = new() { RoleArn = Role } });

        Assert.Equal("""{"op":"x"}""", (await _t.StartNext("lamp"))!.JobDocument);
        await _t.Report("010", "lamp", JobExecutionStatus.SUCCEEDED, update => update with { IncludeJobDocument = true });
        Assert.Empty(_objects.Asked);
    }

    [Fact]
    public async Task Others_are_answered_while_one_waits_for_his_role()
    {
        await CreateJob();
        await _t.Things("other");
        await _t.Create("020", "other");
        _objects.Forget();
        var gate = new TaskCompletionSource();
        _objects.Gate = gate.Task;

        var waiting = _t.StartNext("lamp");
        Assert.Equal("020", (await _t.StartNext("other"))!.JobId);
        await _t.Report("020", "other", JobExecutionStatus.SUCCEEDED);
        Assert.False(waiting.IsCompleted);
        gate.SetResult();
        Assert.Equal("""{"data":"signed"}""", (await waiting)!.JobDocument);
    }

    [Fact]
    public async Task Who_waits_for_a_role_can_be_canceled()
    {
        await CreateJob();
        _objects.Forget();
        _objects.Gate = new TaskCompletionSource().Task;
        using var canceled = new CancellationTokenSource();

        var waiting = _t.Device("lamp").ExecuteAsync(new DeviceDescribe("010", "lamp"), canceled.Token);
        await canceled.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting);
    }

    private async Task CreateJob()
    {
        await _t.Things("lamp");
        await _t.Create("010", "lamp", job => job with { Document = Text, PresignedUrlConfig = new() { RoleArn = Role } });
    }

    /// <summary>Has no credentials until it is asked for them.</summary>
    private sealed class LateStore : IObjectStore
    {
        private readonly HashSet<string> _prepared = [];
        private readonly List<string> _asked = [];
        private bool _isRefused;

        public string[] Asked => [.. _asked];

        public string? Reason { get; set; }

        public bool IsInVain { get; set; }

        public Task Gate { get; set; } = Task.CompletedTask;

        public void Forget()
        {
            _prepared.Clear();
            _asked.Clear();
        }

        public string Presign(PresignRequest request) => _isRefused && Reason is not null
            ? throw new PresignException(Reason)
            : _prepared.Contains(request.RoleArn) ? "signed" : throw PresignException.Unprepared(request.RoleArn);

        public async ValueTask PrepareRoleAsync(string roleArn, CancellationToken cancellationToken)
        {
            _asked.Add(roleArn);
            await Gate.WaitAsync(cancellationToken);
            _isRefused = Reason is not null;
            if (!_isRefused && !IsInVain)
            {
                _prepared.Add(roleArn);
            }
        }

        public Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
