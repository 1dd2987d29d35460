using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Portal.Vitals;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Vitals;

/// <summary>A pulse over a real engine in memory, whose time the test makes pass.</summary>
public abstract class PulseTest : IAsyncLifetime
{
    /// <summary>Of whatever a test waits for; it costs nothing where all is well.</summary>
    protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    private readonly List<Pulse> _pulses = [];

    protected PulseTest(JobsSettings? settings = null, IJobsStore? store = null) => Fleet = new(Clock, settings, store);

    protected FakeTimeProvider Clock { get; } = new(new(2026, 11, 30, 2, 58, 30, TimeSpan.Zero));

    protected Fleet Fleet { get; }

    protected Pulse Pulse { get; private set; } = null!;

    public async ValueTask InitializeAsync() => Pulse = await StartAsync();

    public async ValueTask DisposeAsync()
    {
        foreach (var pulse in _pulses)
        {
            await pulse.StopAsync(CancellationToken.None);
        }
        Fleet.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Another one, which begins now.</summary>
    protected async Task<Pulse> StartAsync(TimeProvider? clock = null)
    {
        var pulse = new Pulse(Fleet.Engine, clock ?? Clock, NullLogger<Pulse>.Instance) { Capacity = 256 };
        await pulse.StartAsync(TestContext.Current.CancellationToken);
        _pulses.Add(pulse);
        return pulse;
    }

    protected void Pass(double minutes) => Clock.Advance(TimeSpan.FromMinutes(minutes));

    protected Task<PulseSnapshot> SeeAsync(Func<PulseSnapshot, bool> isIt) => SeeAsync(Pulse, isIt);

    /// <summary>Waits until a snapshot shows it.</summary>
    protected static async Task<PulseSnapshot> SeeAsync(Pulse pulse, Func<PulseSnapshot, bool> isIt)
    {
        var until = DateTimeOffset.UtcNow + Deadline;
        while (true)
        {
            var snapshot = pulse.Read();
            if (!snapshot.IsCounting && isIt(snapshot))
            {
                return snapshot;
            }
            Assert.True(DateTimeOffset.UtcNow < until, $"Not seen in time; the last was {snapshot}, {string.Join(", ", snapshot.Troubles)}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    protected static AbortConfig CancelAt(decimal percentage, int minimum) => new()
    {
        CriteriaList =
        [
            new()
            {
                FailureType = JobExecutionFailureType.ALL, Action = AbortAction.CANCEL, ThresholdPercentage = percentage, MinNumberOfExecutedThings = minimum,
            },
        ],
    };
}
