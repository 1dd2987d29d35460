using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Portal.Components.Settings;
using IoTJobsToolkit.Portal.Components.Viewing;
using IoTJobsToolkit.Simulation;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class SimulationsPanelTests : PageTest
{
    public SimulationsPanelTests()
        : base(fleet: new(services: new() { Simulator = new FleetSimulator(TimeProvider.System) }))
    {
    }

    private IRenderedComponent<SimulationsPanel> Open(AccessRole role) =>
        Render<SimulationsPanel>(parameters => parameters.AddCascadingValue(new Viewer("ops", role, TimeZoneInfo.Utc)));

    [Fact]
    public async Task A_fleet_is_started_seen_and_stopped_with_its_things()
    {
        var page = Open(AccessRole.OPERATOR);
        Eventually(page, () => Assert.Contains("None.", page.Markup, StringComparison.Ordinal));
        await page.InvokeAsync(() => page.FindAll("form input")[1].TriggerEventAsync("onchange", new ChangeEventArgs { Value = "3" }));
        await page.InvokeAsync(() => page.Find("form").TriggerEventAsync("onsubmit", EventArgs.Empty));

        Eventually(page, () => Assert.Equal(["fleet", "3"], TextsOf(page, "tbody td").Take(2)));
        Assert.Equal(3, (await Fleet.RunAsync(new ListThings())).Things.Count);
        await page.InvokeAsync(() => page.FindAll("tbody button")[1].TriggerEventAsync("onclick", new MouseEventArgs()));

        Eventually(page, () => Assert.Empty(page.FindAll("tbody")));
        Assert.Empty((await Fleet.RunAsync(new ListThings())).Things);
    }

    [Fact]
    public async Task What_is_refused_is_said_and_a_viewer_only_looks()
    {
        await Fleet.RunAsync(new StartFleetSimulation("fleet", 1));
        var page = Open(AccessRole.OPERATOR);
        Eventually(page, () => Assert.NotEmpty(page.FindAll("tbody")));
        await page.InvokeAsync(() => page.Find("form").TriggerEventAsync("onsubmit", EventArgs.Empty));
        Eventually(page, () => Assert.Contains("goes on already", TextOf(page, ".refusal"), StringComparison.Ordinal));

        var viewer = Open(AccessRole.VIEWER);
        Eventually(viewer, () => Assert.NotEmpty(viewer.FindAll("tbody")));
        Assert.Empty(viewer.FindAll("button"));
        await Fleet.RunAsync(new StopFleetSimulation("fleet"));
    }
}
