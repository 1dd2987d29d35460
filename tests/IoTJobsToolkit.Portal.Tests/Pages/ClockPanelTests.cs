using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Portal.Components.Settings;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class ClockPanelTests : PageTest
{
    private readonly FakeTimeProvider _time;

    public ClockPanelTests()
        : this(new(new(2026, 11, 30, 20, 0, 0, TimeSpan.Zero)))
    {
    }

    private ClockPanelTests(FakeTimeProvider time)
        : base(time) => _time = time;

    private IRenderedComponent<ClockPanel> Show() => Render<CascadingValue<Viewer>>(value => value
        .Add(cascading => cascading.Value, new Viewer("ada", AccessRole.VIEWER, TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam")))
        .AddChildContent<ClockPanel>()).FindComponent<ClockPanel>();

    [Theory]
    [InlineData(0.4, "agrees with the server", false)]
    [InlineData(-4, "4 s behind the server", false)]
    [InlineData(-6, "6 s behind the server", true)]
    [InlineData(3_725, "1 h 2 min ahead of the server", true)]
    public async Task The_browsers_clock_is_compared_with_the_servers(double seconds, string words, bool isWarned)
    {
        JSInterop.Setup<double>("Date.now").SetResult(_time.GetUtcNow().AddSeconds(seconds).ToUnixTimeMilliseconds());
        var page = Show(); // Asked with its first paint, before time goes on.

        await UntilAsync(page, words);
        Assert.Equal(isWarned, page.FindAll(".warn").Count == 1);
        Assert.Contains("Europe/Amsterdam", TextOf(page, "dl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_goes_on()
    {
        JSInterop.Setup<double>("Date.now").SetResult(0);
        var page = Show();

        await UntilAsync(page, "20:00:03 UTC");
    }

    /// <summary>Lets time pass until the panel says so; each look comes after a paint.</summary>
    private async Task UntilAsync(IRenderedComponent<ClockPanel> page, string words)
    {
        var deadline = DateTimeOffset.UtcNow.AddSeconds(20);
        while (!TextOf(page, "dl").Contains(words, StringComparison.Ordinal) && DateTimeOffset.UtcNow < deadline)
        {
            await Task.Yield();
            _time.Advance(TimeSpan.FromMilliseconds(250));
        }
        Assert.Contains(words, TextOf(page, "dl"), StringComparison.Ordinal);
    }
}
