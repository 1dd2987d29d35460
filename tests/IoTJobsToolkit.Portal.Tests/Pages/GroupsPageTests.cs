using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Groups;
using IoTJobsToolkit.Portal.Components.Viewing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class GroupsPageTests : PageTest
{
    private readonly FailingJobs _door = new();

    protected override IJobs Door(IJobs jobs)
    {
        _door.Inner = jobs;
        return _door;
    }

    private static Task PressAsync(IRenderedComponent<GroupsPage> page, string label) =>
        PressAsync(page, () => page.FindAll("button").Single(button => button.TextContent.Trim() == label));

    private async Task WorldAsync()
    {
        await Fleet.RunAsync(new CreateThingGroup("world"));
        await Fleet.RunAsync(new CreateThingGroup("eu") { ParentGroupName = "world" });
        await Fleet.RunAsync(new CreateThingGroup("nl") { ParentGroupName = "eu" });
    }

    [Fact]
    public void Without_groups_it_says_how_the_first_one_comes()
    {
        var page = Render<GroupsPage>();

        Eventually(page, () => Assert.Contains("New-IoTThingGroup eu", page.Markup));
    }

    [Fact]
    public async Task The_tree_reads_a_level_when_it_is_opened_and_follows_changes()
    {
        await WorldAsync();
        var page = Render<GroupsPage>();
        Eventually(page, () => Assert.Equal(["world"], TextsOf(page, ".branch a")));
        Assert.Contains("1 group", TextOf(page, ".branch"));

        await PressAsync(page, () => page.Find("[aria-label='Groups below world']"));
        Eventually(page, () => Assert.Equal(["world", "eu"], TextsOf(page, ".branch a")));
        await PressAsync(page, () => page.Find("[aria-label='Groups below eu']"));
        Eventually(page, () => Assert.Equal(["world", "eu", "nl"], TextsOf(page, ".branch a")));

        await Fleet.RunAsync(new CreateThingGroup("us") { ParentGroupName = "world" });
        await Fleet.RunAsync(new DeleteThingGroup("nl"));
        Eventually(page, () => Assert.Equal(["world", "eu", "us"], TextsOf(page, ".branch a")));
        await PressAsync(page, () => page.Find("[aria-label='Groups below world']"));
        Assert.Equal(["world"], TextsOf(page, ".branch a"));
    }

    [Fact]
    public async Task Dynamic_groups_stand_apart_with_their_queries()
    {
        await WorldAsync();
        await Fleet.RunAsync(new CreateDynamicThingGroup("old", "attributes.firmware<7"));

        var page = Render<GroupsPage>();

        Eventually(page, () => Assert.Equal(["old attributes.firmware<7"], TextsOf(page, ".lines li").Select(text => text.Replace("Building: more things may still join ", "", StringComparison.Ordinal))));
        Assert.Equal(["world"], TextsOf(page, ".branch a"));
    }

    [Fact]
    public async Task A_static_group_is_created_below_another()
    {
        await WorldAsync();
        var page = Render<GroupsPage>();
        await PressAsync(page, "Create a group");
        await page.InvokeAsync(() => page.Find(".form").Submit());
        Eventually(page, () => Assert.Contains("The group needs a name.", TextOf(page, "[role=alert]")));

        await page.InvokeAsync(() => page.FindAll(".form input")[0].Change("de"));
        await page.InvokeAsync(() => page.FindAll(".form input")[1].Change("nowhere"));
        await page.InvokeAsync(() => page.Find(".form").Submit());
        Eventually(page, () => Assert.Contains("There is no thing group nowhere to be the parent", TextOf(page, "[role=alert]")));

        await page.InvokeAsync(() => page.FindAll(".form input")[1].Change("eu"));
        await page.InvokeAsync(() => page.FindAll(".form input")[2].Change("Germany"));
        await page.InvokeAsync(() => page.Find(".form").Submit());
        Eventually(page, () => Assert.StartsWith("de is there", TextOf(page, ".done"), StringComparison.Ordinal));
        var group = await Fleet.RunAsync(new DescribeThingGroup("de"));
        Assert.Equal(("eu", "Germany"), (group.ThingGroupMetadata.ParentGroupName, group.ThingGroupProperties.ThingGroupDescription));
    }

    [Fact]
    public async Task A_dynamic_group_is_created_by_its_query()
    {
        var page = Render<GroupsPage>();
        await PressAsync(page, "Create a group");
        await PressAsync(page, "Dynamic: things match its query");
        await page.InvokeAsync(() => page.FindAll(".form input")[0].Change("old"));
        await page.InvokeAsync(() => page.FindComponent<QueryEditor>().Instance.Changed.InvokeAsync("attributes.firmware<7"));
        await page.InvokeAsync(() => page.Find(".form").Submit());

        Eventually(page, () => Assert.StartsWith("old is there", TextOf(page, ".done"), StringComparison.Ordinal));
        Assert.Equal("attributes.firmware<7", (await Fleet.RunAsync(new DescribeThingGroup("old"))).QueryString);
    }

    [Fact]
    public async Task A_query_shows_how_many_things_match_and_the_first_of_them()
    {
        await Fleet.AddThingsAsync(600);
        var preview = Render<QueryPreview>(parameters => parameters.Add(preview => preview.Query, "thingName:thing-0*"));

        Eventually(preview, () => Assert.Contains("600 things match now.", TextOf(preview, ".preview")));
        Assert.Equal(20, preview.FindAll(".names a").Count);

        preview.Render(parameters => parameters.Add(preview => preview.Query, "thingName:thing-0001"));
        Eventually(preview, () => Assert.Contains("1 thing matches now.", TextOf(preview, ".preview")));
        preview.Render(parameters => parameters.Add(preview => preview.Query, "colour:red"));
        Eventually(preview, () => Assert.Contains("At position 1", TextOf(preview, ".preview"), StringComparison.Ordinal));
        Assert.Contains("attributes.NAME", TextOf(preview, ".preview"));
        preview.Render(parameters => parameters.Add(preview => preview.Query, ""));
        Assert.Contains("while the query is typed", TextOf(preview, ".preview"));
    }

    [Fact]
    public async Task Counting_grows_while_it_is_looked_at_and_can_be_stopped()
    {
        await Fleet.AddThingsAsync(600);
        var gate = new TaskCompletionSource();
        _door.Before = operation => operation is SearchThings { NextToken: not null } ? gate.Task : Task.CompletedTask;
        var preview = Render<QueryPreview>(parameters => parameters.Add(preview => preview.Query, "*"));
        Eventually(preview, () => Assert.Contains("20 match so far.", TextOf(preview, ".preview")));

        await PressAsync(preview, () => preview.Find(".preview button"));
        gate.SetResult();

        Eventually(preview, () => Assert.Contains("More than 20 match.", TextOf(preview, ".preview")));
    }

    [Fact]
    public async Task A_viewer_sees_the_groups_and_creates_none()
    {
        await WorldAsync();

        var page = Render<GroupsPage>(parameters => parameters.AddCascadingValue(new Viewer("me", AccessRole.VIEWER, TimeZoneInfo.Utc)));

        Eventually(page, () => Assert.Equal(["world"], TextsOf(page, ".branch a")));
        Assert.Empty(page.FindAll(".openers"));
    }
}
