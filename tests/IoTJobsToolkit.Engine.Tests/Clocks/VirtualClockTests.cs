using IoTJobsToolkit.Engine.Clocks;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Engine.Tests.Clocks;

public sealed class VirtualClockTests
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    private readonly FakeTimeProvider _real = new(Start);
    private readonly VirtualClock _clock;

    public VirtualClockTests() => _clock = new(_real);

    [Fact]
    public void It_begins_at_the_real_time_and_goes_with_it()
    {
        _real.Advance(TimeSpan.FromSeconds(90));

        Assert.Equal(Start.AddSeconds(90), _clock.GetUtcNow());
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0.5, 30)]
    [InlineData(60, 3_600)]
    [InlineData(1_000_000, 60_000_000)]
    public void It_goes_at_its_rate_from_where_it_was(double rate, double seconds)
    {
        _real.Advance(TimeSpan.FromHours(1));
        _clock.Become(_clock.Next(null, rate));
        _real.Advance(TimeSpan.FromMinutes(1));

        Assert.Equal(Start.AddHours(1).AddSeconds(seconds), _clock.GetUtcNow());
        Assert.Equal(TimeSpan.FromMinutes(1), _clock.GetElapsedTime(_real.GetTimestamp() - TimeSpan.FromMinutes(1).Ticks));
    }

    [Fact]
    public void It_never_goes_back()
    {
        _clock.Become(_clock.Next(Start.AddDays(1), null));
        _clock.Become(_clock.Next(Start.AddHours(1), null));

        Assert.Equal(Start.AddDays(1), _clock.GetUtcNow());
    }

    [Fact]
    public void It_ends_where_calendars_end()
    {
        _clock.Become(_clock.Next(Start.AddYears(6_000), 1_000_000));
        _real.Advance(TimeSpan.FromDays(365 * 1_000));

        Assert.Equal(9_000, _clock.GetUtcNow().Year);
    }

    [Fact]
    public void A_timer_runs_out_at_its_time_however_that_comes()
    {
        var rung = 0;
        using var timer = _clock.CreateTimer(_ => rung++, null, TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        _real.Advance(TimeSpan.FromMinutes(59));
        Assert.Equal(0, rung);
        _clock.Become(_clock.Next(null, 0));
        _real.Advance(TimeSpan.FromDays(3));
        Assert.Equal(0, rung); // It stands still.

        _clock.Become(_clock.Next(null, 60));
        _real.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, rung);
        timer.Change(TimeSpan.FromHours(1), Timeout.InfiniteTimeSpan);
        _clock.Become(_clock.Next(_clock.GetUtcNow().AddHours(2), 0));
        _real.Advance(TimeSpan.Zero);
        Assert.Equal(2, rung);
    }

    [Fact]
    public void A_timer_far_away_is_waited_for_in_turns_and_a_disposed_one_never_rings()
    {
        var rung = 0;
        var timer = _clock.CreateTimer(_ => rung++, null, TimeSpan.FromDays(40), TimeSpan.FromDays(1));
        _real.Advance(TimeSpan.FromDays(39.9));
        Assert.Equal(0, rung);
        _real.Advance(TimeSpan.FromDays(1.2));
        Assert.Equal(2, rung);

        timer.Dispose();
        Assert.False(timer.Change(TimeSpan.FromSeconds(1), Timeout.InfiniteTimeSpan));
        _real.Advance(TimeSpan.FromDays(9));
        Assert.Equal(2, rung);
    }
}
