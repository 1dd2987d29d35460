using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Access;
using static IoTJobsToolkit.Engine.Executions.JobExecutionStatus;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>The quotas with their use (jobs-reference 17).</summary>
public sealed class LimitsTests : IDisposable
{
    private readonly TestEngine _t = new(services: new() { Credentials = new CountingIssuer() });

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task Use_follows_what_is_made_and_what_goes()
    {
        await _t.Things("a");
        Assert.Equal("0/100000 0/500 0/10 0/100 0/100 0/1000", await Used());
        await _t.Create("running", "a");
        await _t.Create("other", "a");
        await _t.Create("later", "a", job => job with { SchedulingConfig = new() { StartTime = "2026-12-30T10:00" } });
        await _t.At(1);
        await _t.Report("other", "a", SUCCEEDED);
        await _t.Run(new CreateJobTemplate("t", "d") { Document = "{}" });
        await _t.Run(new CreateThingGroup("static"));
        await _t.Run(new CreateDynamicThingGroup("odd", "thingName:a*"));
        await _t.Run(new CreateAccessKey("ci", AccessRole.VIEWER));
        await _t.At(2);

        Assert.Equal("2/100000 0/500 0/10 1/100 1/100 1/1000", await Used());
        _t.Configure(new() { DeletionPaused = true });
        await _t.Run(new DeleteJob("other"));
        await _t.Run(new DeleteDynamicThingGroup("odd"));
        await _t.Run(new DeleteJobTemplate("t"));

        Assert.Equal("2/100000 0/500 1/10 0/100 0/100 1/1000", await Used());
    }

    [Fact]
    public async Task A_job_that_is_rolled_out_counts_as_concurrent()
    {
        await _t.Group("g", 3);
        await _t.Create("slow", GroupArn("g"), job => job with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1 } });
        await _t.At(1);

        Assert.Equal(1, (await Limit("ConcurrentJobs")).Used);
        await _t.At(300);
        Assert.Equal(0, (await Limit("ConcurrentJobs")).Used);
    }

    [Theory]
    [InlineData("JobsBeingDeleted")]
    [InlineData("JobTemplates")]
    [InlineData("DynamicThingGroups")]
    public async Task What_is_used_up_is_what_refuses(string name)
    {
        await _t.Things("a");
        _t.Configure(new() { DeletionPaused = true });
        var limit = (int)(await Limit(name)).Limit!.Value;
        for (var i = 0; i < limit; i++)
        {
            await MakeAsync(name, i);
        }

        Assert.Equal(limit, (await Limit(name)).Used);
        await Refused(MakeAsync(name, limit), JobsError.LimitExceeded);
        _t.Configure(new() { DeletionPaused = true, Limits = LimitsProfile.None });
        await MakeAsync(name, limit + 1);
        Assert.Equal((null, limit + 1), ((await Limit(name)).Limit, (await Limit(name)).Used));
    }

    [Fact]
    public async Task Limits_of_single_things_have_no_use_and_without_quotas_no_limit_but_what_always_holds()
    {
        Assert.Equal(100, (await Limit("TargetsPerJob")).Limit);
        Assert.Null((await Limit("TargetsPerJob")).Used);

        _t.Configure(new() { Limits = LimitsProfile.None });

        var limited = (await _t.Run(new DescribeLimits())).Limits.Where(limit => limit.Limit is not null).Select(limit => limit.Name);
        Assert.Equal(["AccessKeys", "DocumentLength", "CredentialsPerThing"], limited);
    }

    private async Task MakeAsync(string name, int number)
    {
        switch (name)
        {
            case "JobsBeingDeleted":
                await _t.Create($"j{number}", "a");
                await _t.Run(new DeleteJob($"j{number}") { Force = true });
                break;
            case "JobTemplates":
                await _t.Run(new CreateJobTemplate($"t{number}", "d") { Document = "{}" });
                break;
            default:
                await _t.Run(new CreateDynamicThingGroup($"g{number}", "thingName:none"));
                break;
        }
    }

    private async Task<LimitUse> Limit(string name) => (await _t.Run(new DescribeLimits())).Limits.Single(limit => limit.Name == name);

    private async Task<string> Used() => string.Join(
        ' ', (await _t.Run(new DescribeLimits())).Limits.Where(limit => limit.Used is not null).Select(limit => $"{limit.Used}/{limit.Limit}"));
}
