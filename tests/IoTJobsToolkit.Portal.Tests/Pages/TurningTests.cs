using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Portal.Components.Executions;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class TurningTests : PageTest
{
    private readonly FailingJobs _door = new();
    private readonly TaskCompletionSource _gate = new();

    protected override IJobs Door(IJobs jobs)
    {
        _door.Inner = jobs;
        return _door;
    }

    private async Task<ExecutionPage> OpenExecutionsAsync()
    {
        await Fleet.AddJobAsync("update", await Fleet.AddThingsAsync(120));
        var page = new ExecutionPage(ExecutionSource.OfJob("update", null), _door, new FakeTimeProvider());
        await page.ReadAsync();
        return page;
    }

    [Fact]
    public async Task Executions_turn_one_page_however_often_next_is_pressed()
    {
        var page = await OpenExecutionsAsync();
        _door.Before = _ => _gate.Task;

        var turns = Task.WhenAll(page.ReadNextAsync(), page.ReadNextAsync());
        _gate.SetResult();
        await turns;

        Assert.Equal((2, "thing-0051"), (page.Number, page.Lines![0].ThingName));
    }

    [Fact]
    public async Task Executions_stay_on_their_page_when_the_next_is_refused()
    {
        var page = await OpenExecutionsAsync();
        _door.Refusal = new(JobsError.ServiceUnavailable, "busy");
        await Assert.ThrowsAsync<JobsException>(page.ReadNextAsync);

        _door.Refusal = null;
        await page.ReadAsync();

        Assert.Equal((1, "thing-0001"), (page.Number, page.Lines![0].ThingName));
    }
}
