using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>How long ended jobs are kept, as the database was told; t in seconds.</summary>
public sealed class ToldRetentionTests : IDisposable
{
    private const double Day = 86_400;

    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task What_the_database_was_told_counts_at_once_and_over_a_restart()
    {
        Assert.Equal((90, RetentionOrigin.DEFAULT), await Retention());
        await EndedJobs();
        await _t.At(20 * Day);
        await _t.Run(new UpdateRetention(15));

        await Refused(_t.Job("first"), JobsError.ResourceNotFound);
        Assert.Equal("second", (await _t.Job("second")).JobId);
        Assert.Equal((15, RetentionOrigin.DATABASE), await Retention());
        _t.Restart();
        Assert.Equal((15, RetentionOrigin.DATABASE), await Retention());
        await _t.At(25 * Day);
        await Refused(_t.Job("second"), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task A_longer_time_saves_what_would_have_gone()
    {
        await EndedJobs();
        await _t.At(89 * Day);
        await _t.Run(new UpdateRetention(36_500));
        await _t.At(20_000 * Day);

        Assert.Equal("first", (await _t.Job("first")).JobId);
    }

    [Fact]
    public async Task What_goes_within_a_week_is_told()
    {
        await EndedJobs();
        Assert.Equal((T0.AddDays(90), 0, 0), await Next());

        await _t.At(83 * Day + 1);
        Assert.Equal((T0.AddDays(90), 1, 2), await Next());
        await _t.At(95 * Day);
        Assert.Equal((T0.AddDays(100), 1, 2), await Next());
        await _t.At(100 * Day);
        Assert.Equal((null, 0, 0), await Next());
    }

    [Fact]
    public async Task A_setting_outranks_the_database_and_says_where_to_change_it()
    {
        _t.Restart(new() { RetentionDays = 30 });
        Assert.Equal((30, RetentionOrigin.SETTING), await Retention());

        var refusal = await Refused(_t.Run(new UpdateRetention(20)), JobsError.InvalidRequest);

        Assert.Contains("Jobs:RetentionDays", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(30, _t.Engine.RetentionDays);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(0)]
    [InlineData(36_501)]
    public async Task Days_have_their_bounds(int? days)
    {
        var refusal = await Refused(_t.Run(new UpdateRetention(days)), JobsError.InvalidRequest);

        Assert.Contains("days", refusal.Message, StringComparison.Ordinal);
    }

    /// <summary>Two executions each: <c>first</c> ends now, <c>second</c> ten days later.</summary>
    private async Task EndedJobs()
    {
        await _t.Group("g", 2);
        foreach (var (job, day) in new[] { ("first", 0), ("second", 10) })
        {
            await _t.At(day * Day);
            await _t.Create(job, GroupArn("g"));
            await _t.At(day * Day);
            await _t.Report(job, Member("g", 0), SUCCEEDED);
            await _t.Report(job, Member("g", 1), FAILED);
        }
        await _t.At(10 * Day);
    }

    private async Task<(int, RetentionOrigin)> Retention()
    {
        var retention = await _t.Run(new DescribeRetention());
        return (retention.Days, retention.Origin);
    }

    private async Task<(DateTimeOffset?, int, long)> Next()
    {
        var retention = await _t.Run(new DescribeRetention());
        return (retention.NextAt, retention.JobsWithinAWeek, retention.ExecutionsWithinAWeek);
    }
}
