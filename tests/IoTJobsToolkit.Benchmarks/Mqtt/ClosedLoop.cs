using System.Diagnostics;

namespace IoTJobsToolkit.Benchmarks.Mqtt;

/// <summary>
/// Requests of devices, so many under way at one time: with each answer another device asks, until all have had their turn, and again.
/// </summary>
internal sealed class ClosedLoop(IReadOnlyList<LoadDevice> devices, Action<LoadDevice> ask, string answer)
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(60);

    private readonly byte[] _accepted = [.. System.Text.Encoding.UTF8.GetBytes($"{answer}/accepted")];
    private readonly byte[] _rejected = [.. System.Text.Encoding.UTF8.GetBytes($"{answer}/rejected")];

    public async Task<LoaderAnswer> RunAsync(int inFlight, double seconds)
    {
        var end = Stopwatch.GetTimestamp() + (long)(seconds * Stopwatch.Frequency);
        var watch = Stopwatch.StartNew();
        var lanes = Enumerable.Range(0, inFlight).Select(number => new Lane(this, [.. devices.Where((_, at) => at % inFlight == number)], end)).ToList();
        lanes.ForEach(lane => lane.Go());
        await Task.WhenAll(lanes.Select(lane => lane.Ended)).WaitAsync(LongestWait + TimeSpan.FromSeconds(seconds));
        var waits = lanes.SelectMany(lane => lane.Waits).ToArray();
        return new() { Rate = waits.Length / watch.Elapsed.TotalSeconds, Waits = waits, Sample = lanes[0].Sample };
    }

    private sealed class Lane(ClosedLoop loop, LoadDevice[] devices, long end) : IDeviceWatch
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private LoadDevice? _asking;
        private int _next;
        private long _askedAt;

        public List<float> Waits { get; } = [];

        public byte[] Sample { get; private set; } = [];

        public Task Ended => _ended.Task;

        public void Go()
        {
            var device = devices[_next];
            _next = (_next + 1) % devices.Length;
            device.Watch = this;
            _asking = device;
            _askedAt = Stopwatch.GetTimestamp();
            loop.Ask(device);
        }

        public void Published(LoadDevice device, ReadOnlySpan<byte> topic, ReadOnlySpan<byte> payload)
        {
            if (topic.EndsWith(loop._rejected))
            {
                _ended.TrySetException(new InvalidOperationException($"A request of {device.Name} was rejected: {System.Text.Encoding.UTF8.GetString(payload)}"));
                return;
            }
            if (!topic.EndsWith(loop._accepted) || !ReferenceEquals(_asking, device))
            {
                return; // Told, not answered.
            }
            Waits.Add((float)Stopwatch.GetElapsedTime(_askedAt).TotalMilliseconds);
            device.Watch = null;
            if (Stopwatch.GetTimestamp() >= end)
            {
                Sample = payload.ToArray();
                _ended.TrySetResult();
                return;
            }
            Go();
        }
    }

    private void Ask(LoadDevice device) => ask(device);
}
