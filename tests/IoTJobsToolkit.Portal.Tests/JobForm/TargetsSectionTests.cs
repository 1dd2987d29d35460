using Bunit;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Portal.Tests.JobForm;

public sealed class TargetsSectionTests : JobFormTest
{
    [Fact]
    public async Task A_thing_of_several_targets_counts_once_and_the_first_names_are_shown()
    {
        await AddFleetAsync();
        var page = Open();

        await AddTargetAsync(page, "eu");
        await AddTargetAsync(page, "berlin");
        await AddTargetAsync(page, "thing-0001", isGroup: false);

        Eventually(page, () => Assert.Equal("4 things", TextOf(page, ".counted b")));
        Assert.Equal("thing-0001 thing-0002 thing-0003 thing-0004", TextOf(page, ".preview"));
        Assert.Equal(["group eu ×", "group berlin ×", "thing-0001 ×"], TextsOf(page, ".chip"));

        await ClickAsync(page, () => page.Find("[aria-label='Remove eu']"));
        Eventually(page, () => Assert.Equal("2 things", TextOf(page, ".counted b")));
    }

    [Fact]
    public async Task Names_that_begin_so_are_offered_of_groups_and_of_things()
    {
        await AddFleetAsync();
        var page = Open();

        await FillAsync(page, JobPart.Targets, "Group's name", "be");
        Assert.Equal(["berlin"], Options(page));
        await PressAsync(page, JobPart.Targets, "Thing");
        await FillAsync(page, JobPart.Targets, "Thing's name", "thing-0003");
        Assert.Equal(["thing-0003"], Options(page));
    }

    [Fact]
    public async Task A_pasted_list_is_checked_name_by_name()
    {
        await AddFleetAsync();
        var page = Open();
        await PressAsync(page, JobPart.Targets, "Thing");

        await FillAsync(page, JobPart.Targets, "Names of things", $"thing-0001, 'thing-0002'\r\nthing-9999\n{Fleet.ThingArn("thing-0003")};thing-0001");
        await PressAsync(page, JobPart.Targets, "Add these");

        Assert.Equal(["thing-0001 ×", "thing-0002 ×", "thing-9999: there is none ×", "thing-0003 ×"], TextsOf(page, ".chip"));
        Assert.Contains("1 name is not in the registry", TextOf(page, ".warn"), StringComparison.Ordinal);
        Eventually(page, () => Assert.Contains("thing-9999", Problem(page, JobPart.Targets), StringComparison.Ordinal));
        Eventually(page, () => Assert.Equal("3 things", TextOf(page, ".counted b")));
    }

    [Fact]
    public async Task A_continuous_job_says_what_that_means()
    {
        await AddFleetAsync();
        var page = Open("?target=eu");

        await PressAsync(page, JobPart.Targets, "Also those who join later");

        Eventually(page, () => Assert.Contains("for 4 things now, and for those who join", TextOf(page, ".create .effect"), StringComparison.Ordinal));
        Assert.Contains("until it is canceled", TextOf(page, ".selection"), StringComparison.Ordinal);
    }

    private static IEnumerable<string?> Options(IRenderedComponent<Components.JobForm.CreateJobPage> page) =>
        page.FindAll("#target-names option").Select(option => option.GetAttribute("value"));
}
