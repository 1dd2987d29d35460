using System.Collections.Concurrent;
using IoTJobsToolkit.Server.Mqtt.External;
using IoTJobsToolkit.Server.Mqtt.Jobs;
using IoTJobsToolkit.Wire.Mqtt;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Server.Tests.Mqtt.External;

/// <summary>With answers that the test gives.</summary>
public sealed class ExternalOrderTests : ExternalTest
{
    private readonly ConcurrentDictionary<string, TaskCompletionSource> _asked = new();

    [Fact]
    public async Task A_thing_is_told_after_the_answer_to_what_was_asked_before()
    {
        var server = await ConnectServerAsync(Held);
        var device = await ListeningDeviceAsync("T");
        await device.PublishAsync("$aws/things/T/jobs/1/get");
        await UntilAsync(() => _asked.ContainsKey("$aws/things/T/jobs/1/get"));

        await server.CreateJob("J", "T");
        await EmptyAsync(server);
        Assert.False(device.HasMessage);
        Answer("$aws/things/T/jobs/1/get");

        Assert.Equal(["1/get/accepted", "notify", "notify-next"], await NextAsync(device, 3));
    }

    [Fact]
    public async Task A_request_that_takes_its_time_keeps_neither_another_thing_nor_the_next_request()
    {
        await ConnectServerAsync(Held);
        var (device, other) = (await ListeningDeviceAsync("T"), await ListeningDeviceAsync("U"));
        await device.PublishAsync("$aws/things/T/jobs/1/get");
        await device.PublishAsync("$aws/things/T/jobs/2/get");
        await other.PublishAsync("$aws/things/U/jobs/1/get");

        Answer("$aws/things/U/jobs/1/get");
        Assert.Equal(["1/get/accepted"], await NextAsync(other, 1));
        Answer("$aws/things/T/jobs/2/get");
        Assert.Equal(["2/get/accepted"], await NextAsync(device, 1));
    }

    [Fact]
    public async Task A_thing_that_asks_too_much_is_refused_and_others_are_not()
    {
        await ConnectServerAsync(Held);
        var (device, other) = (await ListeningDeviceAsync("T"), await ListeningDeviceAsync("U"));
        for (var i = 0; i <= AskingThing.MostWaiting; i++)
        {
            await device.PublishAsync($"$aws/things/T/jobs/{i}/get", """{"clientToken":"c"}""");
        }

        Assert.Matches("^\\$aws/things/T/jobs/100/get/rejected \\{\"code\":\"RequestThrottled\".*\"clientToken\":\"c\"", await device.NextTextAsync());
        await UntilAsync(() => _asked.Count >= AskingThing.MostAtOnce);
        Assert.Equal(AskingThing.MostAtOnce, _asked.Count);
        Answer("$aws/things/U/jobs/1/get");
        await other.PublishAsync("$aws/things/U/jobs/1/get");
        Assert.Equal(["1/get/accepted"], await NextAsync(other, 1));
        for (var i = 0; i < AskingThing.MostWaiting; i++)
        {
            Answer($"$aws/things/T/jobs/{i}/get");
        }
        Assert.Equal(AskingThing.MostWaiting, (await NextAsync(device, AskingThing.MostWaiting)).Distinct().Count());
    }

    [Fact]
    public async Task Two_servers_share_what_is_asked()
    {
        var (first, second) = (0, 0);
        await ConnectServerAsync(services => services.AddSingleton(Counted(() => Interlocked.Increment(ref first))));
        await ConnectServerAsync(services => services.AddSingleton(Counted(() => Interlocked.Increment(ref second))));
        var device = await ListeningDeviceAsync("T");

        for (var i = 0; i < 40; i++)
        {
            await device.PublishAsync($"$aws/things/T/jobs/{i}/get");
        }

        Assert.Equal(40, (await NextAsync(device, 40)).Distinct().Count());
        Assert.Equal(40, first + second);
        Assert.True(first > 0 && second > 0, $"{first} and {second}");
    }

    [Fact]
    public async Task When_one_of_two_servers_stops_it_answers_what_it_has_and_the_other_one_answers_the_rest()
    {
        var leaving = await ConnectServerAsync(Held);
        await ConnectServerAsync(services => services.AddSingleton(Counted(() => { })));
        var device = await ListeningDeviceAsync("T");
        for (var i = 0; _asked.IsEmpty; i++)
        {
            await device.PublishAsync($"$aws/things/T/jobs/a{i}/get");
            await UntilAsync(() => device.HasMessage || !_asked.IsEmpty);
            if (device.HasMessage)
            {
                await device.NextAsync();
            }
        }

        var stopping = leaving.BeginStop();
        await UntilAsync(() => leaving.Services.GetRequiredService<BrokerService>().HasLeftGroup);
        for (var i = 0; i < 10; i++)
        {
            await device.PublishAsync($"$aws/things/T/jobs/b{i}/get");
        }
        Assert.All(await NextAsync(device, 10), answer => Assert.StartsWith("b", answer, StringComparison.Ordinal));
        Answer(_asked.Keys.Single());

        Assert.StartsWith("a", Assert.Single(await NextAsync(device, 1)), StringComparison.Ordinal);
        await stopping.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken);
    }

    private static AnswerRequest Counted(Action count) => (_, topic, _) =>
    {
        count();
        return ValueTask.FromResult<MqttMessage?>(new($"{topic}/accepted", "{}"u8.ToArray()));
    };

    private static Task EmptyAsync(ApiServer server) =>
        server.Services.GetRequiredService<BrokerOutbox>().WhenEmptyAsync(TestContext.Current.CancellationToken);

    private static async Task<List<string>> NextAsync(TestClient device, int count)
    {
        List<string> next = [];
        while (next.Count < count)
        {
            next.Add((await device.NextAsync()).Topic.Split("/jobs/")[1]);
        }
        return next;
    }

    private void Held(IServiceCollection services) => services.AddSingleton<AnswerRequest>(async (_, topic, _) =>
    {
        await Asked(topic).Task;
        return new MqttMessage($"{topic}/accepted", "{}"u8.ToArray());
    });

    private void Answer(string topic) => Asked(topic).TrySetResult();

    private TaskCompletionSource Asked(string topic) => _asked.GetOrAdd(topic, _ => new(TaskCreationOptions.RunContinuationsAsynchronously));
}
