using Bunit;
using IoTJobsToolkit.Engine.Controls;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

public sealed class ControlChoiceTests : JobFormTest
{
    [Fact]
    public async Task What_holds_a_job_back_is_asked_for_shown_as_a_command_and_copied_to_the_next()
    {
        await AddFleetAsync();
        await Fleet.RunAsync(new CreateJob("fw-7", [Fleet.ThingArn((await Fleet.RunAsync(new ListThings())).Things[0].ThingName)]) { Document = "{}" });
        var page = Open("?target=eu");
        await FillAsync(page, JobPart.Identity, "Job id", "fw-8");
        await FillAsync(page, JobPart.Document, "Job document", "{}");
        await PressAsync(page, JobPart.Rollout, "Add a stage");
        await FillAsync(page, JobPart.Rollout, "Stage 1", "2");
        await FillAsync(page, JobPart.Rollout, "Goes on at", "99.5");
        await FillAsync(page, JobPart.Rollout, "At most in flight", "1");
        await FillAsync(page, JobPart.Rollout, "A success counts after", "30");
        await FillAsync(page, JobPart.Rollout, "Priority", "7");
        await PressAsync(page, JobPart.Abort, "Add a rule");
        await FillAsync(page, JobPart.Abort, "The job", "Pause");
        await FillAsync(page, JobPart.Schedule, "After other jobs", "fw-7");
        await FillAsync(page, JobPart.Schedule, "Each waits for", "THING");
        Eventually(page, () => Assert.EndsWith(
            """
            -Stage '2 >= 99.5%' `
              -VerificationTime 30 `
              -MaxInFlight 1 `
              -PauseWhen 'FAILED >= 20% of 100' `
              -Priority 7 `
              -DependsOn 'fw-7' `
              -PerThing
            """.ReplaceLineEndings("\n"), page.Find("#powershell-command").TextContent, StringComparison.Ordinal));
        Assert.Contains("Pauses the job when 20 % of at least 100", page.Find("#part-abort").TextContent, StringComparison.Ordinal);
        Assert.Contains("cannot ask for a cap on what is in flight, criteria that pause, stages, priority, jobs that come first", TextOf(page, ".commands .problem"), StringComparison.Ordinal);

        await CreateAsync(page);

        var controls = await Fleet.RunAsync(new DescribeJobControls("fw-8"));
        Assert.Equal((1, 30, 7, DependencyScope.THING), (controls.MaxInFlight, controls.VerificationInMinutes, controls.Priority, controls.DependencyScope));
        Assert.Equal((2, 99.5m), (Assert.Single(controls.Stages).Things, controls.Stages[0].SuccessPercentage));
        Assert.Null((await Fleet.JobAsync("fw-8")).AbortConfig);
        var next = Open("?clone=fw-8");
        Eventually(next, () => Assert.Contains("-PauseWhen 'FAILED >= 20% of 100'", next.Find("#powershell-command").TextContent, StringComparison.Ordinal));
        Assert.DoesNotContain("-DependsOn", next.Find("#powershell-command").TextContent, StringComparison.Ordinal);
    }
}
