using AngleSharp.Dom;
using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Portal.Live;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>Pages rendered over a real engine in memory, with its live events.</summary>
/// <param name="clock">The pages'.</param>
/// <param name="engineClock">The engine's.</param>
public abstract class PageTest(TimeProvider? clock = null, TimeProvider? engineClock = null) : BunitContext, IAsyncLifetime
{
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(20);

    protected Fleet Fleet { get; } = new(engineClock);

    protected IRenderedComponent<MudDialogProvider> Dialogs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(clock ?? Fleet.Clock);
        Services.AddSingleton(Fleet.Engine);
        Services.AddSingleton(Door(Fleet.Operator));
        Services.AddSingleton<LiveJobs>();
        await Services.GetRequiredService<LiveJobs>().StartAsync(Xunit.TestContext.Current.CancellationToken);
        Render<MudPopoverProvider>();
        Dialogs = Render<MudDialogProvider>();
    }

    /// <summary>The door which the pages get.</summary>
    protected virtual IJobs Door(IJobs jobs) => jobs;

    /// <summary>Waits for a paint which makes <paramref name="assertion"/> hold.</summary>
    protected static void Eventually<T>(IRenderedComponent<T> page, Action assertion)
        where T : IComponent =>
        page.WaitForAssertion(assertion, Deadline);

    protected static string TextOf<T>(IRenderedComponent<T> page, string selector)
        where T : IComponent =>
        string.Join(" ", page.Find(selector).TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));

    protected static IReadOnlyList<string> TextsOf<T>(IRenderedComponent<T> page, string selector)
        where T : IComponent =>
        [.. page.FindAll(selector).Select(found => string.Join(" ", found.TextContent.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)))];

    /// <summary>Finds and presses in one go, so that no paint comes between.</summary>
    protected static Task PressAsync<T>(IRenderedComponent<T> page, Func<IElement> find)
        where T : IComponent =>
        page.InvokeAsync(() => find().Click());

    /// <summary>Presses the button of an action and waits for the question.</summary>
    protected async Task AskAsync<T>(IRenderedComponent<T> page, string label)
        where T : IComponent
    {
        Eventually(page, () => page.Find(".action"));
        await PressAsync(page, () => page.FindAll(".action button").Single(button => button.TextContent.Trim() == label));
        Eventually(Dialogs, () => Dialogs.Find(".effect"));
    }

    /// <summary>Presses the red button of the question.</summary>
    protected Task ConfirmAsync() => PressAsync(Dialogs, () => Dialogs.Find(".mud-dialog-actions .mud-button-filled-error"));

    protected override async ValueTask DisposeAsyncCore()
    {
        await Services.GetRequiredService<LiveJobs>().StopAsync(CancellationToken.None);
        await base.DisposeAsyncCore();
        Fleet.Dispose();
    }
}
