using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Registry;

/// <summary>Tags of jobs, job templates and thing groups (jobs-reference 13.1).</summary>
public sealed class TagTests : IAsyncLifetime
{
    private const string Job = "arn:aws:iot:us-east-1:123456789012:job/j";
    private const string Template = "arn:aws:iot:us-east-1:123456789012:jobtemplate/t";
    private const string Group = "arn:aws:iot:us-east-1:123456789012:thinggroup/g";

    private readonly TestEngine _t = new();

    public static TheoryData<string> Resources => [Job, Template, Group];

    public async ValueTask InitializeAsync()
    {
        await _t.Things("a");
        await _t.Create("j", "a", job => job with { Tags = First });
        await _t.Run(new CreateJobTemplate("t", "d") { Document = "{}", Tags = First });
        await _t.Run(new CreateThingGroup("g") { Tags = First });
    }

    public ValueTask DisposeAsync()
    {
        _t.Dispose();
        return ValueTask.CompletedTask;
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task Tags_of_the_creation_are_listed_by_key(string arn) => Assert.Equal("Team=ops team", await Tags(arn));

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task Tags_are_added_overwritten_and_removed_and_outlast_a_restart(string arn)
    {
        await _t.Run(new TagResource(arn, [new() { Key = "team", Value = "dev" }, new() { Key = "é=x", Value = "" }]));
        Assert.Equal("Team=ops team=dev é=x=", await Tags(arn));
        _t.Restart();
        Assert.Equal("Team=ops team=dev é=x=", await Tags(arn));

        await _t.Run(new UntagResource(arn, ["Team", "none", "Team"]));
        await _t.Run(new UntagResource(arn, []));
        await _t.Run(new TagResource(arn, []));
        Assert.Equal("team=dev é=x=", await Tags(arn));
    }

    [Theory]
    [MemberData(nameof(Resources))]
    public async Task A_resource_has_fifty_tags_at_the_most(string arn)
    {
        await _t.Run(new TagResource(arn, [.. Enumerable.Range(0, 48).Select(i => new Tag { Key = $"k{i:D2}" })]));
        var before = await Tags(arn);

        var refusal = await Refused(_t.Run(new TagResource(arn, [new() { Key = "k00", Value = "new" }, new() { Key = "one too many" }])), JobsError.LimitExceeded);
        Assert.Contains("50", refusal.Message, StringComparison.Ordinal);
        Assert.Equal(before, await Tags(arn));

        await _t.Run(new TagResource(arn, [new() { Key = "k00", Value = "new" }]));
        var page = await _t.Run(new ListTagsForResource(arn));
        Assert.Equal((50, null), (page.Tags.Count, page.NextToken));
        await Refused(_t.Run(new TagResource(arn, [.. Enumerable.Range(0, 51).Select(i => new Tag { Key = $"k{i:D2}" })])), JobsError.LimitExceeded);
    }

    [Fact]
    public async Task Tags_are_deleted_with_their_resource()
    {
        await _t.Run(new DeleteJob("j") { Force = true });
        await _t.Run(new DeleteJobTemplate("t"));
        await _t.Run(new DeleteThingGroup("g"));
        await _t.At(1);
        foreach (var arn in new[] { Job, Template, Group })
        {
            await Refused(Tags(arn), JobsError.ResourceNotFound);
        }

        await _t.Create("j", "a");
        await _t.Run(new CreateJobTemplate("t", "d") { Document = "{}" });
        await _t.Run(new CreateThingGroup("g"));
        foreach (var arn in new[] { Job, Template, Group })
        {
            Assert.Equal("", await Tags(arn));
        }
    }

    [Fact]
    public async Task Tags_are_no_part_of_a_jobs_configuration_or_a_groups_version()
    {
        var job = await _t.Job("j");
        await _t.At(5);
        await _t.Run(new TagResource(Job, [new() { Key = "x" }]));
        await _t.Run(new TagResource(Group, [new() { Key = "x" }]));

        Assert.Equal(job.LastUpdatedAt, (await _t.Job("j")).LastUpdatedAt);
        Assert.Equal(1, (await _t.Run(new DescribeThingGroup("g"))).Version);
    }

    [Fact]
    public async Task Many_callers_at_once_lose_no_tag()
    {
        await Task.WhenAll(Enumerable.Range(0, 40).Select(i => _t.Run(new TagResource(Template, [new() { Key = $"k{i:D2}" }]))));
        Assert.Equal(42, (await _t.Run(new ListTagsForResource(Template))).Tags.Count);
    }

    [Theory]
    [InlineData("arn:aws:iot:us-east-1:123456789012:job/none")]
    [InlineData("arn:aws:iot:us-east-1:999999999999:job/j")]
    [InlineData("arn:aws:iot:eu-west-1:123456789012:job/j")]
    [InlineData("arn:aws:iot:us-east-1:123456789012:jobtemplate/j")]
    [InlineData("arn:aws:iot:us-east-1::jobtemplate/AWS-Reboot:1.0")]
    [InlineData("arn:aws:iot:us-east-1:123456789012:thinggroup/none")]
    [InlineData("arn:aws:iot:us-east-1:123456789012:job")]
    public async Task A_resource_that_is_not_there_is_not_found(string arn)
    {
        var refusal = await Refused(_t.Run(new TagResource(arn, [new() { Key = "k" }])), JobsError.ResourceNotFound);
        Assert.Contains(arn, refusal.Message, StringComparison.Ordinal);
        await Refused(_t.Run(new UntagResource(arn, ["k"])), JobsError.ResourceNotFound);
        await Refused(_t.Run(new ListTagsForResource(arn)), JobsError.ResourceNotFound);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("j")]
    [InlineData("arn:aws:iot:us-east-1:123456789012:thing/a")]
    [InlineData("arn:aws:s3:::job/j")]
    [InlineData("arn:aws:iot:us-east-1:job/j")]
    public async Task What_cannot_have_tags_is_refused(string? arn)
    {
        foreach (var call in new Func<Task>[]
        {
            () => _t.Run(new TagResource(arn!, [new() { Key = "k" }])), () => _t.Run(new UntagResource(arn!, ["k"])), () => _t.Run(new ListTagsForResource(arn!)),
        })
        {
            Assert.Contains("resourceArn", (await Refused(call(), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        }
    }

    public static TheoryData<string, string> BadKeys => new()
    {
        { "", "length greater than or equal to 1" },
        { new('k', 129), "length less than or equal to 128" },
        { "a;b", @"[\p{L}\p{Z}\p{N}_.:/=+\-@]" },
        { "a\tb", @"[\p{L}\p{Z}\p{N}_.:/=+\-@]" },
    };

    [Theory]
    [MemberData(nameof(BadKeys))]
    public async Task A_key_that_breaks_a_constraint_is_refused(string key, string rule)
    {
        var tagged = await Refused(_t.Run(new TagResource(Job, [new() { Key = "good" }, new() { Key = key }])), JobsError.InvalidRequest);
        Assert.Contains("tags.2.member.Key", tagged.Message, StringComparison.Ordinal);
        Assert.Contains(rule, tagged.Message, StringComparison.Ordinal);
        var untagged = await Refused(_t.Run(new UntagResource(Job, ["good", key])), JobsError.InvalidRequest);
        Assert.Contains("tagKeys.2.member", untagged.Message, StringComparison.Ordinal);
        Assert.Contains(rule, untagged.Message, StringComparison.Ordinal);
        Assert.Equal("Team=ops team", await Tags(Job));
    }

    [Fact]
    public async Task Other_tags_that_break_a_constraint_are_refused()
    {
        await Named(new TagResource(Job, null!), "tags");
        await Named(new TagResource(Job, [null!]), "tags.1.member");
        await Named(new TagResource(Job, [new() { Value = "v" }]), "tags.1.member.Key");
        await Named(new TagResource(Job, [new() { Key = "k", Value = new('v', 257) }]), "tags.1.member.Value");
        await Named(new TagResource(Job, [new() { Key = "AWS:k" }]), "must not begin with aws:");
        await Named(new TagResource(Job, [new() { Key = "k" }, new() { Key = "k", Value = "v" }]), "Each key must stand once");
        await Named(new UntagResource(Job, null!), "tagKeys");
        await Named(new UntagResource(Job, [null!]), "tagKeys.1.member");
        await Named(new ListTagsForResource(Job) { NextToken = "x" }, "nextToken");

        async Task Named<T>(Operation<T> operation, string words) =>
            Assert.Contains(words, (await Refused(_t.Run(operation), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
    }

    private static IReadOnlyList<Tag> First => [new() { Key = "team" }, new() { Key = "Team", Value = "ops" }];

    private async Task<string> Tags(string arn) => string.Join(' ', (await _t.Run(new ListTagsForResource(arn))).Tags
        .Select(tag => tag.Value is null ? tag.Key : $"{tag.Key}={tag.Value}"));
}
