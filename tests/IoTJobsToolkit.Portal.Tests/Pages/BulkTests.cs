using AngleSharp.Dom;
using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Jobs;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;
using MudBlazor;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>Many jobs at once, from the list.</summary>
public sealed class BulkTests : PageTest
{
    private readonly FailingJobs _door = new();

    protected override IJobs Door(IJobs jobs)
    {
        _door.Inner = jobs;
        return _door;
    }

    /// <summary>a and b run with two queued and one in progress each, c has ended.</summary>
    private async Task<IRenderedComponent<JobsPage>> OpenAsync()
    {
        var things = await Fleet.AddThingsAsync(3);
        foreach (var jobId in new[] { "a", "b", "c" })
        {
            await Fleet.AddJobAsync(jobId, things);
            await Fleet.ReportAsync(jobId, things[0], JobExecutionStatus.IN_PROGRESS);
        }
        await Fleet.RunAsync(new CancelJob("c") { Force = true });
        await Fleet.Engine.SettleAsync("c", null);
        var page = Render<JobsPage>();
        Eventually(page, () => Assert.Equal(3, page.FindAll("td.pick input").Count));
        return page;
    }

    private static Task SelectAsync(IRenderedComponent<JobsPage> page, string jobId) =>
        page.InvokeAsync(() => page.Find($"[aria-label='Select {jobId}']").Change(true));

    private static Task SelectAllAsync(IRenderedComponent<JobsPage> page) => page.InvokeAsync(() => page.Find("th.pick input").Change(true));

    private async Task AskBulkAsync(IRenderedComponent<JobsPage> page, string label)
    {
        await PressAsync(page, () => page.FindAll(".selection-bar button").Single(button => button.TextContent == label));
        Eventually(Dialogs, () => Dialogs.Find(".effect"));
    }

    private Task PressInDialogAsync(string label) =>
        PressAsync(Dialogs, () => Dialogs.FindAll(".mud-dialog-actions button").Single(button => button.TextContent.Trim() == label));

    [Fact]
    public async Task The_bar_counts_what_is_selected_and_goes_with_the_last()
    {
        var page = await OpenAsync();
        Assert.Empty(page.FindAll(".selection-bar"));

        await SelectAllAsync(page);
        Assert.Equal("3 selected", TextOf(page, ".selection-bar b"));
        await page.InvokeAsync(() => page.Find("[aria-label='Select b']").Change(false));
        Assert.Equal("2 selected", TextOf(page, ".selection-bar b"));

        await PressAsync(page, () => page.FindAll(".selection-bar button").Single(button => button.TextContent == "Clear"));
        Assert.Empty(page.FindAll(".selection-bar"));
    }

    [Fact]
    public async Task The_question_says_in_numbers_what_is_canceled_and_what_stays()
    {
        var page = await OpenAsync();
        await SelectAllAsync(page);
        await AskBulkAsync(page, "Cancel");

        Assert.Equal(
            "Cancels 2 jobs: 4 queued executions are canceled; 2 in progress go on. 1 of the 3 has ended already and stays.", TextOf(Dialogs, ".effect"));
        await Fleet.ReportAsync("a", "thing-0002", JobExecutionStatus.SUCCEEDED);
        Eventually(Dialogs, () => Assert.Contains("3 queued executions are canceled", TextOf(Dialogs, ".effect")));

        await PressInDialogAsync("Cancel 2 jobs");
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
        Assert.Equal(JobStatus.CANCELED, (await Fleet.JobAsync("a")).Status);
        Assert.False((await Fleet.JobAsync("b")).ForceCanceled);
        Assert.Equal("2 jobs are canceled.", Services.GetRequiredService<ISnackbar>().ShownSnackbars.Single().Message);
    }

    [Fact]
    public async Task Force_reaches_what_is_in_progress_too()
    {
        var page = await OpenAsync();
        await SelectAsync(page, "b");
        await AskBulkAsync(page, "Force cancel");

        Assert.Equal(
            "Cancels 1 job: 2 queued executions are canceled, and 1 in progress, whose device can no longer report.", TextOf(Dialogs, ".effect"));
        await PressInDialogAsync("Cancel 1 job");
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
        Assert.True((await Fleet.JobAsync("b")).ForceCanceled);
    }

    [Fact]
    public async Task Deleting_leaves_what_has_not_ended_and_says_how_to_go_on()
    {
        var page = await OpenAsync();
        await SelectAllAsync(page);
        await AskBulkAsync(page, "Delete");

        Assert.Equal(
            "Deletes 1 job with 3 executions. This cannot be undone. 2 of the 3 have not ended and stay: cancel them first, or delete by force.",
            TextOf(Dialogs, ".effect"));
        await PressInDialogAsync("Delete 1 job");

        Eventually(page, () => Assert.Equal(["b", "a"], TextsOf(page, "td.job a").Order().Reverse()));
    }

