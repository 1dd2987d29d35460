using System.Text.RegularExpressions;
using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Portal.Components.Settings;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed partial class ClockPanelTests : PageTest
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

        await UntilAsync(page, text => text.Contains(words, StringComparison.Ordinal));
        Assert.Equal(isWarned, page.FindAll(".warn").Count == 1);
        Assert.Contains("Europe/Amsterdam", TextOf(page, "dl"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_clock_goes_on()
    {
        JSInterop.Setup<double>("Date.now").SetResult(0);
        var page = Show();
        await UntilAsync(page, text => text.Contains("20:00:00 UTC", StringComparison.Ordinal));

        await UntilAsync(page, text => Later().IsMatch(text));
    }

    /// <summary>Three seconds and more.</summary>
    [GeneratedRegex("20:(00:0[3-9]|00:[1-5]|0[1-9]:|[1-5])[0-9:]* UTC")]
    private static partial Regex Later();

    /// <summary>Lets time pass until the panel says so; each look comes after a paint.</summary>
    private async Task UntilAsync(IRenderedComponent<ClockPanel> page, Func<string, bool> isIt)
    {
        var deadline = DateTimeOffset.UtcNow + Deadline;
        while (await page.InvokeAsync(() => TextOf(page, "dl")) is var text && !isIt(text))
        {
            Assert.True(DateTimeOffset.UtcNow < deadline, text);
            await Task.Yield();
            _time.Advance(TimeSpan.FromMilliseconds(250));
        }
    }
}
