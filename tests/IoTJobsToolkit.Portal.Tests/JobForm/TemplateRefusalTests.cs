using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Tests.Pages;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

public sealed class TemplateRefusalTests : JobFormTest
{
    private readonly FailingJobs _door = new();

    protected override IJobs Door(IJobs jobs)
    {
        _door.Inner = jobs;
        return _door;
    }

    [Fact]
    public async Task A_template_that_cannot_be_read_leaves_the_form_as_it_was()
    {
        await Fleet.RunAsync(new CreateJobTemplate("careful", "Slow") { Document = "{}", TimeoutConfig = new() { InProgressTimeoutInMinutes = 30 } });
        var page = Open();
        await FillAsync(page, JobPart.Identity, "Job id", "fw-8");
        await PressAsync(page, JobPart.Document, "From a template");
        _door.Before = operation => operation is DescribeJobTemplate ? throw new JobsException(JobsError.Throttling, "Rate exceeded.") : Task.CompletedTask;

        await FillAsync(page, JobPart.Document, "Template", "careful");

        Assert.Contains("careful cannot be read", TextOf(page, "#part-document .problem"), StringComparison.Ordinal);
        Assert.Equal("fw-8", Field(page, JobPart.Identity, "Job id").GetAttribute("value"));

        _door.Before = _ => Task.CompletedTask;
        await FillAsync(page, JobPart.Document, "Template", "careful");
        Assert.Equal("30", Field(page, JobPart.Timeout, "Minutes").GetAttribute("value"));
    }
}
