using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Jobs;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>A job that waits for approval: whoever opens it sees whose it is, and what can be done.</summary>
public sealed class ApprovalTests : PageTest
{
    private async Task<IRenderedComponent<JobPage>> OpenAsync(string author)
    {
        var things = await Fleet.AddThingsAsync(2);
        var job = new CreateJob("update", [.. things.Select(Fleet.ThingArn)]) { Document = "{}" };
        await Fleet.Engine.As(Caller.Operator(author)).ExecuteAsync(new CreateControlledJob(job) { RequireApproval = true }, Xunit.TestContext.Current.CancellationToken);
        return Render<JobPage>(parameters => parameters.Add(page => page.JobId, "update"));
    }

    [Fact]
    public async Task Somebody_else_approves_it_and_it_begins()
    {
        var page = await OpenAsync("ada");
        Eventually(page, () => Assert.StartsWith("Awaits approval of somebody other than ada, who asked for it", TextOf(page, ".head .warn"), StringComparison.Ordinal));
        Eventually(page, () => Assert.Contains("Approve Lets ada's job go: its devices get it, as its rollout and schedule say.", TextsOf(page, ".area-actions .action")));

        await AskAsync(page, "Approve");
        await ChangeAsync(Dialogs, () => Dialogs.Find("textarea"), "tested");
        await ConfirmAsync();

        Eventually(page, () => Assert.Empty(page.FindAll(".head .warn")));
        await Fleet.Engine.PassTimeAsync(Xunit.TestContext.Current.CancellationToken);
        Assert.Equal(2, (await Fleet.JobAsync("update")).JobProcessDetails.NumberOfQueuedThings);
    }

    [Fact]
    public async Task Somebody_denies_it_and_it_is_canceled()
    {
        var page = await OpenAsync("ada");
        await AskAsync(page, "Deny");
        await ChangeAsync(Dialogs, () => Dialogs.Find("textarea"), "wrong week");
        await ConfirmAsync();

        Eventually(page, () => Assert.Equal("Canceled", TextOf(page, ".head-line .job-mark")));
        var job = await Fleet.JobAsync("update");
        Assert.Equal((JobStatus.CANCELED, "APPROVAL_DENIED", "wrong week"), (job.Status, job.ReasonCode, job.Comment));
    }
}
