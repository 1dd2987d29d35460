using System.Globalization;
using Bunit;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Portal.Components.Executions;
using IoTJobsToolkit.Portal.Components.Viewing;
using Microsoft.Extensions.Time.Testing;

namespace IoTJobsToolkit.Portal.Tests.Pages;

public sealed class ExecutionDetailsTests : PageTest
{
    private readonly FakeTimeProvider _clock;

    public ExecutionDetailsTests()
        : this(new())
    {
    }

    private ExecutionDetailsTests(FakeTimeProvider clock)
        : base(clock, new(clock)) => _clock = clock;

    [Fact]
    public async Task The_time_out_stays_where_it_was_read()
    {
        var things = await Fleet.AddThingsAsync(1);
        await Fleet.AddJobAsync("update", things, create => create with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 30 } });
        await Fleet.ReportAsync("update", things[0], JobExecutionStatus.IN_PROGRESS);
        var list = await Fleet.RunAsync(new ListJobExecutionsForJob("update"));
        var line = ExecutionLine.Of("update", things[0], list.ExecutionSummaries[0].JobExecutionSummary);
        var details = Render<ExecutionDetails>(parameters => parameters
            .Add(d => d.Line, line)
            .AddCascadingValue(new Viewer("me", AccessRole.OPERATOR, TimeZoneInfo.FindSystemTimeZoneById("Asia/Tokyo"))));
        Eventually(details, () => Assert.Contains("Times out at", TextOf(details, "dl")));
        Assert.StartsWith(_clock.GetUtcNow().AddHours(9).ToString("yyyy-MM-dd HH:", CultureInfo.InvariantCulture), details.Find("dl time").TextContent, StringComparison.Ordinal);
        var before = TextOf(details, "dl");

        _clock.Advance(TimeSpan.FromMinutes(10));
        details.Render();

        Assert.Equal(before, TextOf(details, "dl"));
    }
}
