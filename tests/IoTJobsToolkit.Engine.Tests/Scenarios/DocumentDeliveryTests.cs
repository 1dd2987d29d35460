using System.Text.Json;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using DeviceDescribe = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>jobs-reference 10.3, 10.6, 10.7: every placeholder, on every way that a document takes to a device, and nowhere else.</summary>
public sealed class DocumentDeliveryTests : IDisposable
{
    private const string Role = "arn:aws:iam::123456789012:role/S3DownloadRole";

    /// <summary>As written in a document, and what stands for it: METHOD HOST BUCKET KEY VERSION; null where it stays.</summary>
    private static readonly (string Written, string? Signed)[] Placeholders =
    [
        ("${aws:iot:s3-presigned-url:https://s3.amazonaws.com/fw/a+b c.bin}", "Get s3.amazonaws.com fw a+b c.bin -"),
        ("${aws:iot:s3-presigned-url-v1:https://fw.s3.us-west-2.amazonaws.com/app.bin}", "Get s3.us-west-2.amazonaws.com fw app.bin -"),
        ("${aws:iot:s3-presigned-url-v2:https://s3.amazonaws.com/fw/a%20b.bin}", "Get s3.amazonaws.com fw a b.bin -"),
        ("${aws:iot:s3-presigned-url-v2:https://s3.amazonaws.com/fw/app.bin%3FversionId%3Dv.7}", "Get s3.amazonaws.com fw app.bin v.7"),
        ("${aws:iot:s3-presigned-url:https:\\/\\/s3.amazonaws.com\\/fw\\/app.bin}", "Get s3.amazonaws.com fw app.bin -"),
        ("${aws:iot:s3-presigned-url-upload:https://s3.amazonaws.com/logs/up/${thingName}/${jobId}/${executionNumber}.log}", "Put s3.amazonaws.com logs up/lamp/010/1.log -"),
        ("${aws:iot:s3-presigned-url-upload:https://s3.amazonaws.com/}", "Put s3.amazonaws.com uploads lamp/010/1 -"),
        ("${aws:iot:s3-presigned-url:${aws:iot:code-sign-signature:s3://us-east-1.fw/app.bin@1}}", null),
        ("${aws:iot:code-sign-signature:s3://us-east-1.fw/app.bin@1}", null),
        ("${aws:iot:package:firmware:version:1.0:attributes:checksum}", null),
        ("${aws:iot:parameter:pathToFile}", null),
        ("${aws:iot:certificate-chain:fw}", null),
        ("${thingName}", null),
    ];

