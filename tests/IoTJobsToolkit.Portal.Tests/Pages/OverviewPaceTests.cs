using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Jobs;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class OverviewPaceTests : PageTest
{
    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(250);

    private readonly FakeTimeProvider _clock;
    private readonly FailingJobs _door = new();

    public OverviewPaceTests()
        : this(new())
    {
    }

    private OverviewPaceTests(FakeTimeProvider clock)
        : base(clock) => _clock = clock;

    protected override IJobs Door(IJobs jobs)
    {
        _door.Inner = jobs;
        return _door;
    }

    [Fact]
    public async Task Looking_for_a_text_takes_no_more_than_a_tenth_of_the_time()
    {
        var things = await Fleet.AddThingsAsync(1);
        var list = Render<JobsList>(parameters => parameters.Add(l => l.Filter, new(Text: "wave")));
        _clock.Advance(Step);
        var reads = 0;
        _door.Before = operation =>
        {
            if (operation is ListJobs)
            {
                Interlocked.Increment(ref reads);
                _clock.Advance(TimeSpan.FromMilliseconds(100)); // What reading takes.
            }
            return Task.CompletedTask;
        };
        var began = _clock.GetUtcNow();

        for (var i = 1; i <= 24; i++)
        {
            await Fleet.AddJobAsync($"wave-{i}", things);
            _clock.Advance(Step);
        }
        var deadline = DateTimeOffset.UtcNow.AddSeconds(20);
        while (TextsOf(list, "td.job a").Count < 24 && DateTimeOffset.UtcNow < deadline)
        {
            await Task.Yield();
            _clock.Advance(Step);
        }

        Assert.Equal(24, TextsOf(list, "td.job a").Count);
        Assert.InRange(reads, 1, 1 + (_clock.GetUtcNow() - began) / TimeSpan.FromSeconds(1));
    }
}
