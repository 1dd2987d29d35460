using System.Diagnostics;
using System.Text.Json;

namespace IoTJobsToolkit.Benchmarks.Mqtt;

/// <summary>
/// What devices do with a job: told of it each starts it, half of them by asking for the next one, reports progress, and ends it. Whoever was
/// then told that nothing is left is done.
/// </summary>
internal sealed class JobRun(IReadOnlyList<LoadDevice> devices, string jobId) : IDeviceWatch
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(120);

    private readonly TaskCompletionSource _allDone = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly Dictionary<LoadDevice, Doing> _doings = devices.Select((device, at) => (device, at)).ToDictionary(one => one.device, one => new Doing(one.at % 2 == 0));
    private int _done;

    public void Begin()
    {
        foreach (var device in devices)
        {
            device.Watch = this;
        }
    }

    /// <summary>What all have seen, when all are done or it has lasted too long.</summary>
    public async Task<LoaderAnswer> EndAsync()
    {
        await _allDone.Task.WaitAsync(LongestWait).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Task.WhenAll(devices.Select(device => device.PingAsync())); // What was on its way has come.
        var doings = _doings.Values;
        return new()
        {
            Waits = [.. doings.SelectMany(doing => doing.Waits)],
            Seen = new(
                doings.Count(doing => doing.Step == Step.Ended), doings.Max(doing => doing.EndedAt), doings.Count(doing => doing.Told != 1),
                doings.Count(doing => doing.Numbers is not [1, ..] || doing.Numbers.Distinct().Count() != 1), doings.Sum(doing => doing.Rejected)),
        };
    }

    public void Published(LoadDevice device, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
    {
        var doing = _doings[device];
        if (topic.EndsWith("/rejected"u8))
        {
            doing.Rejected++;
        }
        else if (topic.EndsWith("/notify-next"u8))
        {
            Told(device, doing, payload);
        }
        else if (topic.EndsWith("/accepted"u8))
        {
            Answered(device, doing, payload);
        }
    }

    private void Told(LoadDevice device, Doing doing, ReadOnlySpan<byte> payload)
    {
        if (doing.SawJob(payload, jobId))
        {
            doing.Told++;
            if (doing.Step == Step.Waiting)
            {
                doing.Step = Step.Starting;
                doing.AskedAt = Stopwatch.GetTimestamp();
                device.Publish(doing.AsksForNext ? "start-next" : $"{jobId}/update", doing.AsksForNext ? "{}"u8 : """{"status":"IN_PROGRESS"}"""u8);
            }
            return;
        }
        doing.IsToldNothingIsLeft = true;
        CountDone(doing);
    }

    private void Answered(LoadDevice device, Doing doing, ReadOnlySpan<byte> payload)
    {
        var now = Stopwatch.GetTimestamp();
        doing.Waits.Add((float)Stopwatch.GetElapsedTime(doing.AskedAt, now).TotalMilliseconds);
        doing.AskedAt = now;
        switch (doing.Step)
        {
            case Step.Starting:
                doing.SawJob(payload, jobId);
                doing.Step = Step.Reporting;
                device.Publish($"{jobId}/update", """{"status":"IN_PROGRESS","statusDetails":{"progress":"50"}}"""u8);
                break;
            case Step.Reporting:
                doing.Step = Step.Ending;
                device.Publish($"{jobId}/update", """{"status":"SUCCEEDED"}"""u8);
                break;
            case Step.Ending:
                doing.Step = Step.Ended;
                doing.EndedAt = now;
                CountDone(doing);
                break;
        }
    }

    private void CountDone(Doing doing)
    {
        if (doing is { Step: Step.Ended, IsToldNothingIsLeft: true, IsDone: false })
        {
            doing.IsDone = true;
            if (Interlocked.Increment(ref _done) == devices.Count)
            {
                _allDone.TrySetResult();
            }
        }
    }

    private enum Step
    {
        Waiting,
        Starting,
        Reporting,
        Ending,
        Ended,
    }

    private sealed class Doing(bool asksForNext)
    {
        public bool AsksForNext => asksForNext;

        public Step Step { get; set; }

        public long AskedAt { get; set; }

        public long EndedAt { get; set; }

        /// <summary>How often the device was told that the job is next.</summary>
        public int Told { get; set; }

        public int Rejected { get; set; }

        public bool IsToldNothingIsLeft { get; set; }

        public bool IsDone { get; set; }

        public List<float> Waits { get; } = [];

        /// <summary>Numbers of the executions that the device was shown.</summary>
        public List<long> Numbers { get; } = [];

        /// <summary>Whether a message shows an execution of the job.</summary>
        public bool SawJob(ReadOnlySpan<byte> payload, string jobId)
        {
            using var json = JsonDocument.Parse(payload.ToArray());
            if (!json.RootElement.TryGetProperty("execution", out var execution) || execution.GetProperty("jobId").GetString() != jobId)
            {
                return false;
            }
            Numbers.Add(execution.GetProperty("executionNumber").GetInt64());
            return true;
        }
    }
}
