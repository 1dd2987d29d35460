using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Nodes;
using IoTJobsToolkit.Server.Notifications;

namespace IoTJobsToolkit.Server.Tests.Notifications;

/// <summary>From the call that makes a rule to what its receiver gets, and what becomes of it where he does not take it.</summary>
public sealed class WebhookTests
{
    [Fact]
    public async Task What_happens_reaches_the_receiver_signed_with_the_secret_that_was_shown_once()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await ApiServer.StartAsync();
        var secret = await Rule(server, receiver.Url, "JOB_CREATED");

        await server.CreateJob("fw", "lamp-1");
        var webhook = await receiver.NextAsync();

        Assert.Equal("job.created", (string)JsonNode.Parse(webhook.Body)!["type"]!);
        Assert.Equal("fw", (string)JsonNode.Parse(webhook.Body)!["data"]!["jobId"]!);
        Assert.Equal($"{server.Clock.GetUtcNow().ToUnixTimeSeconds()}", webhook.Timestamp);
        var key = Convert.FromBase64String(secret["whsec_".Length..]);
        Assert.Equal($"v1,{Convert.ToBase64String(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{webhook.Id}.{webhook.Timestamp}.{webhook.Body}")))}", webhook.Signature);
        await Until(server, rule => rule["lastDeliveredAt"] is not null);
        Assert.Empty((await server.Control("GET /toolkit/notification-deliveries")).IsOk().Json["deliveries"]!.AsArray());
        Assert.DoesNotContain(secret, (await server.Control("GET /toolkit/notification-rules")).IsOk().Body, StringComparison.Ordinal);
    }

    /// <summary>The example of the specification.</summary>
    [Fact]
    public void The_signature_is_that_of_the_standard() => Assert.Equal(
        "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
        WebhookSender.Signature("whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw", "msg_p5jXN8AQM9LWM0D4loKWxJek", "1614265330", """{"test": 2432232314}"""));

    [Fact]
    public async Task What_is_not_taken_comes_again_under_the_same_id_when_it_is_due()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await ApiServer.StartAsync();
        await Rule(server, receiver.Url, "JOB_CREATED");
        receiver.Status = 302;

        await server.CreateJob("fw", "lamp-1");
        var first = await receiver.NextAsync();
        var failed = await Until(server, rule => rule["lastFailedAt"] is not null);
        Assert.Equal("The receiver answered 302 Found.", (string)failed["lastError"]!);
        Assert.False(receiver.HasMore);

        receiver.Status = 200;
        server.Clock.Advance(TimeSpan.FromSeconds(5));
        var second = await receiver.NextAsync();
        Assert.Equal((first.Id, first.Body, "/hooks/path-with-secret"), (second.Id, second.Body, second.Path));
        await Until(server, rule => (int)rule["waitingDeliveries"]! == 0);
    }

    [Fact]
    public async Task Where_jobs_go_by_a_virtual_clock_it_is_due_by_that_and_signed_with_the_real_time()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await ApiServer.StartAsync("--Jobs:Clock=virtual");
        await Rule(server, receiver.Url, "JOB_CREATED");
        (await server.Control("PUT /toolkit/clock", """{"rate":0}""")).IsOk();
        (await server.Control("POST /toolkit/clock/advance", """{"seconds":86400}""")).IsOk();
        receiver.Status = 500;
        await server.CreateJob("fw", "lamp-1");
        var first = await receiver.NextAsync();
        Assert.Equal($"{server.Clock.GetUtcNow().ToUnixTimeSeconds()}", first.Timestamp);
        await Until(server, rule => rule["lastFailedAt"] is not null);

        receiver.Status = 200;
        (await server.Control("POST /toolkit/clock/advance", """{"seconds":60}""")).IsOk();
        var second = receiver.NextAsync();
        while (!second.IsCompleted)
        {
            server.Clock.Advance(TimeSpan.FromSeconds(1)); // It looks at a clock that is moved once a second.
            await Task.WhenAny(second, Task.Delay(20, TestContext.Current.CancellationToken));
        }

        Assert.Equal(first.Id, (await second).Id);
    }

    [Fact]
    public async Task A_receiver_that_does_not_answer_keeps_nobody_for_longer_than_its_time()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await ApiServer.StartAsync();
        await Rule(server, receiver.Url, "JOB_CREATED");
        receiver.Gate = new(TaskCreationOptions.RunContinuationsAsynchronously);

        var test = server.Control("POST /toolkit/notification-rules/hook/test");
        await receiver.NextAsync();
        server.Clock.Advance(NotificationSender.Patience);

        var answer = (await test).IsOk().Json;
        Assert.Equal((false, "The receiver has not answered within 15 s."), ((bool)answer["delivered"]!, (string)answer["error"]!));
    }

    [Fact]
    public async Task A_test_arrives_at_once_and_one_that_does_not_says_why_without_the_path()
    {
        var receiver = await WebhookReceiver.StartAsync();
        await using var server = await ApiServer.StartAsync();
        await Rule(server, receiver.Url, "JOB_CREATED");

        Assert.True((bool)(await server.Control("POST /toolkit/notification-rules/hook/test")).IsOk().Json["delivered"]!);
        Assert.Contains("\"type\":\"test\"", (await receiver.NextAsync()).Body, StringComparison.Ordinal);

        await receiver.DisposeAsync();
        var failed = (await server.Control("POST /toolkit/notification-rules/hook/test")).IsOk();
        Assert.Equal("The receiver cannot be reached: ConnectionRefused.", (string)failed.Json["error"]!);
    }

    [Fact]
    public async Task What_was_not_sent_before_the_end_is_sent_after_the_next_start()
    {
        await using var receiver = await WebhookReceiver.StartAsync();
        receiver.Status = 500;
        await using var first = await ApiServer.StartAsync();
        await Rule(first, receiver.Url, "JOB_CREATED");
        await first.CreateJob("fw", "lamp-1");
        var before = await receiver.NextAsync();
        await Until(first, rule => rule["lastFailedAt"] is not null);
        await first.StopAsync();

        receiver.Status = 200;
        await using var second = await ApiServer.StartAsync(first.Store, $"--Jobs:DatabasePath={first.DatabasePath}");
        second.Clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal(before.Id, (await receiver.NextAsync()).Id);
    }

    [Fact]
    public async Task No_address_and_no_secret_gets_into_the_log()
    {
        var log = new LogLines();
        await using var receiver = await WebhookReceiver.StartAsync();
        await using var server = await ApiServer.StartWithAsync(_ => { }, log, null);
        var secret = await Rule(server, receiver.Url, "JOB_CREATED");
        await server.CreateJob("fw", "lamp-1");
        await receiver.NextAsync();
        await Until(server, rule => rule["lastDeliveredAt"] is not null);

        Assert.DoesNotContain(log.All, line => line.Contains("path-with-secret", StringComparison.Ordinal) || line.Contains(secret, StringComparison.Ordinal));
    }

    private static async Task<string> Rule(ApiServer server, string url, string what) => (string)(await server.Control(
        "POST /toolkit/notification-rules", $$"""{"ruleName":"hook","events":["{{what}}"],"url":"{{url}}"}""")).IsOk().Json["secret"]!;

    /// <summary>The rule once it is so.</summary>
    private static async Task<JsonNode> Until(ApiServer server, Func<JsonNode, bool> isSo)
    {
        using var deadline = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var rule = (await server.Control("GET /toolkit/notification-rules?ruleName=hook")).IsOk().Json["rules"]!.AsArray()[0]!;
            if (isSo(rule))
            {
                return rule;
            }
            deadline.Token.ThrowIfCancellationRequested();
        }
    }
}
