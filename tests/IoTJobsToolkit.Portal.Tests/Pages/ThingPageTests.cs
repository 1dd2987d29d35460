using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Portal.Components.Things;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class ThingPageTests : PageTest
{
    private IRenderedComponent<ThingPage> Open(string thing, AccessRole role = AccessRole.ADMINISTRATOR) => Render<ThingPage>(parameters => parameters
        .Add(page => page.ThingName, thing)
        .AddCascadingValue(new Viewer("me", role, TimeZoneInfo.Utc)));

    private static Task PressAsync(IRenderedComponent<ThingPage> page, string label) =>
        PressAsync(page, () => page.FindAll("button").Single(button => button.TextContent.Trim() == label));

    [Fact]
    public async Task It_shows_the_things_executions_newest_first_and_follows_them()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("first", things);
        var page = Open(things[0]);
        Eventually(page, () => Assert.Equal(["first"], TextsOf(page, ".executions td.name")));

        await Fleet.AddJobAsync("second", things);
        Eventually(page, () => Assert.Equal(["second", "first"], TextsOf(page, ".executions td.name")));

        await Fleet.ReportAsync("first", things[0], JobExecutionStatus.FAILED);
        Eventually(page, () => Assert.Contains("Failed", TextsOf(page, ".executions .mark")));
    }

    [Theory]
    [InlineData(AccessRole.OPERATOR, "Create a job for it", "Activity")]
    [InlineData(AccessRole.VIEWER, "Activity")]
    public async Task It_leads_to_a_job_for_it_and_to_what_was_done_to_it(AccessRole role, params string[] links)
    {
        var things = await Fleet.AddThingsAsync(1);
        var page = Open(things[0], role);

        Eventually(page, () => Assert.Equal(links, TextsOf(page, ".page-links a")));
        Assert.Equal("portal/activity?text=thing-0001", page.FindAll(".page-links a")[^1].GetAttribute("href"));
        Assert.All(page.FindAll(".page-links a").SkipLast(1), link => Assert.EndsWith("%3Athing%2Fthing-0001", link.GetAttribute("href"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_status_narrows_its_executions()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("bad", things);
        await Fleet.AddJobAsync("open", things);
        await Fleet.ReportAsync("bad", things[0], JobExecutionStatus.FAILED);
        var page = Open(things[0]);

        await PressAsync(page, () => page.FindAll(".pill").Single(pill => pill.TextContent == "Failed"));

        Eventually(page, () => Assert.Equal(["bad"], TextsOf(page, ".executions td.name")));
    }

    [Fact]
    public async Task Its_executions_are_paged_forward_and_back()
    {
        var things = await Fleet.AddThingsAsync(1);
        var jobs = Enumerable.Range(0, 60).Select(i => $"job-{i:00}").ToArray();
        foreach (var job in jobs)
        {
            await Fleet.AddJobAsync(job, things);
        }
        var page = Open(things[0]);
        Eventually(page, () => Assert.Equal(50, page.FindAll(".executions td.name").Count));

        await PressAsync(page, () => page.FindAll(".pager button")[1]);
        Eventually(page, () => Assert.Equal(10, page.FindAll(".executions td.name").Count));

        await PressAsync(page, () => page.FindAll(".pager button")[0]);
        Eventually(page, () => Assert.Equal(50, page.FindAll(".executions td.name").Count));
    }

    [Theory]
    [InlineData("nobody")]
    [InlineData("not a name")]
    public void An_unknown_thing_is_told_with_a_next_step(string name)
    {
        var page = Open(name);

        Eventually(page, () => Assert.Contains($"There is no thing {name}", TextOf(page, "[role=alert]")));
    }

    [Fact]
    public async Task What_is_still_to_do_stands_in_the_order_in_which_the_device_gets_it()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("first", things);
        await Fleet.AddJobAsync("second", things);
        await Fleet.AddJobAsync("apart", things, job => job with { NamespaceId = "night" });
        var page = Open(things[0]);
        Eventually(page, () => Assert.Equal(["first", "second", "apart"], TextsOf(page, ".queue a")));
        Assert.Equal(["1st of 2", "2nd of 2", "1st of 1"], TextsOf(page, ".place"));
        Assert.Contains("namespace night", TextsOf(page, ".queue li")[2], StringComparison.Ordinal);

        await Fleet.ReportAsync("second", things[0], JobExecutionStatus.IN_PROGRESS);
        Eventually(page, () => Assert.Equal(["second", "first", "apart"], TextsOf(page, ".queue a")));
        await Fleet.ReportAsync("second", things[0], JobExecutionStatus.SUCCEEDED);
        Eventually(page, () => Assert.Equal(["1st of 1", "1st of 1"], TextsOf(page, ".place")));
    }

    [Theory]
    [InlineData(1, "1st")]
    [InlineData(2, "2nd")]
    [InlineData(3, "3rd")]
    [InlineData(4, "4th")]
    [InlineData(11, "11th")]
    [InlineData(112, "112th")]
    [InlineData(1021, "1,021st")]
    public void Places_are_said_as_people_say_them(long number, string words) => Assert.Equal(words, QueuePlace.Ordinal(number));

    [Fact]
    public async Task Its_connection_is_followed_with_the_reason_of_its_end()
    {
        var things = await Fleet.AddThingsAsync(1);
        var page = Open(things[0]);
        Eventually(page, () => Assert.Contains("It has never connected", TextOf(page, ".connection-line")));

        await Fleet.Engine.Broker.KeepConnectivityAsync([new(things[0], true, Fleet.Clock.GetUtcNow(), "c")], Xunit.TestContext.Current.CancellationToken);
        Eventually(page, () => AssertLine("Connected", "^since .+, as c$"));
        await Fleet.Engine.Broker.KeepConnectivityAsync(
            [new(things[0], false, Fleet.Clock.GetUtcNow(), "c", DisconnectReason.MQTT_KEEP_ALIVE_TIMEOUT)], Xunit.TestContext.Current.CancellationToken);
        Eventually(page, () => AssertLine("Not connected", "^since .+: the device was silent for longer than its keep-alive$"));

        void AssertLine(string state, string since) => Assert.Collection(
            TextsOf(page, ".connection-line > span"), text => Assert.Equal(state, text), text => Assert.Matches(since, text));
    }

    [Fact]
    public async Task Type_and_attributes_are_edited_by_an_operator()
    {
        await Fleet.RunAsync(new CreateThing("lamp") { ThingTypeName = "old", AttributePayload = new() { Attributes = new Dictionary<string, string> { ["a"] = "1", ["b"] = "2" } } });
        var page = Open("lamp");
        Eventually(page, () => Assert.Equal(["old", "1", "2", "1"], TextsOf(page, "[aria-labelledby=properties] .facts dd")));

        await PressAsync(page, "Edit");
        await page.InvokeAsync(() => page.Find("[aria-labelledby=properties] .field input").Change(""));
        await page.InvokeAsync(() => page.Find("[aria-label='Value of attribute 1']").Change("3"));
        await PressAsync(page, () => page.Find("[aria-label='Remove attribute 2']"));
        await page.InvokeAsync(() => page.Find("[aria-labelledby=properties] form").Submit());

        Eventually(page, () => Assert.Equal(["none", "3", "2"], TextsOf(page, "[aria-labelledby=properties] .facts dd")));
    }

    [Fact]
    public async Task Its_groups_are_joined_and_left_and_dynamic_ones_say_why()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.RunAsync(new CreateThingGroup("eu"));
        await Fleet.RunAsync(new CreateDynamicThingGroup("all", "*"));
        var page = Open(things[0]);
        Eventually(page, () => Assert.Equal(["by *"], TextsOf(page, "[aria-labelledby=groups] li .muted")));

        await page.InvokeAsync(() => page.Find(".add-to-group input").Change("eu"));
        await page.InvokeAsync(() => page.Find(".add-to-group").Submit());
        Eventually(page, () => Assert.Equal(["all", "eu"], TextsOf(page, "[aria-labelledby=groups] li a")));

        await AskAsync(page, "Remove");
        await ConfirmAsync();
        Eventually(page, () => Assert.Equal(["all"], TextsOf(page, "[aria-labelledby=groups] li a")));
    }

    [Fact]
    public async Task A_certificate_is_issued_as_three_files_and_its_key_is_shown_this_once()
    {
        var things = await Fleet.AddThingsAsync(1);
        var page = Open(things[0]);
        Eventually(page, () => Assert.Contains("its device cannot get in", TextOf(page, "[aria-labelledby=credentials]")));

        await PressAsync(page, "Issue a certificate");
        Eventually(page, () => Assert.Equal(["thing-0001.cert.pem", "thing-0001.key.pem", "ca.pem"], TextsOf(page, ".made .openers button")));
        Assert.Equal(["certificate CERT1 of thing-0001", "key of CERT1", "the authority"], TextsOf(page, ".made pre"));
        await PressAsync(page, "thing-0001.key.pem");
        await page.InvokeAsync(() => Assert.Contains(JSInterop.Invocations, call => call.Identifier == "portalSave" && (string?)call.Arguments[0] == "thing-0001.key.pem"));

        await PressAsync(page, "I have saved them");
        Assert.DoesNotContain("key of CERT1", page.Markup, StringComparison.Ordinal);
        Eventually(page, () => Assert.Contains("CERT1", TextOf(page, "[aria-labelledby=credentials] li"), StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_token_is_shown_once_and_revoked_after_a_question()
    {
        var things = await Fleet.AddThingsAsync(1);
        var page = Open(things[0]);
        await ChangeAsync(page, () => page.Find(".issue input"), "30");
        await PressAsync(page, "Issue a token");
        Eventually(page, () => Assert.Equal("iotj.thing-0001.TOKEN1.secret", TextOf(page, ".made .secret")));
        await PressAsync(page, "I have copied it");
        Assert.DoesNotContain("secret", page.Markup, StringComparison.Ordinal);
        var issued = Assert.Single((await Fleet.RunAsync(new ListThingCredentials(things[0]))).Credentials);
        Assert.Equal(30, (issued.ExpiresAt!.Value - issued.CreatedAt).TotalDays);

        await AskAsync(page, "Revoke");
        Assert.Contains("its device is locked out until it gets a new one", TextOf(Dialogs, ".effect"));
        await ConfirmAsync();
        Eventually(page, () => Assert.Contains("revoked", TextOf(page, "[aria-labelledby=credentials] li")));
    }

    [Fact]
    public async Task It_is_deleted_after_a_question_in_numbers()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("update", things);
        var page = Open(things[0]);

        await AskAsync(page, "Delete");
        Assert.Contains("Ends 1 pending execution as removed (1 queued, 0 in progress).", TextOf(Dialogs, ".effect"));
        await ConfirmAsync();

        var navigation = Services.GetRequiredService<NavigationManager>();
        Eventually(page, () => Assert.EndsWith("/portal/things", navigation.Uri, StringComparison.Ordinal));
        Assert.Empty((await Fleet.RunAsync(new SearchThings())).Things);
    }

    [Fact]
    public async Task A_viewer_sees_the_thing_and_changes_nothing()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.RunAsync(new CreateThingToken(things[0]));

        var page = Open(things[0], AccessRole.VIEWER);

        Eventually(page, () => Assert.Contains("TOKEN1", TextOf(page, "[aria-labelledby=credentials] li"), StringComparison.Ordinal));
        Assert.Empty(page.FindAll("input, .openers, [aria-labelledby=credentials] button, [aria-labelledby=groups] button"));
    }
}
