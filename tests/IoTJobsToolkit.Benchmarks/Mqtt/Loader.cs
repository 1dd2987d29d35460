using System.Net;
using System.Text.Json;

namespace IoTJobsToolkit.Benchmarks.Mqtt;

/// <summary>The other side of the network, in a process of its own: does what it is told by lines, until there are no more.</summary>
internal static class Loader
{
    public const string Argument = "mqtt-loader";
    private const int ConnectingAtOnce = 64;

    public static JsonSerializerOptions Json { get; } = new() { IncludeFields = true };

    public static async Task RunAsync(TextReader commands, TextWriter answers)
    {
        var fleets = new Dictionary<string, LoadDevice[]>();
        JobRun? run = null;
        while (await commands.ReadLineAsync() is { } line)
        {
            LoaderAnswer answer;
            try
            {
                var command = JsonSerializer.Deserialize<LoaderCommand>(line, Json)!;
                answer = await DoAsync(command);
            }
            catch (Exception fault)
            {
                answer = new() { Error = fault.ToString() };
            }
            await answers.WriteLineAsync(JsonSerializer.Serialize(answer, Json));
            await answers.FlushAsync();
        }

        async Task<LoaderAnswer> DoAsync(LoaderCommand command)
        {
            switch (command.Verb)
            {
                case LoaderVerb.Connect:
                    var devices = fleets[command.Fleet] = [.. command.Devices.Select(device => new LoadDevice(device.Thing, device.Token))];
                    var server = new IPEndPoint(IPAddress.Loopback, command.Port);
                    await Parallel.ForEachAsync(
                        devices, new ParallelOptions { MaxDegreeOfParallelism = ConnectingAtOnce }, async (device, _) => await device.ConnectAsync(server));
                    return new();
                case LoaderVerb.Leave:
                    fleets.Remove(command.Fleet, out var leaving);
                    Array.ForEach(leaving!, device => device.Dispose());
                    return new();
                case LoaderVerb.Get:
                    var gets = fleets[command.Fleet].ToDictionary(device => device, device => Packets.PublishOnce($"{device.Topics}get", "{}"u8));
                    return await new ClosedLoop(fleets[command.Fleet], device => device.Send(gets[device]), "/get").RunAsync(command.InFlight, command.Seconds);
                case LoaderVerb.Update:
                    var updates = fleets[command.Fleet].ToDictionary(device => device, device => Packets.PublishAcknowledged(
                        $"{device.Topics}{command.JobId}/update", """{"status":"IN_PROGRESS","statusDetails":{"progress":"50"}}"""u8, id: 1));
                    return await new ClosedLoop(fleets[command.Fleet], device => device.Repeat(updates[device]), "/update").RunAsync(command.InFlight, command.Seconds);
                case LoaderVerb.BeginJob:
                    run = new(fleets[command.Fleet], command.JobId);
                    run.Begin();
                    return new();
                case LoaderVerb.EndJob:
                    return await run!.EndAsync();
                default:
                    throw new NotSupportedException($"The loader cannot {command.Verb}.");
            }
        }
    }
}
