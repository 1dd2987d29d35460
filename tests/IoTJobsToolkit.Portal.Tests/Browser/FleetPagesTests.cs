using System.Text.RegularExpressions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Things;
using Microsoft.Playwright;
using static Microsoft.Playwright.Assertions;

namespace IoTJobsToolkit.Portal.Tests.Browser;

/// <summary>Things and groups in a real browser.</summary>
public sealed class FleetPagesTests(Chromium chromium) : PortalBrowserTest(chromium)
{
    private static readonly string LongThing = new string('t', 64) + ":" + new string('9', 63);

    protected override async Task FillAsync(Fleet fleet)
    {
        var things = await fleet.AddThingsAsync(60);
        await fleet.RunAsync(new CreateThing(LongThing)
        {
            ThingTypeName = new string('T', 128),
            AttributePayload = new() { Attributes = Enumerable.Range(1, 8).ToDictionary(i => $"attribute-{i}", i => new string('v', 60)) },
        });
        await fleet.RunAsync(new CreateThingGroup("world") { ThingGroupProperties = new() { ThingGroupDescription = string.Concat(Enumerable.Repeat("All of it. ", 40)) } });
        await fleet.RunAsync(new CreateThingGroup("eu") { ParentGroupName = "world" });
        await fleet.RunAsync(new CreateThingGroup("nl") { ParentGroupName = "eu" });
        await fleet.RunAsync(new CreateDynamicThingGroup("long-ones", "attributes.attribute-1:v* AND NOT thingName:thing-*"));
        await fleet.RunAsync(new AddThingToThingGroup { ThingName = things[0], ThingGroupName = "eu" });
        await fleet.RunAsync(new AddThingToThingGroup { ThingName = LongThing, ThingGroupName = "eu" });
        await fleet.RunAsync(new CreateThingToken(LongThing));
        await fleet.AddJobAsync("update", [things[0], LongThing]);
        await fleet.RunAsync(new CreateJob("follow", [fleet.Engine.Settings.ThingGroupArn("world")])
        {
            Document = "{}", TargetSelection = Engine.Jobs.TargetSelection.CONTINUOUS,
        });
        await fleet.Engine.SettleAsync("follow", null);
        await fleet.Engine.Broker.KeepConnectivityAsync([new(things[0], true, fleet.Clock.GetUtcNow(), things[0])], TestContext.Current.CancellationToken);
    }

