using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Scenarios;

/// <summary>examples.md 16: orders, pages and tokens.</summary>
public class ListTests : IDisposable
{
    private readonly TestEngine _t;

    public ListTests()
        : this(isCut: false)
    {
    }

    protected ListTests(bool isCut) => _t = new() { IsCut = isCut };

    public void Dispose() => _t.Dispose();

    [Fact]
    public async Task Jobs_are_listed_by_status_and_newest_first_in_pages()
    {
        await CreateJobs();
        var pages = new List<string>();
        string? token = null;
        do
        {
            var page = await _t.Run(new ListJobs { MaxResults = 2, NextToken = token });
            pages.Add(string.Join(' ', page.Jobs.Select(job => job.JobId)));
            token = page.NextToken;
        }
        while (token is not null);
        Assert.Equal(["p4 p1", "p3 p2"], pages);
        Assert.Equal(["p3"], (await _t.Run(new ListJobs { Status = JobStatus.COMPLETED })).Jobs.Select(job => job.JobId));
    }

    [Fact]
    public async Task A_token_fits_its_own_list_only()
    {
        await CreateJobs();
        var token = (await _t.Run(new ListJobs { MaxResults = 1 })).NextToken;
        await Refused(_t.Run(new ListJobs { NextToken = "abc" }), JobsError.InvalidRequest);
        await Refused(_t.Run(new ListJobs { NextToken = token, Status = JobStatus.CANCELED }), JobsError.InvalidRequest);
        await Refused(_t.Run(new ListThings { NextToken = token }), JobsError.InvalidRequest);
        await Refused(_t.Run(new ListJobs { NextToken = token + "AA" }), JobsError.InvalidRequest);
        foreach (var max in new[] { 0, 251 })
        {
            await Refused(_t.Run(new ListJobs { MaxResults = max }), JobsError.InvalidRequest);
        }
        await _t.Run(new ListJobs { MaxResults = 250 });
    }

    [Fact]
    public async Task A_job_that_goes_away_between_pages_takes_nothing_with_it()
    {
        await CreateJobs();
        var first = await _t.Run(new ListJobs { MaxResults = 1 });
        await _t.Run(new DeleteJob("p4") { Force = true });
        var second = await _t.Run(new ListJobs { MaxResults = 10, NextToken = first.NextToken });
        Assert.Equal(["p1", "p3", "p2"], second.Jobs.Select(job => job.JobId));
    }

    [Fact]
    public async Task Jobs_are_found_by_their_direct_group_and_namespace()
    {
        await _t.Group("g", 1);
        await _t.Run(new CreateThingGroup("child") { ParentGroupName = "g" });
        await _t.Create("j1", GroupArn("g"));
        await _t.Create("j2", Member("g", 0), job => job with { NamespaceId = "ns" });
        Assert.Equal(["j1"], (await _t.Run(new ListJobs { ThingGroupName = "g" })).Jobs.Select(job => job.JobId));
        Assert.Empty((await _t.Run(new ListJobs { ThingGroupName = "child" })).Jobs);
        var group = await _t.Run(new DescribeThingGroup("g"));
        var byId = Assert.Single((await _t.Run(new ListJobs { ThingGroupId = group.ThingGroupId })).Jobs);
        Assert.Equal(group.ThingGroupId, byId.ThingGroupId);
        Assert.Equal(["j2"], (await _t.Run(new ListJobs { NamespaceId = "ns" })).Jobs.Select(job => job.JobId));
        await Refused(_t.Run(new ListJobs { ThingGroupName = "none" }), JobsError.ResourceNotFound);
        await Refused(_t.Run(new UpdateJob("j2") { NamespaceId = "other", Description = "d" }), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task Executions_of_a_thing_are_listed_newest_first()
    {
        await _t.Things("a");
        foreach (var (at, job) in new[] { (10, "x"), (20, "y"), (30, "z") })
        {
            await _t.At(at);
            await _t.Create(job, "a");
        }
        await _t.Report("y", "a", JobExecutionStatus.SUCCEEDED);
        Assert.Equal(["z", "y", "x"], await Jobs(new("a")));
        Assert.Equal(["z", "x"], await Jobs(new("a") { Status = JobExecutionStatus.QUEUED }));
        Assert.Equal(["y"], await Jobs(new("a") { JobId = "y" }));
        Assert.Equal(["z", "y", "x"], await Jobs(new("a") { MaxResults = 1 }));
        await Refused(_t.Run(new ListJobExecutionsForThing("none")), JobsError.ResourceNotFound);
    }

    [Fact]
    public async Task Executions_of_a_job_come_in_pages_that_neither_skip_nor_repeat()
    {
        await _t.Group("g", 30);
        await _t.Create("j", GroupArn("g"));
        await _t.Report("j", Member("g", 7), JobExecutionStatus.FAILED);
        await _t.Report("j", Member("g", 29), JobExecutionStatus.FAILED);
        var seen = new List<string>();
        string? token = null;
        do
        {
            var page = await _t.Run(new ListJobExecutionsForJob("j") { MaxResults = 7, NextToken = token });
            seen.AddRange(page.ExecutionSummaries.Select(e => e.ThingName));
            token = page.NextToken;
        }
        while (token is not null);
        Assert.Equal(Enumerable.Range(0, 30).Select(i => Member("g", i)), seen);
        Assert.Equal([Member("g", 7), Member("g", 29)], (await _t.Executions("j", JobExecutionStatus.FAILED)).Select(e => e.ThingName));
        Assert.Empty(await _t.Executions("j", JobExecutionStatus.REJECTED));
    }

    [Fact]
    public async Task Things_and_groups_are_listed_by_name()
    {
        await _t.Things("b", "a:1", "A", "a", "a-1");
        Assert.Equal(["A", "a", "a-1", "a:1", "b"], (await _t.Run(new ListThings())).Things.Select(thing => thing.ThingName));
        var first = await _t.Run(new ListThings { MaxResults = 3 });
        Assert.Equal(["a:1", "b"], (await _t.Run(new ListThings { NextToken = first.NextToken })).Things.Select(thing => thing.ThingName));
        await _t.Run(new CreateThingGroup("g2"));
        await _t.Run(new CreateThingGroup("g1") { ParentGroupName = "g2" });
        Assert.Equal(["g1", "g2"], (await _t.Run(new ListThingGroups())).ThingGroups.Select(group => group.GroupName));
        Assert.Equal(["g1"], (await _t.Run(new ListThingGroups { ParentGroup = "g2" })).ThingGroups.Select(group => group.GroupName));
    }

    private async Task<List<string>> Jobs(ListJobExecutionsForThing list)
    {
        var jobs = new List<string>();
        do
        {
            var page = await _t.Run(list);
            jobs.AddRange(page.ExecutionSummaries.Select(e => e.JobId));
            list = list with { NextToken = page.NextToken };
        }
        while (list.NextToken is not null);
        return jobs;
    }

    private async Task CreateJobs()
    {
        await _t.Things("a");
        for (var i = 1; i <= 4; i++)
        {
            await _t.At(i);
            await _t.Create($"p{i}", "a");
        }
        await _t.Run(new CancelJob("p2"));
        await _t.Report("p3", "a", JobExecutionStatus.SUCCEEDED);
    }
}
