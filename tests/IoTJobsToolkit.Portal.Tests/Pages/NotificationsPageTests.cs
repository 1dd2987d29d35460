using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.NotificationRules;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Notifications;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;

namespace IoTJobsToolkit.Portal.Tests.Pages;

/// <summary>Who is told of what: rules are made, changed and deleted, and what has not arrived is tried again or given up.</summary>
public sealed class NotificationsPageTests : PageTest
{
    private IRenderedComponent<NotificationsPage> Open(AccessRole role = AccessRole.ADMINISTRATOR) =>
        Render<NotificationsPage>(parameters => parameters.AddCascadingValue(new Viewer("ops", role, TimeZoneInfo.Utc)));

    private static async Task PressAsync(IRenderedComponent<NotificationsPage> page, string button)
    {
        Eventually(page, () => Assert.Contains(page.FindAll("button"), found => found.TextContent.Trim() == button && !found.HasAttribute("disabled")));
        await page.InvokeAsync(() => page.FindAll("button").First(found => found.TextContent.Trim() == button).TriggerEventAsync("onclick", new MouseEventArgs()));
    }

    private static Task FillAsync(IRenderedComponent<NotificationsPage> page, int field, string text) =>
        page.InvokeAsync(() => page.FindAll(".rule-form .rule-field input")[field].TriggerEventAsync("onchange", new ChangeEventArgs { Value = text }));

    [Fact]
    public async Task A_rule_is_made_its_secret_shown_once_and_then_it_is_deleted()
    {
        var page = Open();
        Eventually(page, () => Assert.Contains("There are no rules yet", page.Markup, StringComparison.Ordinal));
        await PressAsync(page, "New rule");
        await FillAsync(page, 0, "on-call");
        await PressAsync(page, "Job aborted");
        await FillAsync(page, 1, "fw-*");
        await FillAsync(page, 2, "http://127.0.0.1:9/hook");
        await page.InvokeAsync(() => page.Find(".rule-form").TriggerEventAsync("onsubmit", EventArgs.Empty));

        Eventually(page, () => Assert.StartsWith("whsec_", TextOf(page, "#new-webhook-secret"), StringComparison.Ordinal));
        Eventually(page, () => Assert.Contains("Job aborted of fw-*", TextsOf(page, ".rules tbody td")));
        await PressAsync(page, "I have copied it");
        Assert.DoesNotContain("whsec_", page.Markup, StringComparison.Ordinal);
        var rule = Assert.Single((await Fleet.RunAsync(new ListNotificationRules())).Rules);
        Assert.Equal(("on-call", "fw-*", "http://127.0.0.1:9/hook"), (rule.RuleName, rule.JobIdPattern, rule.Url));

        await PressAsync(page, "Disable");
        Eventually(page, () => Assert.Contains("disabled", TextOf(page, ".rules tbody .name"), StringComparison.Ordinal));
        await PressAsync(page, "Delete");
        await ConfirmAsync();
        Eventually(page, () => Assert.Contains("There are no rules yet", page.Markup, StringComparison.Ordinal));
    }

    [Fact]
    public async Task What_has_not_arrived_is_listed_and_can_be_given_up()
    {
        await Fleet.RunAsync(new CreateNotificationRule("told", [NotificationEvent.JOB_CREATED]) { Url = "http://127.0.0.1:9/hook" });
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.RunAsync(new CreateJob("fw", [Fleet.ThingArn(things[0])]) { Document = "{}" });
        var page = Open();
        Eventually(page, () => Assert.Contains("Job created", TextOf(page, ".deliveries tbody"), StringComparison.Ordinal));

        await PressAsync(page, "Remove");
        await ConfirmAsync();

        Eventually(page, () => Assert.Contains("Everything has arrived.", page.Markup, StringComparison.Ordinal));
        Assert.Empty((await Fleet.RunAsync(new ListNotificationDeliveries())).Deliveries);
    }

    [Fact]
    public async Task A_rule_that_cannot_be_is_refused_with_the_reason_and_an_operator_sees_no_rules()
    {
        var page = Open();
        await PressAsync(page, "New rule");
        await FillAsync(page, 0, "on-call");
        await page.InvokeAsync(() => page.Find(".rule-form").TriggerEventAsync("onsubmit", EventArgs.Empty));
        Eventually(page, () => Assert.Contains("Nothing to tell yet", TextOf(page, ".refusal"), StringComparison.Ordinal));
        await PressAsync(page, "Job aborted");
        await FillAsync(page, 2, "not an address");
        await page.InvokeAsync(() => page.Find(".rule-form").TriggerEventAsync("onsubmit", EventArgs.Empty));
        Eventually(page, () => Assert.Contains("url", TextOf(page, ".refusal"), StringComparison.OrdinalIgnoreCase));

        var operators = Open(AccessRole.OPERATOR);
        Eventually(operators, () => Assert.Contains("Only administrators see", operators.Markup, StringComparison.Ordinal));
    }
}
