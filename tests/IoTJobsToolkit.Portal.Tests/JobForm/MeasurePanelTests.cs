using Bunit;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

/// <summary>The form says beside its button what the job would do.</summary>
public sealed class MeasurePanelTests : JobFormTest
{
    [Fact]
    public async Task It_says_what_comes_first_and_what_may_not_be_meant_so()
    {
        await AddFleetAsync();
        await Fleet.AddJobAsync("before", ["thing-0001"]);
        var page = Open("?target=eu");
        Assert.Empty(page.FindAll(".measure"));
        await FillAsync(page, JobPart.Identity, "Job id", "fw-8");
        await FillAsync(page, JobPart.Document, "Job document", "{}");

        Eventually(page, () => Assert.Contains("Comes after before on 1 thing.", TextOf(page, ".measure"), StringComparison.Ordinal));
        Assert.Contains(TextsOf(page, ".measure li"), warning => warning.StartsWith("There is no timeout", StringComparison.Ordinal));
    }

    [Fact]
    public async Task It_goes_while_the_form_is_not_in_order()
    {
        await AddFleetAsync();
        var page = Open("?target=eu");
        await FillAsync(page, JobPart.Identity, "Job id", "fw-8");
        await FillAsync(page, JobPart.Document, "Job document", "{}");
        Eventually(page, () => Assert.NotEmpty(page.FindAll(".measure")));

        await FillAsync(page, JobPart.Document, "Job document", "{");
        Eventually(page, () => Assert.Empty(page.FindAll(".measure")));
    }

    [Fact]
    public async Task It_says_how_many_failures_cancel_the_job()
    {
        await AddFleetAsync();
        await Fleet.RunAsync(new CreateJobTemplate("careful", "x")
        {
            Document = "{}",
            AbortConfig = new() { CriteriaList = [new() { FailureType = JobExecutionFailureType.FAILED, Action = AbortAction.CANCEL, ThresholdPercentage = 50, MinNumberOfExecutedThings = 1 }] },
        });
        var page = Open("?template=careful&target=eu");
        await FillAsync(page, JobPart.Identity, "Job id", "fw-8");

        Eventually(page, () => Assert.Contains("Failed: 1 of the first 1, or ", TextOf(page, ".measure"), StringComparison.Ordinal));
    }
}
