using IoTJobsToolkit.Portal.Components.Layout;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class PageAreaTests
{
    [Theory]
    [InlineData(PortalLinks.Now, "area-now")]
    [InlineData(PortalLinks.Jobs, "area-jobs")]
    [InlineData(PortalLinks.CreateJob, "area-form")]
    [InlineData(PortalLinks.ImportJobs, "area-form")]
    [InlineData(PortalLinks.Templates, "area-form")]
    [InlineData(PortalLinks.Things, "area-fleet")]
    [InlineData(PortalLinks.Groups, "area-fleet")]
    [InlineData(PortalLinks.Activity, "area-settings")]
    [InlineData(PortalLinks.Settings, "area-settings")]
    [InlineData("portal/nowhere", "")]
    public void A_page_has_the_rules_of_its_area(string path, string area) => Assert.Equal(area, PageArea.ClassOf(path));

    [Fact]
    public void A_page_of_one_subject_has_those_of_its_kind() => Assert.Equal(
        ["area-job", "area-jobs", "area-fleet", "area-fleet", "area-form"],
        new[] { PortalLinks.Job("a/b"), PortalLinks.Execution("j", "t", 1), PortalLinks.Thing("t"), PortalLinks.Group("g"), PortalLinks.Template("x") }.Select(PageArea.ClassOf));
}