    [Fact]
    public async Task Where_nothing_is_left_to_do_there_is_nothing_to_press()
    {
        var page = await OpenAsync();
        await SelectAsync(page, "c");
        await AskBulkAsync(page, "Cancel");

        Assert.Equal("Nothing is left to do this way. 1 of the 1 has ended already and stays.", TextOf(Dialogs, ".effect"));
        Assert.Equal(["Close"], TextsOf(Dialogs, ".mud-dialog-actions button"));
    }

    [Fact]
    public async Task A_refusal_of_one_job_is_told_and_stops_none_of_the_others()
    {
        var page = await OpenAsync();
        await SelectAllAsync(page);
        await AskBulkAsync(page, "Cancel");
        _door.Before = operation => operation is CancelJob { JobId: "a" }
            ? throw new JobsException(JobsError.InvalidStateTransition, "Job a cannot be canceled now.")
            : Task.CompletedTask;

        await PressInDialogAsync("Cancel 2 jobs");

        Eventually(Dialogs, () => Assert.Equal("a Job a cannot be canceled now.", TextOf(Dialogs, ".refused li")));
        Eventually(Dialogs, () => Assert.Equal("1 of 2 jobs is canceled.", TextOf(Dialogs, ".effect")));
        Assert.Equal(JobStatus.CANCELED, (await Fleet.JobAsync("b")).Status);
        await PressInDialogAsync("Close");
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
    }

    [Fact]
    public async Task An_engine_that_does_not_answer_leaves_the_rest_to_go_on_with()
    {
        var page = await OpenAsync();
        await SelectAllAsync(page);
        await AskBulkAsync(page, "Cancel");
        _door.Refusal = new(JobsError.ServiceUnavailable, "disk full");

        await PressInDialogAsync("Cancel 2 jobs");
        Eventually(Dialogs, () =>
        {
            Assert.Equal("Stopped: 0 of 2 jobs are canceled; 2 jobs are left as they were.", TextOf(Dialogs, ".effect"));
            Assert.Contains("disk full", TextOf(Dialogs, "[role=alert]"));
        });

        _door.Refusal = null;
        await PressInDialogAsync("Go on with 2 left");
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
        Assert.Equal(JobStatus.CANCELED, (await Fleet.JobAsync("a")).Status);
    }

    [Fact]
    public async Task Stop_ends_after_the_job_at_which_it_is()
    {
        var page = await OpenAsync();
        await SelectAllAsync(page);
        await AskBulkAsync(page, "Cancel");
        var (reached, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        _door.Before = operation =>
        {
            reached.TrySetResult();
            return operation is CancelJob ? gate.Task : Task.CompletedTask;
        };

        var run = PressInDialogAsync("Cancel 2 jobs");
        await reached.Task.WaitAsync(Deadline, Xunit.TestContext.Current.CancellationToken);
        Eventually(Dialogs, () => Dialogs.Find("progress"));
        await PressInDialogAsync("Stop");
        gate.SetResult();
        await run;

        Eventually(Dialogs, () => Assert.Equal("Stopped: 1 of 2 jobs is canceled; 1 job is left as it was.", TextOf(Dialogs, ".effect")));
    }

    [Fact]
    public async Task Whoever_leaves_while_it_runs_is_told_what_was_done()
    {
        var page = await OpenAsync();
        await SelectAllAsync(page);
        await AskBulkAsync(page, "Cancel");
        var (reached, gate) = (new TaskCompletionSource(), new TaskCompletionSource());
        _door.Before = operation =>
        {
            reached.TrySetResult();
            return operation is CancelJob ? gate.Task : Task.CompletedTask;
        };
        var run = PressInDialogAsync("Cancel 2 jobs");
        await reached.Task.WaitAsync(Deadline, Xunit.TestContext.Current.CancellationToken);

        Services.GetRequiredService<NavigationManager>().NavigateTo("/portal/settings");
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".mud-dialog")));
        gate.SetResult();
        await run;

        var told = Services.GetRequiredService<ISnackbar>();
        for (var until = DateTimeOffset.UtcNow + Deadline; !told.ShownSnackbars.Any() && DateTimeOffset.UtcNow < until;)
        {
            await page.InvokeAsync(() => { });
        }
        Assert.Equal("Stopped: 1 of 2 jobs are canceled; the others are as they were.", told.ShownSnackbars.Single().Message);
    }

    [Fact]
    public async Task What_is_selected_is_forgotten_when_something_else_is_shown()
    {
        var page = await OpenAsync();
        await SelectAllAsync(page);

        await PressAsync(page, () => page.FindAll(".pill").Single(pill => pill.TextContent == "Canceled"));

        Eventually(page, () => Assert.Equal(["c"], TextsOf(page, "td.job a")));
        Assert.Empty(page.FindAll(".selection-bar"));
    }
}
