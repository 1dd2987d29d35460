using System.Collections.Concurrent;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Wire.Tests.Client;

/// <summary>A clock which does not wait: a pause of less than a minute is over when it begins. Longer ones, such as the time of a try, stand still.</summary>
internal sealed class ImpatientClock() : FakeTimeProvider(DateTimeOffset.FromUnixTimeSeconds(1796119200))
{
    public ConcurrentQueue<TimeSpan> Pauses { get; } = new();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime < TimeSpan.Zero || dueTime >= TimeSpan.FromMinutes(1))
        {
            return base.CreateTimer(callback, state, dueTime, period);
        }
        Pauses.Enqueue(dueTime);
        return base.CreateTimer(callback, state, TimeSpan.Zero, period);
    }
}
