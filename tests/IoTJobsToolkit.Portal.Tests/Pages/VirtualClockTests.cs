using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Layout;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components.Web;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>The bar of a portal whose jobs go by a clock that can be moved; the pages are paced by the real one, which goes on.</summary>
public sealed class VirtualClockTests : PageTest
{
    private static readonly DateTimeOffset Start = new(2026, 12, 1, 10, 0, 0, TimeSpan.Zero);

    public VirtualClockTests()
        : base(TimeProvider.System, new(new VirtualClock(new FakeTimeProvider(Start))))
    {
    }

    private IRenderedComponent<VirtualClockBar> Open(AccessRole role = AccessRole.ADMINISTRATOR) =>
        Render<VirtualClockBar>(parameters => parameters.AddCascadingValue(new Viewer("ops", role, TimeZoneInfo.Utc)));

    private static async Task PressAsync(IRenderedComponent<VirtualClockBar> bar, string button)
    {
        Eventually(bar, () => Assert.DoesNotContain(bar.FindAll("button"), found => found.HasAttribute("disabled") && found.TextContent == button));
        await bar.InvokeAsync(() => bar.FindAll("button").Single(found => found.TextContent == button).TriggerEventAsync("onclick", new MouseEventArgs()));
    }

    [Fact]
    public async Task It_is_stopped_set_ahead_and_led_from_event_to_event()
    {
        var things = await Fleet.AddThingsAsync(3);
        await Fleet.RunAsync(new CreateJob("slow", [.. things.Select(Fleet.ThingArn)]) { Document = "{}", JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        var bar = Open();
        Eventually(bar, () => Assert.Contains("2026-12-01 10:00:00 UTC goes with the real time next event 2026-12-01 10:01:00 UTC", TextOf(bar, ".clock-bar p"), StringComparison.Ordinal));

        await PressAsync(bar, "Freeze");
        Eventually(bar, () => Assert.Contains("stands still", TextOf(bar, ".clock-bar p"), StringComparison.Ordinal));
        await PressAsync(bar, "Next event");
        Eventually(bar, () => Assert.Contains("10:01:00 UTC stands still next event 2026-12-01 10:02:00 UTC", TextOf(bar, ".clock-bar p"), StringComparison.Ordinal));
        Assert.Equal(2, (await Fleet.JobAsync("slow")).JobProcessDetails.NumberOfQueuedThings);
        await PressAsync(bar, "+1 h");
        Eventually(bar, () => Assert.Contains("11:01:00 UTC stands still nothing is to come by itself", TextOf(bar, ".clock-bar p"), StringComparison.Ordinal));
        Assert.Equal(3, (await Fleet.JobAsync("slow")).JobProcessDetails.NumberOfQueuedThings);
        await PressAsync(bar, "60 times");
        Assert.Equal(60, (await Fleet.RunAsync(new DescribeClock())).Rate);
    }

    [Fact]
    public void Who_may_not_move_it_sees_it()
    {
        var bar = Open(AccessRole.OPERATOR);

        Eventually(bar, () => Assert.Contains("goes with the real time", TextOf(bar, ".clock-bar p"), StringComparison.Ordinal));
        Assert.Empty(bar.FindAll("button"));
    }
}