    private static ILocator Button(IPage page, string name) => page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true });

    [Fact]
    public async Task A_file_of_thousands_of_lines_comes_in_and_its_refused_lines_are_saved()
    {
        var page = await OpenAsync("/portal/things");
        await Button(page, "Add many by CSV").ClickAsync();
        await page.GetByLabel("Create groups that are missing").CheckAsync();
        var lines = Enumerable.Range(1, 3_000).Select(i => i % 1_000 == 0 ? $"no name {i};lamp;\"eu2;hall\"" : $"lamp-{i:0000};lamp;\"eu2;hall\"");

        await page.GetByLabel("A file").SetInputFilesAsync(new FilePayload
        {
            Name = "fleet.csv", MimeType = "text/csv", Buffer = [0xEF, 0xBB, 0xBF, .. System.Text.Encoding.UTF8.GetBytes("thingName;thingType;groups\r\n" + string.Join("\r\n", lines))],
        });
        await Expect(page.GetByText("All 3,000 lines were looked at.")).ToBeVisibleAsync(new() { Timeout = 120_000 });
        await Expect(page.Locator(".import-figures")).ToContainTextAsync("2,997");
        await Expect(page.Locator("table.refused td.number")).ToContainTextAsync(["1,001", "2,001", "3,001"]);

        var saving = page.WaitForDownloadAsync();
        await Button(page, "Save refused lines as CSV").ClickAsync();
        var file = await (await saving).PathAsync();
        Assert.StartsWith("line,reason,text\r\n1001,", await File.ReadAllTextAsync(file!, TestContext.Current.CancellationToken), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Typing_narrows_the_things_and_stands_in_the_address()
    {
        var page = await OpenAsync("/portal/things");
        await Expect(page.Locator("table.things td.name")).ToHaveCountAsync(50);

        await page.GetByLabel("Beginning of the name, or a query").FillAsync("thing-006");
        await Expect(page.Locator("table.things td.name a")).ToHaveTextAsync(["thing-0060"]);
        await Expect(page).ToHaveURLAsync(new Regex(@"\?text=thing-006$"));

        await Button(page, "Connected").ClickAsync();
        await Expect(page.Locator("table.things td.name a")).ToHaveTextAsync(["thing-0001"]);
    }

    [Fact]
    public async Task The_tree_is_walked_with_the_keyboard()
    {
        var page = await OpenAsync("/portal/groups");
        var world = Button(page, "Groups below world");
        await world.FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Expect(world).ToHaveAttributeAsync("aria-expanded", "true");
        await Expect(Button(page, "Groups below eu")).ToBeVisibleAsync();

        await page.Keyboard.PressAsync("Tab"); // world
        await page.Keyboard.PressAsync("Tab"); // the opener of eu
        await Expect(Button(page, "Groups below eu")).ToBeFocusedAsync();
        await page.Keyboard.PressAsync("Space");
        await Expect(page.GetByRole(AriaRole.Link, new() { Name = "nl", Exact = true })).ToBeVisibleAsync();
        await page.Keyboard.PressAsync("Tab"); // eu
        await page.Keyboard.PressAsync("Enter");

        await Expect(page.GetByRole(AriaRole.Heading, new() { Level = 1 })).ToHaveTextAsync("eu");
        await Expect(page.Locator(".members a")).ToHaveCountAsync(2);
    }

    [Fact]
    public async Task A_query_previews_what_matches_while_it_is_typed()
    {
        var page = await OpenAsync("/portal/groups");
        await Button(page, "Create a group").ClickAsync();
        await Button(page, "Dynamic: things match its query").ClickAsync();
        await page.GetByLabel("Query").FillAsync("thingName:thing-00*");
        await Expect(page.Locator(".preview")).ToContainTextAsync("60 things match now.");
        await page.GetByLabel("Query").FillAsync("thingName:");
        await Expect(page.Locator(".preview")).ToContainTextAsync("At position");

        await page.GetByLabel("Query").FillAsync("connectivity.connected:true");
        await Expect(page.Locator(".preview")).ToContainTextAsync("1 thing matches now.");
        await page.GetByLabel("Name", new() { Exact = true }).FillAsync("online");
        await Button(page, "Create the group").ClickAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "online", Exact = true }).First.ClickAsync();
        await Expect(page.Locator(".members a")).ToHaveTextAsync(["thing-0001"]);
    }

    [Theory]
    [InlineData(ColorScheme.Light)]
    [InlineData(ColorScheme.Dark)]
    public async Task Axe_finds_nothing(ColorScheme scheme)
    {
        var page = await OpenAsync("/portal/things", scheme);
        await page.GetByLabel("Select thing-0001").CheckAsync();
        await Button(page, "Add a thing").ClickAsync();
        await Axe.AssertCleanAsync(page, "the things, one selected, with the form");

        await Button(page, "Add many by CSV").ClickAsync();
        await page.GetByLabel("Or a few lines, pasted here").FillAsync("thingName\nno name\nlamp");
        await Button(page, "Add the pasted lines").ClickAsync();
        await Expect(page.GetByText("All 2 lines were looked at.")).ToBeVisibleAsync();
        await Axe.AssertCleanAsync(page, "the report of an import");

        await GoAsync(page, $"/portal/things/{LongThing}");
        await Button(page, "Issue a certificate").WaitForAsync();
        await Button(page, "Edit").ClickAsync();
        await Button(page, "Issue a token").ClickAsync();
        await Expect(page.GetByText("Copy the token now")).ToBeVisibleAsync();
        await Axe.AssertCleanAsync(page, "a thing that is edited, with a new token");

        await GoAsync(page, "/portal/groups");
        await Button(page, "Groups below world").ClickAsync();
        await Button(page, "Create a group").ClickAsync();
        await Button(page, "Dynamic: things match its query").ClickAsync();
        await Axe.AssertCleanAsync(page, "the groups with the form");

        await GoAsync(page, "/portal/groups/eu");
        await page.GetByLabel("Select thing-0001").CheckAsync();
        await Axe.AssertCleanAsync(page, "a group");

        await GoAsync(page, "/portal/groups/long-ones");
        await Button(page, "Edit").ClickAsync();
        await Axe.AssertCleanAsync(page, "a dynamic group that is edited");
    }

    [Theory]
    [InlineData("/portal/things", "Add a thing")]
    [InlineData("/portal/things", "Add many by CSV")]
    [InlineData("/portal/things?text=nothing", null)]
    [InlineData("/portal/things/{longThing}", "Edit")]
    [InlineData("/portal/groups", "Create a group")]
    [InlineData("/portal/groups/eu", "Edit")]
    [InlineData("/portal/groups/long-ones", "Edit")]
    public async Task At_400_pixels_no_page_scrolls_sideways(string path, string? opened)
    {
        var page = await OpenAsync(path.Replace("{longThing}", LongThing, StringComparison.Ordinal), width: 400);
        if (opened is not null)
        {
            await Button(page, opened).ClickAsync();
            await page.Locator(".form").WaitForAsync();
        }

        await PageWidth.AssertFitsAsync(page);
    }
}
