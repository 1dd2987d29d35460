using Bunit;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Portal.Components.Watch;
using IoTJobsToolkit.Portal.Vitals;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>The start page, with time that the test makes pass.</summary>
public abstract class WatchTest : PageTest
{
    protected WatchTest(IJobsStore? store = null)
        : this(new FakeTimeProvider(new(2026, 11, 30, 3, 0, 0, TimeSpan.Zero)), store)
    {
    }

    private WatchTest(FakeTimeProvider clock, IJobsStore? store)
        : base(fleet: new(clock, new(), store)) => Clock = clock;

    protected FakeTimeProvider Clock { get; }

    protected void Pass(double minutes) => Clock.Advance(TimeSpan.FromMinutes(minutes));

    /// <summary>The page, once it would show this.</summary>
    protected async Task<IRenderedComponent<NowPage>> OpenAsync(Func<PulseSnapshot, bool> isIt)
    {
        await SeeAsync(isIt);
        return Render<NowPage>();
    }

    protected async Task SeeAsync(Func<PulseSnapshot, bool> isIt)
    {
        var pulse = Services.GetRequiredService<Pulse>();
        var until = DateTimeOffset.UtcNow + Deadline;
        while (!isIt(pulse.Read()))
        {
            Assert.True(DateTimeOffset.UtcNow < until, "Not seen in time.");
            await Task.Delay(5, Xunit.TestContext.Current.CancellationToken);
        }
    }

    /// <summary>Lets an open page paint until it holds.</summary>
    protected async Task PaintsAsync<T>(IRenderedComponent<T> page, Func<bool> isIt)
        where T : Microsoft.AspNetCore.Components.IComponent
    {
        var until = DateTimeOffset.UtcNow + Deadline;
        while (!await page.InvokeAsync(IsPainted))
        {
            Assert.True(DateTimeOffset.UtcNow < until, page.Markup);
            Clock.Advance(TimeSpan.FromMilliseconds(250));
            await Task.Delay(5, Xunit.TestContext.Current.CancellationToken);
        }

        bool IsPainted()
        {
            try
            {
                return isIt();
            }
            catch (ElementNotFoundException)
            {
                return false; // Not painted yet.
            }
        }
    }

    protected static AbortConfig CancelAt(decimal percentage, int minimum) => new()
    {
        CriteriaList =
        [
            new()
            {
                FailureType = JobExecutionFailureType.FAILED, Action = AbortAction.CANCEL, ThresholdPercentage = percentage, MinNumberOfExecutedThings = minimum,
            },
        ],
    };
}
