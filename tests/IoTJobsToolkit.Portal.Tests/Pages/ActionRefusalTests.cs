using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class ActionRefusalTests : PageTest
{
    private readonly FailingJobs _door = new();

    protected override IJobs Door(IJobs jobs)
    {
        _door.Inner = jobs;
        return _door;
    }

    private async Task<IRenderedComponent<JobPage>> AskToCancelAsync()
    {
        await Fleet.AddJobAsync("update", await Fleet.AddThingsAsync(3));
        var page = Render<JobPage>(parameters => parameters.Add(page => page.JobId, "update"));
        await AskAsync(page, "Cancel");
        return page;
    }

    private Task StartAsync(string thing) => Fleet.ReportAsync("update", thing, JobExecutionStatus.IN_PROGRESS);

    [Fact]
    public async Task The_numbers_are_fresh_after_a_refusal()
    {
        var page = await AskToCancelAsync();
        var gate = new TaskCompletionSource();
        _door.Before = operation => operation is CancelJob ? gate.Task : Task.CompletedTask;
        await ConfirmAsync();
        Eventually(Dialogs, () => Assert.All(Dialogs.FindAll(".mud-dialog-actions button"), button => Assert.True(button.HasAttribute("disabled"))));
        await StartAsync("thing-0001");
        Eventually(page, () => Assert.Contains("Cancels 2 queued; 1 in progress goes on.", page.Markup));

        gate.SetException(new JobsException(JobsError.VersionConflict, "changed meanwhile"));

        Eventually(Dialogs, () =>
        {
            Assert.Contains("changed meanwhile", TextOf(Dialogs, "[role=alert]"));
            Assert.Equal("Cancels 2 queued; 1 in progress goes on.", TextOf(Dialogs, ".effect"));
            Assert.All(Dialogs.FindAll(".mud-dialog-actions button"), button => Assert.False(button.HasAttribute("disabled")));
        });

        await StartAsync("thing-0002");
        Eventually(Dialogs, () => Assert.Equal("Cancels 1 queued; 2 in progress go on.", TextOf(Dialogs, ".effect")));
        Assert.Contains("changed meanwhile", TextOf(Dialogs, "[role=alert]"));
    }

    [Fact]
    public async Task A_look_which_was_refused_is_forgotten_once_one_succeeds()
    {
        await AskToCancelAsync();
        _door.Refusal = new(JobsError.ServiceUnavailable, "busy");
        await StartAsync("thing-0001");
        Eventually(Dialogs, () => Assert.Contains("busy", TextOf(Dialogs, "[role=alert]")));

        _door.Refusal = null;
        await StartAsync("thing-0002");

        Eventually(Dialogs, () => Assert.Equal("Cancels 1 queued; 2 in progress go on.", TextOf(Dialogs, ".effect")));
        Assert.Empty(Dialogs.FindAll("[role=alert]"));
    }

    [Fact]
    public async Task A_fault_is_shown_like_a_refusal()
    {
        await AskToCancelAsync();
        _door.Before = operation => operation is CancelJob ? throw new InvalidOperationException("a fault") : Task.CompletedTask;

        await ConfirmAsync();

        Eventually(Dialogs, () => Assert.Contains("a fault", TextOf(Dialogs, "[role=alert]")));
        Eventually(Dialogs, () => Assert.Equal("Cancels 3 queued; none is in progress.", TextOf(Dialogs, ".effect")));
    }
}
