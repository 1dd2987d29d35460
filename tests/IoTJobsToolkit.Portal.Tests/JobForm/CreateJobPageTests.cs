using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Engine.Things;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

public sealed class CreateJobPageTests : JobFormTest
{
    [Fact]
    public void A_viewer_is_told_who_may()
    {
        var page = Open(role: AccessRole.VIEWER);

        Assert.Contains("Creating jobs is for operators", TextOf(page, "[role=alert]"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll("input"));
    }

    [Fact]
    public async Task Filled_in_it_says_in_numbers_what_it_will_do_and_does_it()
    {
        await AddFleetAsync();
        var page = Open();
        await FillAsync(page, JobPart.Identity, "Job id", "fw-8");
        await AddTargetAsync(page, "eu");
        await FillAsync(page, JobPart.Document, "Job document", """{"a":1}""");
        Eventually(page, () => Assert.Equal("Create fw-8 for 4 things", TextOf(page, ".create button")));

        await CreateAsync(page);

        var job = await Fleet.JobAsync("fw-8");
        Assert.Equal([Fleet.Engine.Settings.ThingGroupArn("eu")], job.Targets);
        Assert.Equal(TargetSelection.SNAPSHOT, job.TargetSelection);
        Assert.EndsWith("portal/jobs/fw-8", Services.GetRequiredService<NavigationManager>().Uri, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Unfilled_it_creates_nothing_and_names_the_parts()
    {
        var page = Open();
        Assert.Empty(page.FindAll(".form-section [role=alert]"));

        await CreateAsync(page);

        Eventually(page, () => Assert.Equal(["Targets", "Document"], TextsOf(page, ".create .problem li")));
        Assert.Equal("Add at least one thing or group.", Problem(page, JobPart.Targets));
        Assert.Empty((await Fleet.RunAsync(new ListJobs())).Jobs);
    }

    [Fact]
    public async Task A_refusal_keeps_everything_that_was_entered()
    {
        await AddFleetAsync();
        var page = Open();
        await FillAsync(page, JobPart.Identity, "Job id", "fw-8");
        await AddTargetAsync(page, "eu");
        await FillAsync(page, JobPart.Document, "Job document", """{"a":1}""");
        await Fleet.AddJobAsync("fw-8", ["thing-0001"]); // Somebody else was faster.

        await CreateAsync(page);

        Eventually(page, () => Assert.Contains("is in use", Problem(page, JobPart.Identity), StringComparison.Ordinal));
        Assert.Equal(["Name"], TextsOf(page, ".create .problem li"));
        Assert.Equal("fw-8", Field(page, JobPart.Identity, "Job id").GetAttribute("value"));
        Assert.Equal("""{"a":1}""", Field(page, JobPart.Document, "Job document").GetAttribute("value"));
        await FillAsync(page, JobPart.Identity, "Job id", "fw-9");
        await CreateAsync(page);
        Assert.Equal(JobStatus.IN_PROGRESS, (await Fleet.JobAsync("fw-9")).Status);
    }

    [Fact]
    public async Task A_clone_has_everything_but_the_id()
    {
        await AddFleetAsync();
        await Fleet.RunAsync(new CreateJob("fw-7", [Fleet.ThingArn("thing-0005"), Fleet.Engine.Settings.ThingGroupArn("eu")])
        {
            Document = """{"a":1}""",
            Description = "Seven",
            TargetSelection = TargetSelection.CONTINUOUS,
            NamespaceId = "space",
            Tags = [new() { Key = "team", Value = "ops" }],
            PresignedUrlConfig = new() { RoleArn = "arn:aws:iam::123456789012:role/Reader", ExpiresInSec = 600 },
            JobExecutionsRolloutConfig = new() { MaximumPerMinute = 100, ExponentialRate = new() { BaseRatePerMinute = 5, IncrementFactor = 1.5m, RateIncreaseCriteria = new() { NumberOfNotifiedThings = 20 } } },
            AbortConfig = new() { CriteriaList = [new() { FailureType = JobExecutionFailureType.REJECTED, Action = AbortAction.CANCEL, ThresholdPercentage = 12.5m, MinNumberOfExecutedThings = 3 }] },
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 60 },
            JobExecutionsRetryConfig = new() { CriteriaList = [new() { FailureType = RetryableFailureType.FAILED, NumberOfRetries = 2 }] },
            SchedulingConfig = new() { EndTime = $"{Fleet.Clock.GetUtcNow().AddDays(30):yyyy-MM-dd}T10:00:00Z", EndBehavior = JobEndBehavior.CANCEL, MaintenanceWindows = [new() { StartTime = "cron(0 22 * * ? *)", DurationInMinutes = 60 }] },
        });
        var page = Open("?clone=fw-7", zone: "Europe/Berlin");
        Assert.Equal("fw-8", Field(page, JobPart.Identity, "Job id").GetAttribute("value"));
        Eventually(page, () => Assert.Equal("Create fw-8 for 5 things", TextOf(page, ".create button")));

        await CreateAsync(page);

        var (before, after) = (await Fleet.JobAsync("fw-7"), await Fleet.JobAsync("fw-8"));
        Assert.Equal(JobText.Of(before), JobText.Of(after));
        Assert.Equal("""{"a":1}""", (await Fleet.RunAsync(new GetJobDocument("fw-8"))).Document);
        Assert.Equal("team", Assert.Single((await Fleet.RunAsync(new ListTagsForResource(after.JobArn))).Tags).Key);
    }

    [Fact]
    public async Task Tags_and_a_namespace_are_given_and_taken_back()
    {
        await AddFleetAsync();
        var page = Open("?target=eu");
        await FillAsync(page, JobPart.Identity, "Job id", "tagged");
        await FillAsync(page, JobPart.Document, "Job document", "{}");
        await PressAsync(page, JobPart.Identity, "Add a tag");
        await PressAsync(page, JobPart.Identity, "Add a tag");
        await FillAsync(page, JobPart.Identity, "Tag 1", "aws:x");
        await FillAsync(page, JobPart.Identity, "Tag 2", "team");
        await FillAsync(page, JobPart.Identity, "Namespace", "space");
        Assert.Contains("Tag 1: key must not begin with aws:", Problem(page, JobPart.Identity), StringComparison.Ordinal);

        await PressAsync(page, JobPart.Identity, "Remove");
        Assert.Null(Problem(page, JobPart.Identity));
        await CreateAsync(page);
        var job = await Fleet.JobAsync("tagged");
        Assert.Equal("space", job.NamespaceId);
        Assert.Equal("team", Assert.Single((await Fleet.RunAsync(new ListTagsForResource(job.JobArn))).Tags).Key);
    }

    [Fact]
    public async Task A_start_that_has_passed_is_left_out_of_the_clone_and_said()
    {
        await AddFleetAsync();
        var draft = new Components.JobForm.JobDraft(TimeZoneInfo.Utc);
        await Fleet.RunAsync(new CreateJob("fw-7", [Fleet.ThingArn("thing-0001")])
        {
            Document = "{}", SchedulingConfig = new() { StartTime = JobSchedule.Text(Fleet.Clock.GetUtcNow().AddHours(1)), EndTime = JobSchedule.Text(Fleet.Clock.GetUtcNow().AddHours(9)) },
        });

        await Components.JobForm.DraftSource.FillFromJobAsync(draft, Fleet.Operator, Fleet.Engine.Settings, "fw-7", Fleet.Clock.GetUtcNow().AddHours(2));

        Assert.Null(draft.Start);
        Assert.NotNull(draft.End);
        Assert.Contains("has passed", Assert.Single(draft.Notes), StringComparison.Ordinal);
    }

    [Fact]
    public void A_clone_of_a_job_that_is_gone_says_so_with_a_next_step()
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo("portal/create-job?clone=gone");
        var page = Render<Components.JobForm.CreateJobPage>();

        Eventually(page, () => Assert.Contains("Begin with an empty form", TextOf(page, "[role=alert]"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task Targets_of_the_address_are_filled_in_by_name_or_ARN()
    {
        await AddFleetAsync();
        var page = Open($"?target=eu&target={Uri.EscapeDataString(Fleet.ThingArn("thing-0005"))}");

        Eventually(page, () => Assert.Equal("5 things", TextOf(page, ".counted b")));
        Assert.Equal(["group eu ×", "thing-0005 ×"], TextsOf(page, ".chip"));
    }
}
