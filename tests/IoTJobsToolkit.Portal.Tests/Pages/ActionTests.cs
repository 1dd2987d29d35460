using Bunit;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class ActionTests : PageTest
{
    private async Task<IRenderedComponent<JobPage>> OpenAsync(int queued, int inProgress)
    {
        var things = await Fleet.AddThingsAsync(queued + inProgress);
        await Fleet.AddJobAsync("update", things);
        foreach (var thing in things.Take(inProgress))
        {
            await Fleet.ReportAsync("update", thing, JobExecutionStatus.IN_PROGRESS);
        }
        return Render<JobPage>(parameters => parameters.Add(page => page.JobId, "update"));
    }

    [Fact]
    public async Task Every_button_says_in_numbers_what_it_will_do()
    {
        var page = await OpenAsync(queued: 3, inProgress: 2);

        Eventually(page, () => Assert.Equal(
            [
                "Pause Holds 3 queued, and whatever is still to come, until the job is resumed. 2 in progress go on.",
                "Cancel Cancels 3 queued; 2 in progress go on.",
                "Force cancel Cancels 3 queued and 2 in progress, whose devices can no longer report.",
                "Force delete Deletes the job with its 5 executions; 3 queued are never carried out, 2 in progress can no longer report. This cannot be undone.",
            ],
            TextsOf(page, ".area-actions .action")));
    }

    [Fact]
    public async Task Cancel_asks_once_with_the_numbers_of_now_and_cancels()
    {
        var page = await OpenAsync(queued: 3, inProgress: 1);
        await AskAsync(page, "Cancel");
        Assert.Equal("Cancels 3 queued; 1 in progress goes on.", TextOf(Dialogs, ".effect"));

        await Fleet.ReportAsync("update", "thing-0002", JobExecutionStatus.IN_PROGRESS);
        Eventually(Dialogs, () => Assert.Equal("Cancels 2 queued; 2 in progress go on.", TextOf(Dialogs, ".effect")));
        await ChangeAsync(Dialogs, () => Dialogs.Find("input"), "BAD_BUILD");
        await ConfirmAsync();

        Eventually(page, () => Assert.Equal("Canceled", TextOf(page, ".head-line .job-mark")));
        var job = await Fleet.JobAsync("update");
        Assert.Equal((JobStatus.CANCELED, "BAD_BUILD", 2L), (job.Status, job.ReasonCode, job.JobProcessDetails.NumberOfInProgressThings));
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".effect")));
    }

    [Fact]
    public async Task A_job_is_paused_with_a_comment_and_goes_on_again()
    {
        var page = await OpenAsync(queued: 2, inProgress: 1);
        await AskAsync(page, "Pause");
        Assert.Equal("Holds 2 queued, and whatever is still to come, until the job is resumed. 1 in progress goes on.", TextOf(Dialogs, ".effect"));
        Assert.Empty(Dialogs.FindAll("input"));
        await ChangeAsync(Dialogs, () => Dialogs.Find("textarea"), "look at the logs");
        await ConfirmAsync();

        Eventually(page, () => Assert.Contains("look at the logs", TextOf(page, ".head .warn"), StringComparison.Ordinal));
        var paused = Assert.Single((await Fleet.RunAsync(new ListPausedJobs())).Jobs);
        Assert.Equal(("update", "look at the logs"), (paused.JobId, paused.Comment));
        Assert.DoesNotContain(page.FindAll(".action button"), button => button.TextContent.Trim() == "Pause");

        await AskAsync(page, "Resume");
        await ConfirmAsync();
        Eventually(page, () => Assert.Empty(page.FindAll(".head .warn")));
        Assert.Empty((await Fleet.RunAsync(new ListPausedJobs())).Jobs);
    }

    [Fact]
    public async Task Force_cancel_cancels_what_is_in_progress_too()
    {
        var page = await OpenAsync(queued: 1, inProgress: 2);
        await AskAsync(page, "Force cancel");
        Assert.Equal("Cancel 3 executions", TextOf(Dialogs, ".mud-button-filled-error"));

        await ConfirmAsync();

        Eventually(page, () => Assert.Contains("3 canceled", page.Find(".bar").GetAttribute("title")));
    }

    [Fact]
    public async Task Keeping_it_changes_nothing()
    {
        var page = await OpenAsync(queued: 2, inProgress: 0);
        await AskAsync(page, "Cancel");

        await PressAsync(Dialogs, () => Dialogs.FindAll(".mud-dialog-actions button")[0]);

        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".effect")));
        Assert.Equal(JobStatus.IN_PROGRESS, (await Fleet.JobAsync("update")).Status);
    }

    [Fact]
    public async Task A_refusal_stays_in_the_question_with_what_to_do()
    {
        var page = await OpenAsync(queued: 1, inProgress: 0);
        await AskAsync(page, "Cancel");

        await ChangeAsync(Dialogs, () => Dialogs.Find("input"), "not a code");
        await ConfirmAsync();

        Eventually(Dialogs, () => Assert.Contains("reasonCode", TextOf(Dialogs, "[role=alert]")));
        Assert.Contains("Correct what the message names", TextOf(Dialogs, "[role=alert]"));
        Assert.Equal(JobStatus.IN_PROGRESS, (await Fleet.JobAsync("update")).Status);

        await ChangeAsync(Dialogs, () => Dialogs.Find("input"), "A_CODE");
        await ConfirmAsync();
        Eventually(page, () => Assert.Equal("Canceled", TextOf(page, ".head-line .job-mark")));
    }

    [Fact]
    public async Task A_question_which_time_has_answered_can_only_be_closed()
    {
        var page = await OpenAsync(queued: 1, inProgress: 0);
        await AskAsync(page, "Cancel");

        await Fleet.ReportAsync("update", "thing-0001", JobExecutionStatus.SUCCEEDED);

        Eventually(Dialogs, () => Assert.Equal(
            "The job is completed now; nothing is left to cancel this way.", TextOf(Dialogs, ".effect")));
        Assert.Empty(Dialogs.FindAll(".mud-button-filled-error"));
    }

    [Fact]
    public async Task An_ended_job_is_deleted_and_the_page_says_that_it_is_gone()
    {
        var page = await OpenAsync(queued: 1, inProgress: 0);
        await Fleet.ReportAsync("update", "thing-0001", JobExecutionStatus.SUCCEEDED);
        Eventually(page, () => Assert.Equal(
            ["Delete Deletes the job with its 1 execution. This cannot be undone."], TextsOf(page, ".area-actions .action")));
        await AskAsync(page, "Delete");

        await ConfirmAsync();

        Eventually(page, () => Assert.Contains("This job was deleted while you looked at it", page.Markup));
    }

    [Fact]
    public async Task One_execution_is_canceled_from_its_details()
    {
        var page = await OpenAsync(queued: 2, inProgress: 0);
        await PressAsync(page, () => page.FindAll(".opener")[1]);
        Eventually(page, () => page.Find(".details .action"));
        Assert.Contains("Cancels 1 queued execution; thing-0002 never gets it.", TextsOf(page, ".details .action .muted"));

        await PressAsync(page, () => page.FindAll(".details .action button")[0]);
        Eventually(Dialogs, () => Dialogs.Find(".effect"));
        await ConfirmAsync();

        Eventually(page, () => Assert.Equal(["Queued", "Canceled"], TextsOf(page, ".executions .mark")));
    }

    [Fact]
    public async Task One_running_execution_is_deleted_by_force()
    {
        var page = await OpenAsync(queued: 1, inProgress: 1);
        await PressAsync(page, () => page.FindAll(".opener")[0]);
        Eventually(page, () => Assert.Equal(["Force cancel", "Force delete"], TextsOf(page, ".details .action button")));

        await PressAsync(page, () => page.FindAll(".details .action button")[1]);
        Eventually(Dialogs, () => Dialogs.Find(".effect"));
        await ConfirmAsync();

        Eventually(page, () => Assert.Equal(["thing-0002"], TextsOf(page, ".executions td.name")));
    }
}
