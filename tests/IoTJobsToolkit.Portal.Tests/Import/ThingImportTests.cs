using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Portal.Components.Things.Import;
using IoTJobsToolkit.Portal.Tests.Pages;

namespace IoTJobsToolkit.Portal.Tests.Import;

public sealed class ThingImportTests : IDisposable
{
    private readonly Fleet _fleet = new();

    public void Dispose() => _fleet.Dispose();

    private async Task<ThingImport> RunAsync(string csv, bool createGroups = false, IJobs? jobs = null)
    {
        var import = new ThingImport(jobs ?? _fleet.Operator, _fleet.Clock, ThingCsv.Read(new StringReader(csv)), createGroups);
        await import.RunAsync(() => { }, TestContext.Current.CancellationToken);
        return import;
    }

    private async Task<string[]> GroupsAsync(string thing) =>
        [.. (await _fleet.RunAsync(new ListThingGroupsForThing(thing))).ThingGroups.Select(group => group.GroupName)];

    [Fact]
    public async Task Lines_create_update_and_leave_alone_and_an_empty_cell_changes_nothing()
    {
        await _fleet.RunAsync(new CreateThingGroup("eu"));
        await RunAsync("thingName,thingType,groups,firmware,site\nsame,lamp,eu,7,a\nother,lamp,,6,b\nin,lamp,,7,c");

        var import = await RunAsync("thingName,thingType,groups,firmware,site\nsame,lamp,eu,7,\nother,,,7,\nin,,eu,,\nnew,lamp,eu,7,d");

        Assert.Equal((1, 2, 1, 0), (import.Created, import.Updated, import.Unchanged, import.RefusedCount));
        var other = await _fleet.RunAsync(new DescribeThing("other"));
        Assert.Equal(("lamp", "7", "b"), (other.ThingTypeName, other.Attributes["firmware"], other.Attributes["site"]));
        Assert.Equal(1, (await _fleet.RunAsync(new DescribeThing("same"))).Version);
        Assert.Equal(["eu"], await GroupsAsync("in"));
        Assert.Equal(["eu"], await GroupsAsync("new"));
    }

    [Fact]
    public async Task A_missing_group_refuses_its_lines_unless_it_is_to_be_created()
    {
        const string csv = "thingName,groups\na,eu\nb,eu\nc,";
        var refused = await RunAsync(csv);

        Assert.Equal((1, 2), (refused.Created, refused.RefusedCount));
        Assert.All(refused.Refused, line => Assert.Contains("There is no group eu", line.Reason, StringComparison.Ordinal));
        Assert.Equal(["c"], (await _fleet.RunAsync(new SearchThings())).Things.Select(thing => thing.ThingName));

        var created = await RunAsync(csv, createGroups: true);
        Assert.Equal((2, 1, 1), (created.Created, created.Unchanged, created.GroupsCreated));
        Assert.Equal(["eu"], await GroupsAsync("b"));
    }

    [Fact]
    public async Task A_fault_ends_it_and_is_told()
    {
        var import = await RunAsync("thingName\na\nb", jobs: new Faulty());

        Assert.Equal((true, 0, "the circuit is gone"), (import.IsOver, import.Done, import.Failure?.Message));
    }

    [Fact]
    public async Task A_dynamic_group_takes_nobody_in()
    {
        await _fleet.RunAsync(new CreateDynamicThingGroup("old", "attributes.firmware<7"));

        var import = await RunAsync("thingName,groups\na,old", createGroups: true);

        Assert.Contains("old is a dynamic group", Assert.Single(import.Refused).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_done_before_a_line_was_refused_is_told()
    {
        await _fleet.RunAsync(new CreateThingGroup("eu"));
        await _fleet.RunAsync(new CreateThingGroup("nl") { ParentGroupName = "eu" });

        var import = await RunAsync("thingName,groups\na,eu;nl");

        Assert.StartsWith("The thing was created, but: ", Assert.Single(import.Refused).Reason, StringComparison.Ordinal);
        Assert.Contains("same hierarchy", import.Refused[0].Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Thousands_of_lines_go_on_after_those_which_are_refused()
    {
        var lines = Enumerable.Range(1, 5_000).Select(i => i % 100 == 0 ? $"bad name {i},lamp,eu,{i}" : $"lamp-{i:0000},lamp,eu,{i}");

        var import = await RunAsync("thingName,thingType,groups,number\n" + string.Join('\n', lines), createGroups: true);

        Assert.Equal((4_950, 50, 1, 5_000), (import.Created, import.RefusedCount, import.GroupsCreated, import.Done));
        Assert.Equal(Enumerable.Range(1, 50).Select(i => 100 * i + 1), import.Refused.Select(line => line.Number));
        Assert.Equal("4999", (await _fleet.RunAsync(new DescribeThing("lamp-4999"))).Attributes["number"]);
    }

    [Fact]
    public async Task A_line_that_comes_too_fast_is_tried_again()
    {
        var throttled = 0;
        var jobs = new FailingJobs
        {
            Inner = _fleet.Operator,
            Before = operation => operation is CreateThing && throttled++ == 0
                ? throw new JobsException(JobsError.Throttling, "too fast")
                : Task.CompletedTask,
        };

        var import = await RunAsync("thingName\na", jobs: jobs);

        Assert.Equal((1, 2), (import.Created, throttled));
    }

    [Fact]
    public async Task Who_may_not_is_told_once_and_not_for_every_line()
    {
        var viewer = _fleet.Engine.As(Caller.Operator("looker", AccessRole.VIEWER));

        var import = await RunAsync("thingName\n" + string.Join('\n', Enumerable.Range(0, 1_000).Select(i => $"t{i}")), jobs: viewer);

        Assert.Equal(JobsError.AccessDenied, import.Failure?.Error);
        Assert.Equal((0, 0), (import.Created, import.RefusedCount));
        Assert.True(import.IsOver);
    }

    [Fact]
    public async Task Stopped_it_keeps_what_was_taken_over()
    {
        using var stop = new CancellationTokenSource();
        var csv = "thingName\n" + string.Join('\n', Enumerable.Range(0, 2_000).Select(i => $"t{i}"));
        var import = new ThingImport(_fleet.Operator, _fleet.Clock, ThingCsv.Read(new StringReader(csv)), createGroups: false);

        await import.RunAsync(() => { if (import.Done >= 10) { stop.Cancel(); } }, stop.Token);

        Assert.True(import.IsOver);
        Assert.InRange(import.Done, 10, 1_999);
        Assert.Null(import.Failure);
    }

    private sealed class Faulty : IJobs
    {
        public Task<TResponse> ExecuteAsync<TResponse>(Operation<TResponse> operation, CancellationToken cancellationToken) =>
            throw new InvalidOperationException("the circuit is gone");
    }
}
