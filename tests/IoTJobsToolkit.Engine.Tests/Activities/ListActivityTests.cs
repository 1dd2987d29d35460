using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Activities;

/// <summary>How the audit is looked through, and how long it is kept.</summary>
public sealed class ListActivityTests : IDisposable
{
    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    /// <summary>Filters, each with the changes that fit it, newest first.</summary>
    private static readonly Dictionary<string, (ListActivity Filter, string Expected)> Filters = new()
    {
        ["none"] = (new(), "5 4 3 2 1"),
        ["who, in any case"] = (new() { By = "Grace" }, "4 3"),
        ["not a part of a name"] = (new() { By = "grac" }, ""),
        ["door"] = (new() { Origin = CallOrigin.CMDLET }, "5"),
        ["operation, in any case"] = (new() { OperationName = "canceljob" }, "4"),
        ["kind"] = (new() { SubjectKind = ActivitySubject.JOB_EXECUTION }, "3"),
        ["job with its executions"] = (new() { SubjectName = "fw" }, "4 3 2"),
        ["job by kind"] = (new() { SubjectName = "fw", SubjectKind = ActivitySubject.JOB }, "4 2"),
        ["execution"] = (new() { SubjectName = "fw/a" }, "3"),
        ["text in the subject"] = (new() { Text = "W/A" }, "3"),
        ["text in who"] = (new() { Text = "RAC" }, "4 3"),
        ["text in the details"] = (new() { Text = "Bad_Image" }, "4"),
        ["text in what was done"] = (new() { Text = "create" }, "5 2 1"),
        ["from"] = (new() { From = T0.AddSeconds(4) }, "5 4"),
        ["until, not at"] = (new() { Until = T0.AddSeconds(4) }, "3 2 1"),
        ["from and until"] = (new() { From = T0.AddSeconds(2), Until = T0.AddSeconds(4) }, "3 2"),
        ["all at once"] = (new() { By = "grace", Origin = CallOrigin.PORTAL, Text = "force", From = T0, Until = T0.AddDays(1) }, "4"),
        ["after everything"] = (new() { From = T0.AddDays(1) }, ""),
    };

    public static TheoryData<string> FilterNames => [.. Filters.Keys];

    [Theory]
    [MemberData(nameof(FilterNames))]
    public async Task A_filter_finds_what_fits_it(string filter)
    {
        await Story();
        var (list, expected) = Filters[filter];
        Assert.Equal(expected, string.Join(' ', (await _t.Run(list)).Activities.Select(SecondOf)));
    }

    [Theory]
    [MemberData(nameof(FilterNames))]
    public async Task Pages_together_are_the_list(string filter)
    {
        await Story();
        var (list, expected) = Filters[filter];
        var seen = new List<long>();
        string? token = null;
        do
        {
            var page = await _t.Run(list with { MaxResults = 1, NextToken = token });
            Assert.True(page.Activities.Count <= 1);
            seen.AddRange(page.Activities.Select(SecondOf));
            token = page.NextToken;
        }
        while (token is not null);
        Assert.Equal(expected, string.Join(' ', seen));
    }

    [Fact]
    public async Task A_list_that_finds_little_among_much_takes_several_turns_and_finds_it()
    {
        await _t.Run(new CreateThing("needle"));
        await Task.WhenAll(Enumerable.Range(0, 5_000).Select(i => _t.Run(new CreateThing($"t{i}"))));

        Assert.Equal("needle", Assert.Single((await _t.Run(new ListActivity { Text = "needle" })).Activities).SubjectName);
    }

    [Fact]
    public async Task What_comes_while_pages_are_turned_does_not_move_them()
    {
        await Story();
        var first = await _t.Run(new ListActivity { MaxResults = 2 });
        await _t.Run(new CreateThing("new"));
        var second = await _t.Run(new ListActivity { MaxResults = 2, NextToken = first.NextToken });

        Assert.Equal([5, 4, 3, 2], first.Activities.Concat(second.Activities).Select(SecondOf));
    }

    [Fact]
    public async Task A_viewer_may_look()
    {
        await Story();
        var viewer = _t.Engine.As(Caller.Operator("v", AccessRole.VIEWER));
        Assert.Equal(5, (await viewer.ExecuteAsync(new ListActivity(), TestContext.Current.CancellationToken)).Activities.Count);
    }

    [Fact]
    public async Task What_cannot_be_meant_is_refused()
    {
        foreach (var wrong in new ListActivity[]
        {
            new() { MaxResults = 0 }, new() { MaxResults = 251 }, new() { NextToken = "x" }, new() { By = "" }, new() { Text = "" },
            new() { Origin = (CallOrigin)9 }, new() { SubjectKind = (ActivitySubject)99 }, new() { From = T0, Until = T0 },
        })
        {
            await Refused(_t.Run(wrong), JobsError.InvalidRequest);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Retention_takes_what_is_older_in_slices_and_to_the_millisecond(bool isRestarted)
    {
        _t.Configure(new() { RetentionDays = 1, SliceSize = 10 });
        await Task.WhenAll(Enumerable.Range(0, 35).Select(i => _t.Run(new CreateThing($"t{i}"))));
        await _t.At(10);
        await _t.Run(new CreateThing("later"));
        if (isRestarted)
        {
            _t.Restart();
        }

        await _t.At(24 * 3600 - 0.001);
        Assert.Equal(36, (await _t.Run(new ListActivity())).Activities.Count);
        await _t.At(24 * 3600);
        Assert.Equal("later", Assert.Single((await _t.Run(new ListActivity())).Activities).SubjectName);
        await _t.At(24 * 3600 + 10);
        Assert.Empty((await _t.Run(new ListActivity())).Activities);
    }

    /// <summary>One change a second, from second 1 on.</summary>
    private async Task Story()
    {
        var admin = _t.Engine.As(Caller.Operator("admin"));
        var grace = _t.Engine.As(Caller.Operator("grace", AccessRole.OPERATOR, CallOrigin.PORTAL));
        var script = _t.Engine.As(Caller.Operator("admin", origin: CallOrigin.CMDLET));
        await In(1, admin, new CreateThing("a"));
        await In(2, admin, new CreateJob("fw", [ThingArn("a")]) { Document = "{}", TargetSelection = TargetSelection.CONTINUOUS });
        await In(3, grace, new CancelJobExecution("fw", "a"));
        await In(4, grace, new CancelJob("fw") { Force = true, ReasonCode = "BAD_IMAGE" });
        await In(5, script, new CreateThing("b"));
    }

    private async Task In<TResponse>(int second, IJobs caller, Operation<TResponse> operation)
    {
        await _t.At(second);
        await caller.ExecuteAsync(operation, TestContext.Current.CancellationToken);
    }

    private static long SecondOf(ActivityRecord activity) => (long)(activity.At - T0).TotalSeconds;
}
