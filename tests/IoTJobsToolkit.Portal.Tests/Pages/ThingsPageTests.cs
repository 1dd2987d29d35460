using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Portal.Components.Things;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class ThingsPageTests : PageTest
{
    private readonly FailingJobs _door = new();

    protected override IJobs Door(IJobs jobs)
    {
        _door.Inner = jobs;
        return _door;
    }

    private IRenderedComponent<ThingsPage> Open(string? text = null, AccessRole role = AccessRole.ADMINISTRATOR)
    {
        Services.GetRequiredService<NavigationManager>().NavigateTo(text is null ? "/portal/things" : $"/portal/things?text={Uri.EscapeDataString(text)}");
        return Render<ThingsPage>(parameters => parameters.AddCascadingValue(new Viewer("me", role, TimeZoneInfo.Utc)));
    }

    private static IReadOnlyList<string> Names(IRenderedComponent<ThingsPage> page) => TextsOf(page, "td.name a");

    private static Task PressAsync(IRenderedComponent<ThingsPage> page, string label) =>
        PressAsync(page, () => page.FindAll("button").Single(button => button.TextContent.Trim() == label));

    private Task<CreateThingResponse> LampAsync(string name, string firmware) => Fleet.RunAsync(new CreateThing(name)
    {
        ThingTypeName = "lamp", AttributePayload = new() { Attributes = new Dictionary<string, string> { ["firmware"] = firmware } },
    });

    [Fact]
    public void Without_things_it_says_how_the_first_one_comes()
    {
        var page = Open();

        Eventually(page, () => Assert.Contains("New-IoTThing lamp-1", page.Markup));
        Assert.Contains("Import-Csv", page.Markup);
    }

    [Fact]
    public void While_it_reads_it_says_so()
    {
        _door.Before = _ => new TaskCompletionSource().Task;

        Assert.Contains("Reading the things", TextOf(Open(), "[aria-busy=true]"));
    }

    [Fact]
    public async Task A_refusal_is_told_with_a_next_step_and_can_be_tried_again()
    {
        await Fleet.AddThingsAsync(1);
        _door.Refusal = new(JobsError.ServiceUnavailable, "The disk is full.");
        var page = Open();
        Eventually(page, () => Assert.Contains("The disk is full.", TextOf(page, "[role=alert]")));

        _door.Refusal = null;
        await PressAsync(page, "Try again");

        Eventually(page, () => Assert.Equal(["thing-0001"], Names(page)));
    }

    [Theory]
    [InlineData("lamp-", "lamp-1 lamp-2")]
    [InlineData("attributes.firmware<7 AND thingTypeName:lamp", "lamp-1")]
    [InlineData("connectivity.connected:true", "lamp-2")]
    public async Task The_address_narrows_the_things_by_prefix_or_by_query(string text, string names)
    {
        await Fleet.AddThingsAsync(2);
        await LampAsync("lamp-1", "6");
        await LampAsync("lamp-2", "7");
        await Fleet.Engine.Broker.KeepConnectivityAsync([new("lamp-2", true, Fleet.Clock.GetUtcNow(), "c")], Xunit.TestContext.Current.CancellationToken);

        var page = Open(text);

        Eventually(page, () => Assert.Equal(names.Split(' '), Names(page)));
        Assert.Contains("firmware", TextOf(page, "td.attributes"), StringComparison.Ordinal);
    }

    [Fact]
    public void A_query_that_cannot_be_read_says_where()
    {
        var page = Open("colour:red");

        Eventually(page, () => Assert.Contains("At position 1", TextOf(page, "[role=alert]"), StringComparison.Ordinal));
    }

    [Fact]
    public void Nothing_found_offers_a_search_without_case()
    {
        var page = Open("Lamp");

        Eventually(page, () => Assert.Contains("No thing matches.", page.Markup));
        Assert.Equal("portal/things?text=thingName%3ALamp%2A", page.Find(".empty a").GetAttribute("href"));
    }

    [Fact]
    public async Task Pages_turn_and_what_was_selected_stays_selected()
    {
        await Fleet.AddThingsAsync(120);
        var page = Open();
        Eventually(page, () => Assert.Equal(50, Names(page).Count));
        await page.InvokeAsync(() => page.Find("tbody input[type=checkbox]").Change(true));

        await PressAsync(page, "Next");
        Eventually(page, () => Assert.Equal("thing-0051", Names(page)[0]));
        await page.InvokeAsync(() => page.Find("thead input[type=checkbox]").Change(true));

        Assert.Contains("51 things selected", TextOf(page, ".selected"));
        await PressAsync(page, "Next");
        Eventually(page, () => Assert.Equal(20, Names(page).Count));
        await PressAsync(page, "Count them");
        Eventually(page, () => Assert.Contains("120 things", TextOf(page, ".match-count")));
    }

    [Fact]
    public async Task The_list_follows_things_that_come_go_and_connect()
    {
        await Fleet.AddThingsAsync(1);
        var page = Open();
        Eventually(page, () => Assert.Equal(["Not connected"], TextsOf(page, "td.connection")));

        await Fleet.Engine.Broker.KeepConnectivityAsync([new("thing-0001", true, Fleet.Clock.GetUtcNow(), "c")], Xunit.TestContext.Current.CancellationToken);
        Eventually(page, () => Assert.StartsWith("Connected", TextOf(page, "td.connection"), StringComparison.Ordinal));
        await LampAsync("lamp-1", "6");
        Eventually(page, () => Assert.Equal(["lamp-1", "thing-0001"], Names(page)));
        await Fleet.RunAsync(new DeleteThing("thing-0001"));
        Eventually(page, () => Assert.Equal(["lamp-1"], Names(page)));
    }

    [Fact]
    public async Task Selected_things_are_deleted_after_a_question_in_numbers()
    {
        var things = await Fleet.AddThingsAsync(3);
        await Fleet.AddJobAsync("update", things);
        await Fleet.ReportAsync("update", things[0], JobExecutionStatus.IN_PROGRESS);
        var page = Open();
        Eventually(page, () => Assert.Equal(3, Names(page).Count));
        await page.InvokeAsync(() => page.FindAll("tbody input[type=checkbox]")[0].Change(true));
        await page.InvokeAsync(() => page.FindAll("tbody input[type=checkbox]")[1].Change(true));

        await AskAsync(page, "Delete");
        Assert.Contains("Deletes 2 things", TextOf(Dialogs, ".effect"));
        Assert.Contains("Ends 2 pending executions as removed (1 queued, 1 in progress)", TextOf(Dialogs, ".effect"));
        await ConfirmAsync();

        Eventually(page, () => Assert.Equal(["thing-0003"], Names(page)));
        Eventually(page, () => Assert.Empty(page.FindAll(".selected")));
        Assert.Equal(["thing-0003"], (await Fleet.RunAsync(new SearchThings())).Things.Select(thing => thing.ThingName));
    }

    [Fact]
    public async Task Selected_things_join_a_group_and_continuous_jobs_are_told_before()
    {
        await Fleet.AddThingsAsync(2);
        await Fleet.RunAsync(new CreateThingGroup("eu"));
        await Fleet.RunAsync(new Engine.Operations.Control.CreateJob("follow", [Fleet.Engine.Settings.ThingGroupArn("eu")])
        {
            Document = "{}", TargetSelection = Engine.Jobs.TargetSelection.CONTINUOUS,
        });
        var page = Open();
        Eventually(page, () => Assert.Equal(2, Names(page).Count));
        await page.InvokeAsync(() => page.Find("thead input[type=checkbox]").Change(true));

        await page.InvokeAsync(() => page.Find(".add-to-group input").Change("nowhere"));
        Eventually(page, () => Assert.Contains("There is no group nowhere", TextOf(page, ".add-to-group [role=status]")));
        await page.InvokeAsync(() => page.Find(".add-to-group input").Change("eu"));
        Eventually(page, () => Assert.Contains("1 continuous job runs on it", TextOf(page, ".add-to-group [role=status]")));
        await page.InvokeAsync(() => page.Find(".add-to-group").Submit());

        Eventually(page, () => Assert.Empty(page.FindAll(".selected")));
        Assert.Equal(["thing-0001", "thing-0002"], (await Fleet.RunAsync(new ListThingsInThingGroup("eu"))).Things);
    }

    [Fact]
    public async Task A_thing_is_added_with_type_and_attributes()
    {
        var page = Open();
        await PressAsync(page, "Add a thing");
        await page.InvokeAsync(() => page.FindAll(".form input")[0].Change(" lamp-1 "));
        await page.InvokeAsync(() => page.FindAll(".form input")[1].Change("lamp"));
        await page.InvokeAsync(() => page.Find("[aria-label='Name of attribute 1']").Change("firmware"));
        await page.InvokeAsync(() => page.Find(".form").Submit());
        Eventually(page, () => Assert.Contains("The attribute firmware has no value.", TextOf(page, "[role=alert]")));

        await page.InvokeAsync(() => page.Find("[aria-label='Value of attribute 1']").Change("7"));
        await page.InvokeAsync(() => page.Find(".form").Submit());

        Eventually(page, () => Assert.Equal(["lamp-1"], Names(page)));
        Eventually(page, () => Assert.Contains("needs a certificate or a token", TextOf(page, ".done")));
        var thing = await Fleet.RunAsync(new DescribeThing("lamp-1"));
        Assert.Equal(("lamp", "7"), (thing.ThingTypeName, thing.Attributes["firmware"]));
    }

    [Fact]
    public async Task A_file_of_things_is_taken_over_and_its_refused_lines_are_listed()
    {
        var page = Open();
        await PressAsync(page, "Add many by CSV");

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("\uFEFFthingName,groups\nlamp-1,eu\nbad name,\nlamp-2,\"eu\n", "things.csv"));

        Eventually(page, () => Assert.Contains("All 3 lines were looked at.", TextOf(page, ".import-progress [role=status]")));
        Assert.Equal(["2 ", "3 ", "4 "], TextsOf(page, ".refused td.number").Select(text => text["Line ".Length..] + " "));
        Assert.Contains("There is no group eu", TextOf(page, ".refused td.reason-cell"), StringComparison.Ordinal);
        await PressAsync(page, "Save refused lines as CSV");
        await page.InvokeAsync(() => Assert.Contains(JSInterop.Invocations, call => call.Identifier == "portalSave" && (string?)call.Arguments[0] == "refused-lines.csv"));

        await PressAsync(page, "Add more");
        await page.InvokeAsync(() => page.Find(".check input").Change(true));
        await page.InvokeAsync(() => page.Find("textarea").Change("thingName,groups\nlamp-1,eu"));
        await PressAsync(page, "Add the pasted lines");
        Eventually(page, () => Assert.Equal(["lamp-1"], Names(page)));
        Eventually(page, () => Assert.Contains("Groups created 1", TextOf(page, ".import-figures")));
    }

    [Fact]
    public async Task An_import_goes_on_while_its_panel_is_closed()
    {
        var gate = new TaskCompletionSource();
        _door.Before = operation => operation is CreateThing { ThingName: "last" } ? gate.Task : Task.CompletedTask;
        var page = Open();
        await PressAsync(page, "Add many by CSV");
        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("thingName\nfirst\nlast", "things.csv"));
        Eventually(page, () => Assert.Contains("1 of 2 lines", TextOf(page, ".import-progress [role=status]")));

        await PressAsync(page, "Add many by CSV");
        Assert.NotNull(page.Find("[hidden] .import-progress"));
        gate.SetResult();
        Eventually(page, () => Assert.Equal(["first", "last"], Names(page)));
        await PressAsync(page, "Add many by CSV");
        Eventually(page, () => Assert.Contains("All 2 lines were looked at.", TextOf(page, ".import-progress [role=status]")));
    }

    [Fact]
    public async Task A_file_that_is_no_list_of_things_changes_nothing()
    {
        var page = Open();
        await PressAsync(page, "Add many by CSV");

        page.FindComponent<InputFile>().UploadFiles(InputFileContent.CreateFromText("lamp-1,lamp", "things.csv"));

        Eventually(page, () => Assert.Contains("one of them thingName", TextOf(page, "[role=alert]")));
    }

    [Fact]
    public async Task A_viewer_sees_the_things_and_changes_nothing()
    {
        await Fleet.AddThingsAsync(1);

        var page = Open(role: AccessRole.VIEWER);

        Eventually(page, () => Assert.Equal(["thing-0001"], Names(page)));
        Assert.Empty(page.FindAll("input[type=checkbox], .openers button"));
    }
}
