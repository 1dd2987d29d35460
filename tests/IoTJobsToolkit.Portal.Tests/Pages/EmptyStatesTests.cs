using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Portal.Components.Activity;
using IoTJobsToolkit.Portal.Components.Groups;
using IoTJobsToolkit.Portal.Components.Templates;
using IoTJobsToolkit.Portal.Components.Things;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class EmptyStatesTests : PageTest
{
    private string Show<T>(AccessRole role)
        where T : IComponent
    {
        var page = Render<T>(parameters => parameters.AddCascadingValue(new Viewer("me", role, TimeZoneInfo.Utc)));
        Eventually(page, () => Assert.Empty(page.FindAll(".skeleton")));
        return page.Markup;
    }

    [Fact]
    public void Only_those_who_may_are_sent_to_the_form_or_to_a_button_above()
    {
        foreach (var (operators, viewers) in new[]
        {
            (Show<NoThings>(AccessRole.OPERATOR), Show<NoThings>(AccessRole.VIEWER)), (Show<NoGroups>(AccessRole.OPERATOR), Show<NoGroups>(AccessRole.VIEWER)),
        })
        {
            Assert.Contains("above", operators, StringComparison.Ordinal);
            Assert.DoesNotContain("above", viewers, StringComparison.Ordinal);
        }
        foreach (var (operators, viewers) in new[]
        {
            (Show<NoActivity>(AccessRole.OPERATOR), Show<NoActivity>(AccessRole.VIEWER)), (Show<TemplatesPage>(AccessRole.OPERATOR), Show<TemplatesPage>(AccessRole.VIEWER)),
        })
        {
            Assert.Contains("href=\"portal/create-job\"", operators, StringComparison.Ordinal);
            Assert.DoesNotContain("create-job", viewers, StringComparison.Ordinal);
        }
    }
}
