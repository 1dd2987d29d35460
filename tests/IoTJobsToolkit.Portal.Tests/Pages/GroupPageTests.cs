using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Portal.Components.Groups;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class GroupPageTests : PageTest
{
    private IRenderedComponent<GroupPage> Open(string group, AccessRole role = AccessRole.ADMINISTRATOR) => Render<GroupPage>(parameters => parameters
        .Add(page => page.GroupName, group)
        .AddCascadingValue(new Viewer("me", role, TimeZoneInfo.Utc)));

    private static Task PressAsync(IRenderedComponent<GroupPage> page, string label) =>
        PressAsync(page, () => page.FindAll("button").Single(button => button.TextContent.Trim() == label));

    private static IReadOnlyList<string> Members(IRenderedComponent<GroupPage> page) => TextsOf(page, ".members a");

    private async Task WorldAsync()
    {
        await Fleet.RunAsync(new CreateThingGroup("world"));
        await Fleet.RunAsync(new CreateThingGroup("eu") { ParentGroupName = "world" });
        await Fleet.AddThingsAsync(3);
        await Fleet.RunAsync(new AddThingToThingGroup { ThingName = "thing-0001", ThingGroupName = "eu" });
    }

    private Task<CreateJobResponse> JobAsync(string jobId, string group, Engine.Jobs.TargetSelection selection) => Fleet.RunAsync(
        new CreateJob(jobId, [Fleet.Engine.Settings.ThingGroupArn(group)]) { Document = "{}", TargetSelection = selection });

    [Fact]
    public async Task It_leads_to_a_job_for_it_and_to_what_was_done_to_it()
    {
        await WorldAsync();
        var page = Open("eu");

        Eventually(page, () => Assert.Equal(["Create a job for it", "Activity"], TextsOf(page, ".page-links a")));
        Assert.EndsWith("%3Athinggroup%2Feu", page.Find(".page-links a").GetAttribute("href"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task It_shows_its_path_things_and_the_jobs_on_it_or_above_it()
    {
        await WorldAsync();
        await JobAsync("here", "eu", Engine.Jobs.TargetSelection.CONTINUOUS);
        await JobAsync("above", "world", Engine.Jobs.TargetSelection.CONTINUOUS);

        var page = Open("eu");

        Eventually(page, () => Assert.Equal(["here", "above"], TextsOf(page, ".group-jobs a")));
        Assert.Equal("Groups / world", TextOf(page, ".crumb"));
        Eventually(page, () => Assert.Equal(["thing-0001"], Members(page)));
        Assert.Contains("by the group world above", TextsOf(page, ".group-jobs li")[1], StringComparison.Ordinal);
        await Fleet.RunAsync(new CancelJob("here"));
        Eventually(page, () => Assert.Equal(["above"], TextsOf(page, ".group-jobs a")));
    }

    [Fact]
    public async Task The_things_of_groups_below_are_shown_when_asked_for()
    {
        await WorldAsync();
        var page = Open("world");
        Eventually(page, () => Assert.Contains("No things.", TextOf(page, ".nothing")));

        await PressAsync(page, "And of the groups below");

        Eventually(page, () => Assert.Equal(["thing-0001"], Members(page)));
        Assert.Empty(page.FindAll(".members input"));
        Assert.Equal(["eu"], TextsOf(page, ".branch a"));
    }

    [Fact]
    public async Task Things_are_put_in_by_name_and_taken_out_after_a_question()
    {
        await WorldAsync();
        await JobAsync("follow", "eu", Engine.Jobs.TargetSelection.CONTINUOUS);
        var page = Open("eu");
        Eventually(page, () => Assert.Equal(["thing-0001"], Members(page)));
        await page.InvokeAsync(() => page.Find(".add-to-group input").Change("nobody"));
        await page.InvokeAsync(() => page.Find(".add-to-group").Submit());
        Eventually(page, () => Assert.Contains("There is no thing nobody.", TextOf(page, "[role=alert]")));

        await page.InvokeAsync(() => page.Find(".add-to-group input").Change("thing-0002"));
        await page.InvokeAsync(() => page.Find(".add-to-group").Submit());
        Eventually(page, () => Assert.Equal(["thing-0001", "thing-0002"], Members(page)));

        await page.InvokeAsync(() => page.Find(".members input").Change(true));
        await AskAsync(page, "Remove");
        Assert.Contains("Removes 1 thing from the group eu. 1 continuous job follows the group", TextOf(Dialogs, ".effect"));
        await ConfirmAsync();
        Eventually(page, () => Assert.Equal(["thing-0002"], Members(page)));
    }

    [Fact]
    public async Task Description_and_attributes_are_edited_and_a_change_by_somebody_else_is_not_written_over()
    {
        await WorldAsync();
        var page = Open("eu");
        Eventually(page, () => Assert.Contains("Edit", TextsOf(page, "button")));
        await PressAsync(page, "Edit");
        await page.InvokeAsync(() => page.Find(".form .field.wide input").Change("Europe"));
        await page.InvokeAsync(() => page.Find("[aria-label='Name of attribute 1']").Change("site"));
        await page.InvokeAsync(() => page.Find("[aria-label='Value of attribute 1']").Change("eu1"));
        await Fleet.RunAsync(new UpdateThingGroup("eu", new() { ThingGroupDescription = "Meanwhile" }));
        await page.InvokeAsync(() => page.Find(".form").Submit());
        Eventually(page, () => Assert.Contains("decide again", TextOf(page, "[role=alert]")));

        await PressAsync(page, "Leave as it was");
        Eventually(page, () => Assert.Contains("Meanwhile", page.Markup));
        await PressAsync(page, "Edit");
        await page.InvokeAsync(() => page.Find(".form .field.wide input").Change("Europe"));
        await page.InvokeAsync(() => page.Find(".form").Submit());
        Eventually(page, () => Assert.Empty(page.FindAll(".form")));
        Assert.Equal("Europe", (await Fleet.RunAsync(new DescribeThingGroup("eu"))).ThingGroupProperties.ThingGroupDescription);
    }

    [Fact]
    public async Task A_group_with_groups_below_is_not_deleted_and_an_empty_one_is()
    {
        await WorldAsync();
        var parent = Open("world");
        await AskAsync(parent, "Delete");
        Assert.Contains("1 group stands below it (eu): delete that one first.", TextOf(Dialogs, ".effect"));
        Assert.Empty(Dialogs.FindAll(".mud-button-filled-error"));
        await PressAsync(Dialogs, () => Dialogs.Find(".mud-dialog-actions button"));
        Eventually(Dialogs, () => Assert.Empty(Dialogs.FindAll(".effect")));

        var page = Open("eu");
        await AskAsync(page, "Delete");
        Assert.Contains("Deletes the group; its 1 thing stays. No running or scheduled job targets it.", TextOf(Dialogs, ".effect"));
        await ConfirmAsync();
        var navigation = Services.GetRequiredService<NavigationManager>();
        Eventually(page, () => Assert.EndsWith("/portal/groups", navigation.Uri, StringComparison.Ordinal));
        Assert.Equal(["world"], (await Fleet.RunAsync(new ListThingGroups())).ThingGroups.Select(group => group.GroupName));
    }

    [Fact]
    public async Task A_dynamic_group_follows_its_query_and_offers_no_members_to_change()
    {
        await WorldAsync();
        await Fleet.RunAsync(new CreateDynamicThingGroup("some", "thingName:thing-0001 OR thingName:thing-0003"));

        var page = Open("some");

        Eventually(page, () => Assert.Equal(["thing-0001", "thing-0003"], Members(page)));
        Assert.Contains("thingName:thing-0001 OR thingName:thing-0003", TextOf(page, ".head"), StringComparison.Ordinal);
        Assert.Empty(page.FindAll(".members input, .add-to-group"));
        await Fleet.RunAsync(new UpdateDynamicThingGroup("some", new()) { QueryString = "thingName:thing-0002" });
        Eventually(page, () => Assert.Equal(["thing-0002"], Members(page)));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("not a name")]
    public void An_unknown_group_is_told_with_a_next_step(string name)
    {
        var page = Open(name);

        Eventually(page, () => Assert.Contains($"There is no group {name}", TextOf(page, "[role=alert]")));
    }

    [Fact]
    public async Task A_viewer_sees_the_group_and_changes_nothing()
    {
        await WorldAsync();

        var page = Open("eu", AccessRole.VIEWER);

        Eventually(page, () => Assert.Equal(["thing-0001"], Members(page)));
        Assert.Empty(page.FindAll("input, .action, .openers"));
    }
}
