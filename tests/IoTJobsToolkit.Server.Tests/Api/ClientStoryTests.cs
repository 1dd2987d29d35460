using System.Text.Json;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Wire.Client;
using IoTJobsToolkit.Wire.Json;
using IoTJobsToolkit.Wire.Signing;
using DataDescribeJobExecution = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;
using DescribeJobExecution = IoTJobsToolkit.Engine.Operations.Control.DescribeJobExecution;
using ThingTag = IoTJobsToolkit.Engine.Jobs.Tag;

namespace IoTJobsToolkit.Server.Tests.Api;

/// <summary>The client against the real server, with real signatures over real connections.</summary>
public sealed class ClientStoryTests
{
    [Theory]
    [InlineData("aws")]
    [InlineData("seed")]
    public async Task A_whole_story_goes_through_the_client(string dialect)
    {
        await using var server = await ApiServer.StartAsync($"--Jobs:Dialect={dialect}");
        using var client = Client(server, server.Key);
        var story = new Story(server, client);

        await story.Registry();
        await story.Rollout();
        await story.Device();
        await story.Lists();
        await story.CancelAndDelete(dialect);
        await story.Templates();
        await story.TagsAndEvents();
    }

    [Fact]
    public async Task An_open_server_is_asked_without_credentials_on_both_planes()
    {
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        using var client = new JobsHttpClient(new() { ControlEndpoint = server.Endpoint }, clock: server.Clock);
        await client.ExecuteAsync(new CreateThing("t"), TestContext.Current.CancellationToken);
        await client.ExecuteAsync(new CreateJob("j", [ApiServer.Arn + "thing/t"]) { Document = "{}" }, TestContext.Current.CancellationToken);
        await server.Engine.PassTimeAsync(TestContext.Current.CancellationToken);

        Assert.Single((await client.ExecuteAsync(new GetPendingJobExecutions("t"), TestContext.Current.CancellationToken)).QueuedJobs);
        Assert.Single((await client.ExecuteAsync(new ListJobExecutionsForThing("t"), TestContext.Current.CancellationToken)).ExecutionSummaries);
        Assert.Equal("{}", (await client.ExecuteAsync(new DataDescribeJobExecution("$next", "t"), TestContext.Current.CancellationToken)).Execution!.JobDocument);
    }

    [Fact]
    public async Task The_toolkits_own_operations_go_through_the_client()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = Client(server, server.Key);

