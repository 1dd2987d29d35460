using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.JobForm;
using IoTJobsToolkit.Portal.Tests.Pages;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

public sealed class CreateButtonTests : JobFormTest
{
    private readonly TaskCompletionSource _gate = new();
    private int _asked;

    /// <summary>Lets CreateJob wait for the gate, which opens or fails.</summary>
    protected override IJobs Door(IJobs jobs) => new FailingJobs
    {
        Inner = jobs,
        Before = operation =>
        {
            if (operation is not CreateJob)
            {
                return Task.CompletedTask;
            }
            _asked++;
            return _gate.Task;
        },
    };

    private async Task<IRenderedComponent<CreateJobPage>> FilledAsync()
    {
        await AddFleetAsync();
        var page = Open("?target=eu");
        await FillAsync(page, JobPart.Identity, "Job id", "fw-8");
        await FillAsync(page, JobPart.Document, "Job document", "{}");
        return page;
    }

    [Fact]
    public async Task While_it_runs_it_cannot_be_pressed_again()
    {
        var page = await FilledAsync();

        var creating = CreateAsync(page);
        Eventually(page, () => Assert.Equal("Creating…", TextOf(page, ".create button")));
        Assert.True(page.Find(".create button").HasAttribute("disabled"));
        _gate.SetResult();
        await creating;

        Assert.Equal(1, _asked);
        Assert.NotNull(await Fleet.JobAsync("fw-8"));
    }

    [Fact]
    public async Task A_fault_keeps_everything_and_says_what_to_do()
    {
        var page = await FilledAsync();
        _gate.SetException(new IOException("The disk is gone."));

        await CreateAsync(page);

        Eventually(page, () => Assert.Contains("The disk is gone. Look at the page whether it was done", TextOf(page, ".create .refusal"), StringComparison.Ordinal));
        Assert.Equal("{}", Field(page, JobPart.Document, "Job document").GetAttribute("value"));
        Assert.False(page.Find(".create button").HasAttribute("disabled"));
    }
}
