using System.Diagnostics;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Components.Watch;
using IoTJobsToolkit.Portal.Vitals;
using Microsoft.Extensions.Logging.Abstractions;

namespace IoTJobsToolkit.Portal.Tests.Vitals;

/// <summary>Measures, so that nothing else of these tests runs meanwhile.</summary>
[CollectionDefinition(nameof(PulseLoadTests), DisableParallelization = true)]
[Collection(nameof(PulseLoadTests))]
public sealed class PulseLoadTests
{
    private const int Pages = 200;
    private const int Reporters = 64;
    private const int Turns = 5;

    /// <summary>Longer than so many pages wait for their next paint, on a machine that does nothing else.</summary>
    private static readonly TimeSpan Phase = TimeSpan.FromMilliseconds(1200);

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Two_hundred_open_pages_do_not_slow_the_writer()
    {
        using var fleet = new Fleet();
        var things = await fleet.AddThingsAsync(Reporters);
        await fleet.AddJobAsync("fw", things);
        var pulse = new Pulse(fleet.Engine, fleet.Clock, NullLogger<Pulse>.Instance);
        await pulse.StartAsync(TestContext.Current.CancellationToken);
        await WriteAsync(fleet, things, () => true); // Until all is compiled.
        var paints = 0;

        // In turns, each with its own measure: what else the machine does slows both.
        var turns = new List<(double Without, double With)>();
        for (var turn = 0; turn < Turns; turn++)
        {
            var without = await WriteAsync(fleet, things, () => true);
            var enough = Volatile.Read(ref paints) + 2 * Pages;
            var pages = Enumerable.Range(0, Pages).Select(_ => pulse.Watch(Paint)).ToList();
            turns.Add((without, await WriteAsync(fleet, things, () => Volatile.Read(ref paints) >= enough)));
            pages.ForEach(page => page.Dispose());
        }
        await pulse.StopAsync(CancellationToken.None);

        var shares = turns.Select(turn => turn.With / turn.Without).Order().ToList();
        var figures = $"reports a second without and with {Pages} pages: {string.Join(", ", turns.Select(turn => $"{turn.Without:N0} and {turn.With:N0}"))}; {paints} paints";
        TestContext.Current.TestOutputHelper?.WriteLine(figures);
        Assert.True(paints >= Turns * 2 * Pages, figures); // More than the first of each page.
        Assert.True(shares[Turns / 2] >= 0.4, figures);

        Task Paint(PulseSnapshot snapshot)
        {
            // The words of a page, of which no two are shared.
            var words = snapshot.Troubles.Select(trouble => TroubleWords.Of(trouble, snapshot.At).Cause)
                .Concat(snapshot.Running.Select(job => job.Counts.Sentence()))
                .Concat(snapshot.LastHour.Succeeded.Select(count => ((long)count).Figure()))
                .ToList();
            Assert.NotEmpty(words);
            Interlocked.Increment(ref paints);
            return Task.CompletedTask;
        }
    }

    /// <summary>Devices report as fast as they are answered, until that is enough; how many reports a second that is.</summary>
    private static async Task<double> WriteAsync(Fleet fleet, string[] things, Func<bool> isEnough)
    {
        var watch = Stopwatch.StartNew();
        var reports = await Task.WhenAll(things.Select(thing => Task.Run(async () =>
        {
            var (device, count) = (fleet.Engine.As(Caller.Device(thing)), 0);
            for (; watch.Elapsed < Phase || !isEnough() && watch.Elapsed < Deadline; count++)
            {
                await device.ExecuteAsync(new UpdateJobExecution("fw", thing) { Status = JobExecutionStatus.IN_PROGRESS }, CancellationToken.None);
            }
            return count;
        })));
        return reports.Sum() / watch.Elapsed.TotalSeconds;
    }
}
