using AngleSharp.Dom;
using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Portal.Indexing;
using IoTJobsToolkit.Portal.Live;
using IoTJobsToolkit.Portal.Vitals;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;
using MudBlazor.Services;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>Pages rendered over a real engine in memory, with its live events.</summary>
public abstract class PageTest(TimeProvider? clock = null, Fleet? fleet = null) : BunitContext, IAsyncLifetime
{
    /// <summary>Of whatever a test waits for; it costs nothing where all is well.</summary>
    protected static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    protected Fleet Fleet { get; } = fleet ?? new();

    protected IRenderedComponent<MudDialogProvider> Dialogs { get; private set; } = null!;

    public async ValueTask InitializeAsync()
    {
        await PrepareAsync();
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddMudServices();
        Services.AddSingleton(clock ?? Fleet.Clock);
        Services.AddSingleton(Fleet.Engine);
        Services.AddSingleton(Door(Fleet.Operator));
        Services.AddSingleton<JobsTime>();
        Services.AddSingleton<LiveJobs>();
        Services.AddSingleton<JobIndexes>();
        Services.AddSingleton<Pulse>();
        await Services.GetRequiredService<Pulse>().StartAsync(Xunit.TestContext.Current.CancellationToken);
        await Services.GetRequiredService<LiveJobs>().StartAsync(Xunit.TestContext.Current.CancellationToken);
        Render<MudPopoverProvider>();
        Dialogs = Render<MudDialogProvider>();
    }

    /// <summary>What there is before the pages' services begin.</summary>
    protected virtual Task PrepareAsync() => Task.CompletedTask;

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

    /// <summary>Waits until it is there and may be pressed; then finds and presses in one go, so that no paint comes between.</summary>
    protected static Task PressAsync<T>(IRenderedComponent<T> page, Func<IElement> find)
        where T : IComponent
    {
        Eventually(page, () => Assert.False(find().HasAttribute("disabled")));
        return page.InvokeAsync(() => find().Click());
    }

    /// <summary>Waits until the field is there; then finds and fills it in one go, so that no paint comes between.</summary>
    protected static Task ChangeAsync<T>(IRenderedComponent<T> page, Func<IElement> find, object value)
        where T : IComponent
    {
        Eventually(page, () => find());
        return page.InvokeAsync(() => find().Change(value));
    }

    /// <summary>Presses the button of an action and waits for the question.</summary>
    protected async Task AskAsync<T>(IRenderedComponent<T> page, string label)
        where T : IComponent
    {
        await PressAsync(page, () => page.FindAll(".action button").Single(button => button.TextContent.Trim() == label));
        Eventually(Dialogs, () => Dialogs.Find(".effect"));
    }

    /// <summary>Presses the button of the question that does it: the filled one.</summary>
    protected Task ConfirmAsync() => PressAsync(Dialogs, () => Dialogs.Find(".mud-dialog-actions .mud-button-filled"));

    protected override async ValueTask DisposeAsyncCore()
    {
        await Services.GetRequiredService<LiveJobs>().StopAsync(CancellationToken.None);
        await Services.GetRequiredService<Pulse>().StopAsync(CancellationToken.None);
        await base.DisposeAsyncCore();
        Fleet.Dispose();
    }
}
