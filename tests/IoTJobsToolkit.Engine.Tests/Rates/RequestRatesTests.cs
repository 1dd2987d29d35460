using System.Runtime.CompilerServices;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Device;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Rates;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;
using DeviceDescribe = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;

namespace IoTJobsToolkit.Engine.Tests.Rates;

/// <summary>jobs-reference 17, OPEN-47: AWS's request rates, where they are on.</summary>
public sealed class RequestRatesTests : IDisposable
{
    private static readonly JobsSettings Aws = new() { RequestRates = RequestRatesProfile.Aws };

    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    /// <summary>One call of each operation of the control plane which has a rate; what it finds does not matter.</summary>
    private static readonly Dictionary<string, Func<IJobs, Task>> Control = new()
    {
        ["AssociateTargetsWithJob"] = jobs => jobs.ExecuteAsync(new AssociateTargetsWithJob("j", [ThingArn("a")])),
        ["CancelJob"] = jobs => jobs.ExecuteAsync(new CancelJob("j")),
        ["CancelJobExecution"] = jobs => jobs.ExecuteAsync(new CancelJobExecution("j", "a")),
        ["CreateJob"] = jobs => jobs.ExecuteAsync(new CreateJob("j", [ThingArn("a")]) { Document = "{}" }),
        ["CreateJobTemplate"] = jobs => jobs.ExecuteAsync(new CreateJobTemplate("m", "d") { Document = "{}" }),
        ["DeleteJob"] = jobs => jobs.ExecuteAsync(new DeleteJob("j")),
        ["DeleteJobExecution"] = jobs => jobs.ExecuteAsync(new DeleteJobExecution("j", "a")),
        ["DeleteJobTemplate"] = jobs => jobs.ExecuteAsync(new DeleteJobTemplate("m")),
        ["DescribeJob"] = jobs => jobs.ExecuteAsync(new DescribeJob("j")),
        ["DescribeJobExecution"] = jobs => jobs.ExecuteAsync(new Operations.Control.DescribeJobExecution("j", "a")),
        ["DescribeJobTemplate"] = jobs => jobs.ExecuteAsync(new DescribeJobTemplate("m")),
        ["GetJobDocument"] = jobs => jobs.ExecuteAsync(new GetJobDocument("j")),
        ["ListJobExecutionsForJob"] = jobs => jobs.ExecuteAsync(new ListJobExecutionsForJob("j")),
        ["ListJobExecutionsForThing"] = jobs => jobs.ExecuteAsync(new ListJobExecutionsForThing("a")),
        ["ListJobTemplates"] = jobs => jobs.ExecuteAsync(new ListJobTemplates()),
        ["ListJobs"] = jobs => jobs.ExecuteAsync(new ListJobs()),
        ["UpdateJob"] = jobs => jobs.ExecuteAsync(new UpdateJob("j") { Description = "d" }),
    };

    public static TheoryData<string> ControlOperations => [.. Control.Keys];

    [Theory]
    [MemberData(nameof(ControlOperations))]
    public async Task Each_operation_of_the_control_plane_has_ten_calls_a_second(string name)
    {
        _t.Configure(Aws);
        Assert.Equal(10, await Allowed(50, Control[name]));
        foreach (var other in Control.Keys.Where(other => other != name))
        {
            Assert.Equal(1, await Allowed(1, Control[other]));
        }
        _t.Clock.Advance(TimeSpan.FromMilliseconds(99));
        Assert.Equal(0, await Allowed(5, Control[name]));
        _t.Clock.Advance(TimeSpan.FromMilliseconds(1));
        Assert.Equal(1, await Allowed(5, Control[name]));
        _t.Clock.Advance(TimeSpan.FromMilliseconds(350));
        Assert.Equal(3, await Allowed(5, Control[name]));
        _t.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(10, await Allowed(50, Control[name]));
    }

    [Fact]
    public async Task Ten_calls_a_second_go_on_for_ever()
    {
        _t.Configure(Aws);
        for (var i = 0; i < 300; i++)
        {
            Assert.Equal(1, await Allowed(1, Control["ListJobs"]));
            _t.Clock.Advance(TimeSpan.FromMilliseconds(100));
        }
    }

    [Fact]
    public async Task The_reads_of_devices_share_two_hundred_and_so_do_their_writes()
    {
        await _t.Things("a");
        _t.Configure(Aws);
        var a = _t.Device("a");
        Assert.Equal(120, await Allowed(120, _ => a.ExecuteAsync(new DeviceDescribe("$next", "a"))));
        Assert.Equal(80, await Allowed(120, _ => a.ExecuteAsync(new GetPendingJobExecutions("a"))));
        Assert.Equal(0, await Allowed(3, _ => a.ExecuteAsync(new DeviceDescribe("j", "a"))));

        Assert.Equal(50, await Allowed(50, _ => a.ExecuteAsync(new StartNextPendingJobExecution("a"))));
        Assert.Equal(150, await Allowed(200, _ => a.ExecuteAsync(new UpdateJobExecution("j", "a") { Status = JobExecutionStatus.SUCCEEDED })));
        Assert.Equal(0, await Allowed(3, _ => a.ExecuteAsync(new StartNextPendingJobExecution("a"))));

        _t.Clock.Advance(TimeSpan.FromMilliseconds(25));
        Assert.Equal(5, await Allowed(10, _ => a.ExecuteAsync(new GetPendingJobExecutions("a"))));
        Assert.Equal(5, await Allowed(10, _ => a.ExecuteAsync(new StartNextPendingJobExecution("a"))));
        Assert.Equal(10, await Allowed(20, Control["DescribeJobExecution"]));
    }