    /// <summary>Each placeholder in a value of its own, then all of them in one string.</summary>
    private static readonly string Text =
        $"{{\r\n\t\"operation\" : \"install\",\n\"each\":[{string.Join(" , ", Placeholders.Select(one => $"\"{one.Written}\""))}],"
        + $"\"together\":\"{string.Join(" then ", Placeholders.Select(one => one.Written))}\"\t}}";

    private readonly TestEngine _t = new(services: new() { ObjectStore = new SigningStore(), UploadBucket = "uploads" });

    public static TheoryData<string> Deliveries => [.. Ways.Keys];

    private static readonly Dictionary<string, Func<TestEngine, Task<string?>>> Ways = new()
    {
        ["DescribeJobExecution"] = async t => (await As(t, new DeviceDescribe("010", "lamp"))).Execution!.JobDocument,
        ["DescribeJobExecution, includeJobDocument"] =
            async t => (await As(t, new DeviceDescribe("010", "lamp") { IncludeJobDocument = true, ExecutionNumber = 1 })).Execution!.JobDocument,
        ["DescribeJobExecution of $next"] = async t => (await As(t, new DeviceDescribe(DeviceDescribe.Next, "lamp"))).Execution!.JobDocument,
        ["StartNextPendingJobExecution"] = async t => (await t.StartNext("lamp"))!.JobDocument,
        ["StartNextPendingJobExecution of the running one"] = async t =>
        {
            await t.StartNext("lamp");
            return (await t.StartNext("lamp"))!.JobDocument;
        },
        ["UpdateJobExecution"] = async t => (await t.Report("010", "lamp", JobExecutionStatus.IN_PROGRESS, WithDocument)).JobDocument,
        ["UpdateJobExecution which ends it"] = async t => (await t.Report("010", "lamp", JobExecutionStatus.SUCCEEDED, WithDocument)).JobDocument,
    };

    public void Dispose() => _t.Dispose();

    [Theory]
    [MemberData(nameof(Deliveries))]
    public async Task Every_placeholder_is_replaced_by_a_fresh_url_and_the_rest_is_kept(string way)
    {
        await CreateJob();

        await _t.At(5);
        Assert.Equal(Expected("60 10:00:05"), await Ways[way](_t));
    }

    [Theory]
    [MemberData(nameof(Deliveries))]
    public async Task What_an_update_says_of_the_life_of_urls_counts_from_the_next_delivery(string way)
    {
        await CreateJob();

        await _t.Run(new UpdateJob("010") { PresignedUrlConfig = new() { RoleArn = Role, ExpiresInSec = 120 } });
        Assert.Equal(Expected("120 10:00:00"), await Ways[way](_t));
    }

    [Fact]
    public async Task Each_delivery_signs_anew()
    {
        await CreateJob();

        for (var second = 1; second <= 3; second++)
        {
            await _t.At(second);
            Assert.Equal(Expected($"60 10:00:0{second}"), (await _t.StartNext("lamp"))!.JobDocument);
        }
    }

    [Fact]
    public async Task A_retry_uploads_to_a_key_of_its_own()
    {
        await CreateJob(job => job with
        {
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 1 }] },
        });

        await _t.Report("010", "lamp", JobExecutionStatus.FAILED);
        await _t.At(1);

        var retry = (await _t.StartNext("lamp"))!;
        Assert.Equal(2, retry.ExecutionNumber);
        Assert.Contains("logs up/lamp/010/2.log", retry.JobDocument, StringComparison.Ordinal);
        Assert.Contains("uploads lamp/010/2 ", retry.JobDocument, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Without_a_document_asked_for_none_is_delivered()
    {
        await CreateJob();

        Assert.Null((await As(_t, new DeviceDescribe("010", "lamp") { IncludeJobDocument = false })).Execution!.JobDocument);
        Assert.Null((await _t.Report("010", "lamp", JobExecutionStatus.IN_PROGRESS)).JobDocument);
    }

    [Fact]
    public async Task Operators_see_the_placeholders_before_and_after_a_delivery()
    {
        await CreateJob();
        await SeenByOperators();

        Assert.Contains("made-for", (await _t.StartNext("lamp"))!.JobDocument, StringComparison.Ordinal);
        await SeenByOperators();
    }

    private async Task SeenByOperators()
    {
        Assert.Equal(Text, (await _t.Run(new GetJobDocument("010"))).Document);
        object[] others =
        [
            await _t.Run(new DescribeJob("010")),
            await _t.Run(new Operations.Control.DescribeJobExecution("010", "lamp")),
            await _t.Run(new ListJobExecutionsForThing("lamp")),
            await As(_t, new GetPendingJobExecutions("lamp")),
        ];
        Assert.All(others, answer =>
        {
            var text = JsonSerializer.Serialize(answer);
            Assert.Contains("010", text, StringComparison.Ordinal);
            Assert.DoesNotContain("made-for", text, StringComparison.Ordinal);
        });
    }

    private async Task CreateJob(Func<CreateJob, CreateJob>? with = null)
    {
        await _t.Things("lamp");
        await _t.Create("010", "lamp", job => (with ?? (same => same))(job with
        {
            Document = Text,
            PresignedUrlConfig = new() { RoleArn = Role, ExpiresInSec = 60 },
        }));
        await _t.At(0);
    }

    private static string Expected(string life) => Placeholders.Aggregate(
        Text,
        (text, one) => one.Signed is null ? text : text.Replace(one.Written, $"made-for {one.Signed} {life} & \\\"{Role}\\\"", StringComparison.Ordinal));

    private static UpdateJobExecution WithDocument(UpdateJobExecution update) => update with { IncludeJobDocument = true };

    private static Task<T> As<T>(TestEngine t, Operation<T> operation) =>
        t.Device("lamp").ExecuteAsync(operation, TestContext.Current.CancellationToken);

    /// <summary>Says what it was asked to sign, with a sign that JSON has to escape.</summary>
    private sealed class SigningStore : IObjectStore
    {
        public string Presign(PresignRequest request)
        {
            var at = request.Location;
            return $"made-for {request.Method} {at.Host} {at.Bucket} {at.Key} {at.VersionId ?? "-"} {request.ExpiresInSec} {request.Now:HH:mm:ss} & \"{request.RoleArn}\"";
        }

        public Task<string> FetchDocumentAsync(S3Location location, CancellationToken cancellationToken) => throw new NotSupportedException();
    }
}
