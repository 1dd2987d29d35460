using Bunit;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using Microsoft.AspNetCore.Components;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

public sealed class ApprovalChoiceTests : JobFormTest
{
    [Fact]
    public async Task A_job_that_is_to_be_approved_is_created_and_waits()
    {
        await AddFleetAsync();
        var page = Open("?target=eu");
        await FillAsync(page, JobPart.Identity, "Job id", "fw-8");
        await FillAsync(page, JobPart.Document, "Job document", "{}");
        await page.InvokeAsync(() => page.Find(".create input[type=checkbox]").TriggerEventAsync("onchange", new ChangeEventArgs { Value = true }));
        Eventually(page, () => Assert.EndsWith("-RequireApproval", TextOf(page, "#powershell-command"), StringComparison.Ordinal));
        Assert.Contains("cannot ask for approval", TextOf(page, ".commands .problem"), StringComparison.Ordinal);

        await CreateAsync(page);

        var waits = await Fleet.Operator.ExecuteAsync(new ListJobApprovals(), Xunit.TestContext.Current.CancellationToken);
        Assert.Equal("fw-8", Assert.Single(waits.Jobs).JobId);
    }
}
