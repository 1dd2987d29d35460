using System.Text.Json;
using System.Text.Json.Nodes;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Wire.Client;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Tests.Client;

public sealed class AnswerReadingTests
{
    public static TheoryData<string> All => [.. Routes.All.Select(route => route.ResponseType.FullName!).Distinct()];

    [Theory]
    [MemberData(nameof(All))]
    public void An_answer_is_read_as_the_record_that_was_written(string response)
    {
        var type = Routes.All.First(route => route.ResponseType.FullName == response).ResponseType;
        if (type == typeof(Nothing))
        {
            return; // It has no form; see below.
        }
        foreach (var (json, flag) in new[] { (WireJson.Aws, true), (WireJson.Aws, false), (WireJson.Seed, true) })
        {
            var sample = RecordSamples.Json(WireJson.Aws.TypeOf(type), flag);
            var record = sample.Deserialize(WireJson.Aws.TypeOf(type))!;
            Assert.True(JsonNode.DeepEquals(sample, JsonNode.Parse(RecordSamples.Said(record))), "A member is not read or not written.");

            var written = RecordSamples.Said(record, json);

            var read = JsonSerializer.Deserialize(written, WireJson.Aws.TypeOf(type))!;
            Assert.Equal(written, RecordSamples.Said(read, json));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData(" \r\n")]
    public async Task An_empty_answer_is_Nothing(string body)
    {
        Assert.Same(Nothing.Value, await Ask(new DeleteJob("010"), body));
        Assert.Equal(new UpdateThingResponse(), await Ask(new UpdateThing("t"), body));
    }

    [Fact]
    public async Task Members_that_nobody_knows_are_passed_over()
    {
        var answer = await Ask(new DescribeThing("t"), """{"new":{"deep":[1]},"thingName":"t","thingId":"i","thingArn":"a","defaultClientId":"t","version":3}""");

        Assert.Equal(("t", 3), (answer.ThingName, answer.Version));
    }

    [Theory]
    [InlineData("COMPLETED")]
    [InlineData("SUCCEEDED")]
    public async Task Both_words_for_a_finished_job_are_read(string word)
    {
        var answer = await Ask(new ListJobs(), $$"""{"jobs":[{"jobArn":"a","jobId":"j","status":"{{word}}"}]}""");

        Assert.Equal(JobStatus.COMPLETED, Assert.Single(answer.Jobs).Status);
    }

    [Fact]
    public async Task A_silent_cancel_names_the_job_that_was_asked_for()
    {
        Assert.Equal("010", (await Ask(new CancelJob("010"), "{}")).JobId);
        Assert.Equal(new CancelJobResponse("arn", "010") { Description = "d" }, await Ask(new CancelJob("010"), """{"jobArn":"arn","jobId":"010","description":"d"}"""));
    }

    [Fact]
    public async Task Lines_of_a_list_carry_what_was_asked_for()
    {
        var ofJob = await Ask(new ListJobExecutionsForJob("j"), """{"executionSummaries":[{"thingArn":"arn:x:thing/t","jobExecutionSummary":{"status":"QUEUED"}}]}""");
        var ofThing = await Ask(new ListJobExecutionsForThing("t"), """{"executionSummaries":[{"jobId":"j","jobExecutionSummary":{"status":"QUEUED"}}]}""");

        Assert.Equal(("j", "t"), (ofJob.ExecutionSummaries[0].JobId, ofJob.ExecutionSummaries[0].ThingName));
        Assert.Equal(("j", "t"), (ofThing.ExecutionSummaries[0].JobId, ofThing.ExecutionSummaries[0].ThingName));
    }

    [Fact]
    public async Task Nothing_pending_is_no_execution()
    {
        Assert.Null((await Ask(new StartNextPendingJobExecution("t"), "{}")).Execution);
    }

    [Theory]
    [InlineData("<html>Sign in</html>", "no JSON object")]
    [InlineData("null", "no JSON object")]
    [InlineData("{\"jobs\":[{]}", "cannot be read")]
    [InlineData("{\"jobs\":5}", "$.jobs")]
    [InlineData("{\"jobs\":[{\"jobArn\":\"a\",\"jobId\":\"j\",\"status\":\"PAUSED\"}]}", "$.jobs[0].status")]
    [InlineData("{\"jobs\":[{\"jobArn\":\"a\",\"jobId\":\"j\",\"createdAt\":\"soon\"}]}", "$.jobs[0].createdAt")]
    [InlineData("{\"jobs\":[{\"jobArn\":\"a\",\"jobId\":\"j\",\"createdAt\":1e25}]}", "$.jobs[0].createdAt")]
    public async Task What_is_no_answer_is_said_to_be_none(string body, string named)
    {
        var refusal = await Assert.ThrowsAsync<JobsException>(() => Ask(new ListJobs(), body));

        Assert.Equal((JobsError.ServiceUnavailable, "ServiceUnavailableException"), (refusal.Error, refusal.Name));
        Assert.Contains("http://jobs.example answered ListJobs", refusal.Message, StringComparison.Ordinal);
        Assert.Contains(named, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_is_no_answer_to_a_request_without_one()
    {
        await Assert.ThrowsAsync<JobsException>(() => Ask(new DeleteJob("010"), "<html>Sign in</html>"));
    }

    [Fact]
    public async Task A_large_answer_is_read_whole()
    {
        var names = Enumerable.Range(0, 20_000).Select(i => $"thing-{i}-{new string('x', i % 50)}").ToList();

        var answer = await Ask(new ListThingsInThingGroup("g"), JsonSerializer.Serialize(new { things = names }));

        Assert.Equal(names, answer.Things);
    }

    [Fact]
    public async Task An_endless_answer_is_given_up()
    {
        using var handler = new AnswersOf(() => new(System.Net.HttpStatusCode.OK) { Content = new StreamContent(new Endless()) });
        using var client = new JobsHttpClient(new() { ControlEndpoint = new("http://jobs.example") }, handler);

        var refusal = await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));

        Assert.Contains("longer than", refusal.Message, StringComparison.Ordinal);
        Assert.Single(handler.Sent);
    }

    private static async Task<TResponse> Ask<TResponse>(Operation<TResponse> operation, string body)
    {
        using var handler = new AnswersOf(() => AnswersOf.Json(body));
        using var client = new JobsHttpClient(new() { ControlEndpoint = new("http://jobs.example") }, handler, new ImpatientClock());
        return await client.ExecuteAsync(operation);
    }

    private sealed class Endless : MemoryStream
    {
        public override bool CanSeek => false;

        public override ValueTask<int> ReadAsync(Memory<byte> buffer, CancellationToken cancellationToken = default)
        {
            buffer.Span.Fill((byte)' ');
            return new(buffer.Length);
        }
    }
}