        var made = await client.ExecuteAsync(new CreateAccessKey("somebody", AccessRole.VIEWER), TestContext.Current.CancellationToken);
        using var viewer = Client(server, new(made.AccessKeyId, made.SecretAccessKey));
        Assert.Empty((await viewer.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken)).Jobs);
        var denied = await Assert.ThrowsAsync<JobsException>(() => viewer.ExecuteAsync(new CreateThing("t"), TestContext.Current.CancellationToken));
        Assert.Equal((JobsError.AccessDenied, "UnauthorizedException"), (denied.Error, denied.Name)); // The word of the registry.

        await client.ExecuteAsync(new DeleteAccessKey(made.AccessKeyId), TestContext.Current.CancellationToken);
        Assert.Equal("UnrecognizedClientException", await Name(viewer));
        Assert.False((await client.ExecuteAsync(new DescribeJobWork(), TestContext.Current.CancellationToken)).HasWork);
        var cleared = await client.ExecuteAsync(new ClearJobHistory(server.Clock.GetUtcNow()) { DryRun = true }, TestContext.Current.CancellationToken);
        Assert.Equal(new ClearJobHistoryResponse(0, 0, 0), cleared);
    }

    [Fact]
    public async Task Credentials_that_do_not_count_are_refused_by_name()
    {
        await using var server = await ApiServer.StartAsync();
        using var unsigned = new JobsHttpClient(new() { ControlEndpoint = server.Endpoint }, clock: server.Clock);
        using var stranger = Client(server, new("AKIASTRANGER", "secret"));
        using var mistaken = Client(server, server.Key with { SecretAccessKey = "not-the-secret" });

        Assert.Equal("MissingAuthenticationTokenException", await Name(unsigned));
        Assert.Equal("UnrecognizedClientException", await Name(stranger));
        Assert.Equal("InvalidSignatureException", await Name(mistaken));
    }

    [Fact]
    public async Task Many_callers_share_a_client()
    {
        await using var server = await ApiServer.StartAsync();
        using var client = Client(server, server.Key);

        var created = await Task.WhenAll(Enumerable.Range(0, 200).Select(i => client.ExecuteAsync(new CreateThing($"thing-{i}"))));

        Assert.Equal(200, created.Select(thing => thing.ThingId).Distinct().Count());
    }

    [Fact]
    public async Task A_server_that_went_away_is_named()
    {
        await using var server = await ApiServer.StartAsync();
        var endpoint = server.Endpoint;
        using var client = Client(server, server.Key, attempts: 1);
        await client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken);
        await server.StopAsync();

        var refusal = await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(new ListJobs(), TestContext.Current.CancellationToken));

        Assert.Equal(JobsError.ServiceUnavailable, refusal.Error);
        Assert.Contains(endpoint.Authority, refusal.Message, StringComparison.Ordinal);
    }

    private static JobsHttpClient Client(ApiServer server, SigV4Credentials key, int attempts = 4) => new(
        new() { ControlEndpoint = server.Endpoint, Credentials = _ => new(key), MaxAttempts = attempts }, clock: server.Clock);

    private static async Task<string> Name(JobsHttpClient client) =>
        (await Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(new ListJobs()))).Name;

    private sealed class Story(ApiServer server, JobsHttpClient client)
    {
        private static readonly string Group = ApiServer.Arn + "thinggroup/g";

        public async Task Registry()
        {
            foreach (var name in new[] { "a:1", "b-2", "c_3" })
            {
                await client.ExecuteAsync(new CreateThing(name) { AttributePayload = new() { Attributes = new Dictionary<string, string> { ["site"] = "eu#1" } } });
            }
            await client.ExecuteAsync(new CreateThingGroup("g") { ThingGroupProperties = new() { ThingGroupDescription = "all of them" } });
            await client.ExecuteAsync(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "a:1" });
            await client.ExecuteAsync(new UpdateThingGroupsForThing { ThingName = "b-2", ThingGroupsToAdd = ["g"] });

            await Same(new DescribeThing("a:1"));
            await Same(new DescribeThingGroup("g"));
            await Same(new ListThings { AttributeName = "site", AttributeValue = "eu#1" });
            Assert.Equal(["a:1", "b-2"], (await Same(new ListThingsInThingGroup("g"))).Things);
            await Same(new ListThingGroupsForThing("b-2"));
            await Same(new DescribeEndpoint { EndpointType = "iot:Jobs" });

            var conflict = await Refusal(new UpdateThing("a:1") { ExpectedVersion = 7 });
            Assert.Equal((JobsError.VersionConflict, true), (conflict.Error, conflict.IsVersionMismatch));
            var exists = await Refusal(new CreateThing("a:1") { ThingTypeName = "other" });
            Assert.Equal((JobsError.ResourceAlreadyExists, ApiServer.Arn + "thing/a:1"), (exists.Error, exists.ResourceArn));
            Assert.Equal(JobsError.InvalidRequest, (await Refusal(new CreateThing("no spaces"))).Error);
        }

        public async Task Rollout()
        {
            var created = await client.ExecuteAsync(new CreateJob("010", [Group])
            {
                Document = """{"operation":"update","grüße":"😀"}""",
                Description = "first",
                TargetSelection = TargetSelection.CONTINUOUS,
                JobExecutionsRolloutConfig = new() { MaximumPerMinute = 50 },
                AbortConfig = new() { CriteriaList = [new() { FailureType = JobExecutionFailureType.FAILED, Action = AbortAction.CANCEL, ThresholdPercentage = 12.5m, MinNumberOfExecutedThings = 10 }] },
                TimeoutConfig = new() { InProgressTimeoutInMinutes = 100 },
                Tags = [new() { Key = "team", Value = "fleet" }],
            });
            Assert.Equal(new CreateJobResponse(ApiServer.Arn + "job/010", "010") { Description = "first" }, created);
            await server.Engine.PassTimeAsync();

            Assert.Equal(12.5m, (await Same(new DescribeJob("010"))).Job.AbortConfig!.CriteriaList![0].ThresholdPercentage);
            Assert.Equal("""{"operation":"update","grüße":"😀"}""", (await Same(new GetJobDocument("010"))).Document);
            await client.ExecuteAsync(new UpdateJob("010") { Description = "second" });
            Assert.Equal("second", (await Same(new DescribeJob("010"))).Job.Description);

            var exists = await Refusal(new CreateJob("010", [Group]) { Document = "{}" });
            Assert.Equal((JobsError.ResourceAlreadyExists, "010", ApiServer.Arn + "job/010"), (exists.Error, exists.ResourceId, exists.ResourceArn));
            Assert.Equal(JobsError.ResourceNotFound, (await Refusal(new DescribeJob("011"))).Error);
        }

        public async Task Device()
        {
            await Same(new GetPendingJobExecutions("a:1"));
            Assert.Equal(JobExecutionStatus.QUEUED, (await Same(new DataDescribeJobExecution("$next", "a:1"))).Execution!.Status);
            var started = await client.ExecuteAsync(new StartNextPendingJobExecution("a:1") { StatusDetails = new Dictionary<string, string> { ["step"] = "1" } });
            Assert.Equal(("010", JobExecutionStatus.IN_PROGRESS, 2), (started.Execution!.JobId, started.Execution.Status, started.Execution.VersionNumber));

            var report = new UpdateJobExecution("010", "a:1") { Status = JobExecutionStatus.SUCCEEDED, IncludeJobExecutionState = true };
            var mismatch = await Refusal(report with { ExpectedVersion = 9 });
            Assert.Equal((JobsError.InvalidStateTransition, true, 2), (mismatch.Error, mismatch.IsVersionMismatch, mismatch.ExecutionState!.VersionNumber));
            Assert.Equal("1", mismatch.ExecutionState.StatusDetails!["step"]);
            Assert.Equal(3, (await client.ExecuteAsync(report with { ExpectedVersion = 2 })).ExecutionState!.VersionNumber);
            var ended = await Refusal(report with { ExpectedVersion = 2 });
            Assert.Equal((JobsError.InvalidStateTransition, false, JobExecutionStatus.SUCCEEDED), (ended.Error, ended.IsVersionMismatch, ended.ExecutionState!.Status));
            Assert.Equal(JobsError.TerminalState, (await Refusal(new DataDescribeJobExecution("010", "a:1"))).Error);
            Assert.Equal(JobExecutionStatus.SUCCEEDED, (await Same(new DescribeJobExecution("010", "a:1"))).Execution.Status);
        }

        public async Task Lists()
        {
            var seen = new List<(string?, string, JobExecutionStatus)>();
            var list = new ListJobExecutionsForJob("010") { MaxResults = 1 };
            do
            {
                var page = await Same(list);
                seen.AddRange(page.ExecutionSummaries.Select(line => (line.JobId, line.ThingName, line.Status)));
                list = list with { NextToken = page.NextToken };
            }
            while (list.NextToken is not null);
            Assert.Equal([("010", "a:1", JobExecutionStatus.SUCCEEDED), ("010", "b-2", JobExecutionStatus.QUEUED)], seen.OrderBy(line => line.Item2, StringComparer.Ordinal));

            Assert.Equal("a:1", Assert.Single((await Same(new ListJobExecutionsForThing("a:1") { Status = JobExecutionStatus.SUCCEEDED })).ExecutionSummaries).ThingName);
            Assert.Equal("010", Assert.Single((await Same(new ListJobs { Status = JobStatus.IN_PROGRESS, TargetSelection = TargetSelection.CONTINUOUS })).Jobs).JobId);
            Assert.Equal(JobsError.InvalidRequest, (await Refusal(new ListJobs { NextToken = "damaged" })).Error);
            Assert.Equal(JobsError.InvalidRequest, (await Refusal(new ListJobs { MaxResults = 300 })).Error);
        }

        public async Task CancelAndDelete(string dialect)
        {
            await client.ExecuteAsync(new AssociateTargetsWithJob("010", [ApiServer.Arn + "thing/c_3"]));
            await server.Engine.PassTimeAsync();
            await client.ExecuteAsync(new CancelJobExecution("010", "c_3") { StatusDetails = new Dictionary<string, string> { ["why"] = "test" } });

            await client.ExecuteAsync(new CreateJob("011", [ApiServer.Arn + "thing/c_3"]) { Document = "{}" });
            await server.Engine.PassTimeAsync();
            await client.ExecuteAsync(new StartNextPendingJobExecution("c_3"));
            await client.ExecuteAsync(new UpdateJobExecution("011", "c_3") { Status = JobExecutionStatus.SUCCEEDED });
            await server.Engine.PassTimeAsync();
            Assert.Equal(JobStatus.COMPLETED, (await Same(new DescribeJob("011"))).Job.Status);
            Assert.Equal("011", Assert.Single((await Same(new ListJobs { Status = JobStatus.COMPLETED })).Jobs).JobId);

            var canceled = await client.ExecuteAsync(new CancelJob("010") { Force = true, Comment = "no more", ReasonCode = "R1" });
            Assert.Equal(("010", dialect == "aws" ? ApiServer.Arn + "job/010" : null), (canceled.JobId, canceled.JobArn));
            Assert.Equal(JobsError.InvalidRequest, (await Refusal(new CancelJob("010") { Force = true })).Error);
            await server.Engine.PassTimeAsync();
            Assert.Equal(JobStatus.CANCELED, (await Same(new DescribeJob("010"))).Job.Status);

            await client.ExecuteAsync(new DeleteJobExecution("010", "a:1") { ExecutionNumber = (await Same(new DescribeJobExecution("010", "a:1"))).Execution.ExecutionNumber });
            await client.ExecuteAsync(new DeleteJobExecution("010", "b-2"));
            Assert.Equal("c_3", Assert.Single((await Same(new ListJobExecutionsForJob("010"))).ExecutionSummaries).ThingName);
            Assert.Same(Nothing.Value, await client.ExecuteAsync(new DeleteJob("010")));
            await server.Engine.PassTimeAsync();
            Assert.Equal(JobsError.ResourceNotFound, (await Refusal(new DescribeJob("010"))).Error);
        }

        public async Task Templates()
        {
            await client.ExecuteAsync(new CreateJobTemplate("nightly", "runs at night")
            {
                Document = """{"a":1}""",
                MaintenanceWindows = [new() { StartTime = "cron(0 2 * * ? *)", DurationInMinutes = 60 }],
            });
            Assert.Equal(("nightly", JobsError.Conflict), await Conflict(new CreateJobTemplate("nightly", "again") { Document = "{}" }));
            Assert.Equal(60, Assert.Single((await Same(new DescribeJobTemplate("nightly"))).MaintenanceWindows!).DurationInMinutes);
            await Same(new ListJobTemplates());
            await Same(new ListManagedJobTemplates { MaxResults = 2 });
            Assert.NotEmpty((await Same(new DescribeManagedJobTemplate("AWS-Reboot"))).Document);
            await client.ExecuteAsync(new DeleteJobTemplate("nightly"));
            Assert.Equal(JobsError.ResourceNotFound, (await Refusal(new DescribeJobTemplate("nightly"))).Error);
        }

        public async Task TagsAndEvents()
        {
            var job = ApiServer.Arn + "job/011";
            await client.ExecuteAsync(new TagResource(job, [new ThingTag { Key = "k/ü", Value = "v" }]));
            Assert.Equal(new ThingTag { Key = "k/ü", Value = "v" }, Assert.Single((await Same(new ListTagsForResource(job))).Tags));
            await client.ExecuteAsync(new UntagResource(job, ["k/ü"]));
            Assert.Empty((await Same(new ListTagsForResource(job))).Tags);

            await client.ExecuteAsync(new UpdateEventConfigurations
            {
                EventConfigurations = new Dictionary<string, EventConfiguration?> { ["JOB"] = new() { Enabled = true }, ["THING"] = new() },
            });
            Assert.True((await Same(new DescribeEventConfigurations())).EventConfigurations["JOB"].Enabled);
        }

        /// <summary>What the client answers is what the engine itself does.</summary>
        private async Task<TResponse> Same<TResponse>(Operation<TResponse> operation)
        {
            var answer = await client.ExecuteAsync(operation);
            var own = await server.Engine.As(Caller.Operator("tests")).ExecuteAsync(operation);
            Assert.Equal(Said(own), Said(answer));
            return answer;
        }

        private static string Said<T>(T record) => JsonSerializer.Serialize(record, WireJson.Aws.TypeOf<T>());

        private Task<JobsException> Refusal<TResponse>(Operation<TResponse> operation) =>
            Assert.ThrowsAsync<JobsException>(() => client.ExecuteAsync(operation));

        private async Task<(string?, JobsError)> Conflict<TResponse>(Operation<TResponse> operation)
        {
            var refusal = await Refusal(operation);
            return (refusal.ResourceId, refusal.Error);
        }
    }
}
