using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Notifications;

/// <summary>The document of the next execution, as DescribeJobExecution delivers it.</summary>
public sealed class NextDocumentTests : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/S3DownloadRole";

    private readonly Signer _signer = new();
    private readonly List<Exception> _faults = [];
    private readonly TestEngine _t;
    private readonly Heard _heard;

    public NextDocumentTests()
    {
        _t = new(services: new() { Audience = new Ears(), ObjectStore = _signer, OnFault = _faults.Add });
        _heard = new(_t);
    }

    public void Dispose()
    {
        _heard.Dispose();
        _t.Dispose();
    }

    [Fact]
    public async Task Its_urls_are_signed_afresh()
    {
        await CreateTwo();
        await _t.At(30);
        Assert.Equal("""{"url":"signed at 30"}""", await NextAfterTheFirst());
    }

    [Fact]
    public async Task What_cannot_be_signed_is_told_without_its_document_and_the_change_is_made()
    {
        await CreateTwo();
        _signer.Refusal = new("There are no credentials.");
        Assert.Null(await NextAfterTheFirst());
        Assert.Equal(JobExecutionStatus.SUCCEEDED, (await _t.Execution("j", "a")).Status);
        Assert.Contains(_faults, fault => fault.Message == "There are no credentials.");
    }

    [Fact]
    public async Task A_role_that_has_to_be_assumed_first_is_assumed_for_the_next_message()
    {
        await CreateTwo();
        _signer.Refusal = PresignException.Unprepared(Role);
        Assert.Null(await NextAfterTheFirst());
        Assert.Equal(Role, await _signer.Prepared.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken));
        Assert.Empty(_faults);
        _signer.Refusal = null;
        await _t.Create("l", "a", Signed);
        await _heard.Clear();
        await _t.Report("k", "a", JobExecutionStatus.SUCCEEDED);
        await _t.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
        Assert.Equal("""{"url":"signed at 1"}""", Assert.Single(_heard.Notices()).Next!.JobDocument);
    }

    private async Task CreateTwo()
    {
        await _t.Things("a");
        await _t.Create("j", "a", Signed);
        await _t.At(1);
        await _t.Create("k", "a", Signed);
        await _heard.Clear();
    }

    private async Task<string?> NextAfterTheFirst()
    {
        await _t.Report("j", "a", JobExecutionStatus.SUCCEEDED);
        await _t.Engine.PassTimeAsync(TestContext.Current.CancellationToken);
        var notice = Assert.Single(_heard.Notices());
        Assert.True(notice.IsNextChanged);
        Assert.Equal(("k", 1), (notice.Next!.JobId, notice.Next.ExecutionNumber));
        return notice.Next.JobDocument;
    }

    private static CreateJob Signed(CreateJob job) => job with
    {
        Document = """{"url":"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/bucket/file}"}""",
        PresignedUrlConfig = new() { RoleArn = Role },
    };

    private sealed class Signer : IObjectStore
    {
        private readonly TaskCompletionSource<string> _prepared = new(TaskCreationOptions.RunContinuationsAsynchronously);

        public PresignException? Refusal { get; set; }

        public Task<string> Prepared => _prepared.Task;

        public string Presign(PresignRequest request) =>
            Refusal is { } refusal ? throw refusal : $"signed at {(request.Now - TestEngine.T0).TotalSeconds}";

        public ValueTask PrepareRoleAsync(string roleArn, CancellationToken cancellationToken)
        {
            _prepared.TrySetResult(roleArn);
            return ValueTask.CompletedTask;
        }

        public Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
