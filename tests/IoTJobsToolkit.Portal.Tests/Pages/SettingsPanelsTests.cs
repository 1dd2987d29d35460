using Bunit;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Settings;
using IoTJobsToolkit.Portal.Components.Viewing;
using IoTJobsToolkit.Server.Hosting;
using IoTJobsToolkit.Server.Settings;
using IoTJobsToolkit.Wire;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.DependencyInjection;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class SettingsPanelsTests : PageTest
{
    private readonly LeapingClock _clock;
    private readonly FailingJobs _door = new();
    private readonly RunningServer _running = new();

    public SettingsPanelsTests()
        : this(new())
    {
    }

    private SettingsPanelsTests(LeapingClock clock)
        : base(clock, new Fleet(clock))
    {
        _clock = clock;
        Services.AddSingleton(_running);
    }

    protected override IJobs Door(IJobs jobs)
    {
        _door.Inner = jobs;
        return _door;
    }

    private IRenderedComponent<T> Show<T>(AccessRole role = AccessRole.ADMINISTRATOR)
        where T : IComponent =>
        Render<CascadingValue<Viewer>>(value => value
            .Add(cascading => cascading.Value, new Viewer("ada", role, TimeZoneInfo.FindSystemTimeZoneById("Europe/Amsterdam")))
            .AddChildContent<T>()).FindComponent<T>();

    [Fact]
    public async Task Limits_show_their_use_and_warn_from_four_fifths()
    {
        Fleet.Engine.Configure(new() { DeletionPaused = true });
        var things = await Fleet.AddThingsAsync(1);
        for (var i = 0; i < 8; i++)
        {
            await Fleet.AddJobAsync($"old-{i}", things);
        }
        foreach (var i in Enumerable.Range(0, 7))
        {
            await Fleet.RunAsync(new DeleteJob($"old-{i}") { Force = true });
        }
        var page = Show<LimitsPanel>(AccessRole.VIEWER);
        Eventually(page, () => Assert.Contains("1 of 100,000", Rows(page)["Active jobs"]));
        Assert.Equal("7 of 10", Rows(page)["Jobs being deleted"]);
        Assert.Empty(page.FindAll(".warn"));

        await Fleet.RunAsync(new DeleteJob("old-7") { Force = true });

        Eventually(page, () => Assert.Equal("8 (80 %) of 10", Rows(page)["Jobs being deleted"]));
        Assert.Contains("jobs being deleted", TextOf(page, ".warn"), StringComparison.Ordinal);
        Assert.Equal("80 % used", page.Find("tr.near .use").GetAttribute("aria-label"));
    }

    [Fact]
    public void Without_quotas_there_are_no_limits()
    {
        var page = Show<LimitsPanel>();

        Eventually(page, () => Assert.Equal("0 of none", Rows(page)["Active jobs"]));
        Assert.Contains("Jobs:Limits=none", TextOf(page, ".below"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refused_reading_says_what_to_do_and_is_tried_again()
    {
        _door.Refusal = new(JobsError.ServiceUnavailable, "the disk is full");
        var limits = Show<LimitsPanel>();
        var retention = Show<RetentionPanel>();
        Eventually(limits, () => Assert.Contains("the disk is full", TextOf(limits, "[role=alert]")));
        Eventually(retention, () => Assert.Contains("the disk is full", TextOf(retention, "[role=alert]")));

        _door.Refusal = null;
        await PressAsync(limits, () => limits.Find("[role=alert] button"));
        await PressAsync(retention, () => retention.Find("[role=alert] button"));

        Eventually(limits, () => Assert.NotEmpty(limits.FindAll("table.limits")));
        Eventually(retention, () => Assert.Contains("90 days", TextOf(retention, "section")));
    }

    [Fact]
    public async Task A_longer_retention_is_saved_without_a_question()
    {
        var page = Show<RetentionPanel>();
        await SaveAsync(page, "365");

        Eventually(page, () => Assert.Contains("kept for 365 days", TextOf(page, "section")));
        Assert.Equal(365, Fleet.Engine.RetentionDays);
    }

    [Fact]
    public async Task A_shorter_retention_asks_in_numbers_first()
    {
        var things = await Fleet.AddThingsAsync(2);
        await Fleet.AddJobAsync("done", things);
        await Fleet.RunAsync(new CancelJob("done") { Force = true });
        await Fleet.Engine.SettleAsync("done", null, Xunit.TestContext.Current.CancellationToken);
        _clock.Leap(TimeSpan.FromDays(40));
        var page = Show<RetentionPanel>();
        _door.Before = operation => operation is ClearJobHistory ? throw new JobsException(JobsError.ServiceUnavailable, "not now") : Task.CompletedTask;
        await SaveAsync(page, "30");
        Eventually(page, () => Assert.Contains("not now", TextOf(page, "[role=alert]")));

        _door.Before = _ => Task.CompletedTask;
        await SaveAsync(page, "30");
        Eventually(Dialogs, () => Assert.Equal(
            "Removes 1 job with 2 executions and their history at once. This cannot be undone.", TextOf(Dialogs, ".effect")));
        Assert.Equal(90, Fleet.Engine.RetentionDays);
        await ConfirmAsync();

        Eventually(page, () => Assert.Contains("kept for 30 days", TextOf(page, "section")));
        Assert.Equal(30, Fleet.Engine.RetentionDays);
    }

    [Theory]
    [InlineData("0")]
    [InlineData("36501")]
    [InlineData("")]
    public async Task Days_out_of_bounds_are_refused_with_a_next_step(string days)
    {
        var page = Show<RetentionPanel>();
        await SaveAsync(page, days);

        Eventually(page, () => Assert.Contains("1 to 36,500 days", TextOf(page, "[role=alert]")));
        Assert.Equal(90, Fleet.Engine.RetentionDays);
    }

    [Fact]
    public void Others_than_administrators_read_the_retention_and_have_no_form()
    {
        var page = Show<RetentionPanel>(AccessRole.OPERATOR);

        Eventually(page, () => Assert.Contains("kept for 90 days", TextOf(page, "section")));
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public void A_retention_that_a_setting_fixes_says_where_to_change_it()
    {
        Fleet.Engine.Configure(new() { RetentionDays = 14 });
        var page = Show<RetentionPanel>();

        Eventually(page, () => Assert.Contains("kept for 14 days", TextOf(page, "section")));
        Assert.Contains("Jobs:RetentionDays", page.Markup, StringComparison.Ordinal);
        Assert.Empty(page.FindAll("form"));
    }

    [Fact]
    public void The_server_tells_how_to_connect()
    {
        _running.Facts = new(
            "1.2.3", "https://jobs.example.com:8080", [new("Devices", "https://jobs.example.com:8443", "with a certificate")], "/data/jobs.db", AuthMode.Required,
            Dialect.Aws, "/data/jobs.ca.pem");
        var page = Show<ServerPanel>(AccessRole.VIEWER);

        var facts = string.Join(' ', TextsOf(page, "dl"));
        Assert.Contains("1.2.3", facts, StringComparison.Ordinal);
        Assert.Contains("/data/jobs.db", facts, StringComparison.Ordinal);
        Assert.Contains("https://jobs.example.com:8443", facts, StringComparison.Ordinal);
        Assert.Equal(
            [
                "$env:IOTJOBS_ACCESS_KEY_ID = '…'; $env:IOTJOBS_SECRET_ACCESS_KEY = '…' Connect-IoTJobs -Endpoint http://localhost -Region us-east-1",
                "export AWS_ACCESS_KEY_ID=… AWS_SECRET_ACCESS_KEY=… aws iot list-jobs --region us-east-1 --endpoint-url http://localhost",
            ],
            TextsOf(page, "pre"));
        Assert.Equal(page.FindAll("pre").Select(line => "#" + line.Id), page.FindAll("button[data-copy]").Select(button => button.GetAttribute("data-copy")));
    }

    [Fact]
    public void Where_nobody_is_asked_for_keys_the_lines_have_none()
    {
        _running.Facts = new("1.2.3", "http://127.0.0.1:8080", [], "/data/jobs.db", AuthMode.Open, Dialect.Seed, null);
        var page = Show<ServerPanel>();

        Assert.All(TextsOf(page, "pre"), line => Assert.DoesNotContain("KEY", line, StringComparison.Ordinal));
    }

    private static async Task SaveAsync(IRenderedComponent<RetentionPanel> page, string days)
    {
        Eventually(page, () => page.Find("form"));
        await page.InvokeAsync(() => page.Find("form input").Change(days));
        await page.InvokeAsync(() => page.Find("form").Submit());
    }

    private static Dictionary<string, string> Rows(IRenderedComponent<LimitsPanel> page) => page.FindAll("table.limits tbody tr").ToDictionary(
        row => row.QuerySelector("td.name")!.FirstChild!.TextContent.Trim(),
        row => string.Join(" of ", row.QuerySelectorAll("td.number").Select(cell => cell.LastChild!.TextContent.Trim())));
}