    [Fact]
    public async Task The_registry_has_the_rates_of_AWS()
    {
        _t.Configure(Aws);
        Assert.Equal(100, await Allowed(150, jobs => jobs.ExecuteAsync(new AddThingToThingGroup { ThingGroupName = "g", ThingName = "a" })));
        Assert.Equal(350, await Allowed(500, jobs => jobs.ExecuteAsync(new DescribeThing("a"))));
        Assert.Equal(100, await Allowed(500, jobs => jobs.ExecuteAsync(new UpdateThing("a"))));
        Assert.Equal(5, await Allowed(50, jobs => jobs.ExecuteAsync(new DeleteDynamicThingGroup("g"))));
        Assert.Equal(10, await Allowed(50, jobs => jobs.ExecuteAsync(new DescribeEventConfigurations())));
    }

    public static TheoryData<Type> OperationsOfAws => [.. typeof(Operation).Assembly.GetExportedTypes()
        .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Operation)))
        .Where(type => type.Namespace!.Split('.')[^1] is "Control" or "Device" or "Registry")];

    [Theory]
    [MemberData(nameof(OperationsOfAws))]
    public void Every_operation_of_AWS_has_a_rate(Type type)
    {
        var rates = new RequestRates(_t.Clock);
        var operation = (Operation)RuntimeHelpers.GetUninitializedObject(type);

        var refusal = Assert.Throws<JobsException>(() => Enumerable.Range(0, 1_000).ToList().ForEach(_ => rates.Demand(operation, Caller.Operator("admin"))));

        Assert.Equal(JobsError.Throttling, refusal.Error);
        Assert.Contains(type.Name, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_names_the_rate_and_how_to_be_free_of_it_and_changes_nothing()
    {
        await _t.Things("a");
        _t.Configure(Aws);
        for (var i = 0; i < 10; i++)
        {
            await _t.Create($"j{i}", "a");
        }
        var refusal = await Refused(_t.Create("more", "a"), JobsError.Throttling);
        Assert.Equal("CreateJob may be called 10 times a second; try again in a moment, or set Jobs:RequestRates to off.", refusal.Message);
        Assert.Equal("ThrottlingException", refusal.Name);
        await Refused(_t.Job("more"), JobsError.ResourceNotFound);

        await Allowed(300, _ => _t.Device("a").ExecuteAsync(new GetPendingJobExecutions("a")));
        refusal = await Refused(_t.Device("a").ExecuteAsync(new GetPendingJobExecutions("a"), TestContext.Current.CancellationToken), JobsError.Throttling);
        Assert.Contains("DescribeJobExecution and GetPendingJobExecutions of the data plane together may be called 200 times", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Permission_comes_first_and_what_is_malformed_comes_after()
    {
        _t.Configure(Aws);
        for (var i = 0; i < 20; i++)
        {
            await Refused(_t.Device("a").ExecuteAsync(new DescribeJob("j"), TestContext.Current.CancellationToken), JobsError.AccessDenied);
        }
        for (var i = 0; i < 10; i++)
        {
            await Refused(_t.Job("no job id!"), JobsError.InvalidRequest);
        }
        await Refused(_t.Job("no job id!"), JobsError.Throttling);
    }

    [Fact]
    public async Task All_callers_share_the_rates_but_the_engine_itself_has_none()
    {
        _t.Configure(Aws);
        var other = _t.Engine.As(Caller.Operator("other"));
        Assert.Equal(6, await Allowed(6, Control["ListJobs"]));
        Assert.Equal(4, await Allowed(6, _ => other.ExecuteAsync(new ListJobs())));
        var system = _t.Engine.As(Caller.System);
        Assert.Equal(50, await Allowed(50, _ => system.ExecuteAsync(new ListJobs())));
    }

    [Fact]
    public async Task The_engines_own_work_is_as_fast_as_ever()
    {
        await _t.Group("g", 400);
        _t.Configure(Aws with { SliceSize = 10 });
        await _t.Create("j", GroupArn("g"));
        await _t.At(60);
        Assert.Equal("400 0 0 0 0 0 0 0", await _t.Counts("j"));
        await _t.Run(new CancelJob("j"));
        await _t.At(60);
        Assert.Equal("0 0 0 0 0 0 0 400", await _t.Counts("j"));
    }

    [Fact]
    public async Task They_are_off_until_they_are_switched_on()
    {
        Assert.Equal(100, await Allowed(100, Control["ListJobs"]));
        _t.Configure(Aws);
        Assert.Equal(10, await Allowed(100, Control["ListJobs"]));
        _t.Configure(Aws with { RetentionDays = 3 });
        Assert.Equal(0, await Allowed(100, Control["ListJobs"]));
        _t.Configure(new());
        Assert.Equal(100, await Allowed(100, Control["ListJobs"]));
        _t.Restart(Aws);
        Assert.Equal(10, await Allowed(100, Control["ListJobs"]));
    }

    [Fact]
    public async Task Many_threads_take_no_token_twice()
    {
        var rate = new RequestRate(_t.Clock, 200, "everything");
        var taken = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(
            () => Enumerable.Range(0, 5_000).Count(_ => rate.TryTake()), TestContext.Current.CancellationToken)));
        Assert.Equal(200, taken.Sum());
    }

    /// <summary>How many of so many calls were not throttled.</summary>
    private async Task<int> Allowed(int calls, Func<IJobs, Task> call)
    {
        var allowed = 0;
        for (var i = 0; i < calls; i++)
        {
            try
            {
                await call(_t.Operator);
                allowed++;
            }
            catch (JobsException refusal)
            {
                allowed += refusal.Error == JobsError.Throttling ? 0 : 1;
            }
        }
        return allowed;
    }
}
