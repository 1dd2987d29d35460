using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Tests.Scenarios;
using static IoTJobsToolkit.Engine.Tests.Scenarios.TestEngine;

namespace IoTJobsToolkit.Engine.Tests.Engine;

/// <summary>Bad input is refused with field, value and rule, and changes nothing (http-api 8, 10).</summary>
public sealed class ConstraintTests : IDisposable
{
    private static readonly CreateJob Good = new("j", [ThingArn("a")]) { Document = "{}" };
    private readonly TestEngine _t = new();

    public void Dispose() => _t.Dispose();

    public static TheoryData<string, string, string> BadJobs => new()
    {
        { "no id", "jobId", "must not be null" },
        { "id of 65", "jobId", "length less than or equal to 64" },
        { "id with blank", "jobId", "[a-zA-Z0-9_-]+" },
        { "no targets", "targets", "length greater than or equal to 1" },
        { "target is no ARN", "targets.1.member", "ARN of a thing or a thing group" },
        { "description with control", "description", @"[^\p{C}]+" },
        { "description of 2029", "description", "length less than or equal to 2028" },
        { "no document", "document", "Exactly one of document, documentSource and jobTemplateArn" },
        { "two documents", "documentSource", "Exactly one of document" },
        { "not JSON", "document", "not valid JSON" },
        { "document of 32769", "document", "length less than or equal to 32768" },
        { "rate 0", "jobExecutionsRolloutConfig.maximumPerMinute", "greater than or equal to 1" },
        { "rate 1001", "jobExecutionsRolloutConfig.maximumPerMinute", "less than or equal to 1000" },
        { "factor 1.0", "incrementFactor", "greater than or equal to 1.1" },
        { "factor 5.1", "incrementFactor", "less than or equal to 5" },
        { "factor 1.55", "incrementFactor", "at most 1 decimal digit" },
        { "base 0", "baseRatePerMinute", "greater than or equal to 1" },
        { "base 1001", "baseRatePerMinute", "less than or equal to 1000" },
        { "no criteria", "rateIncreaseCriteria", "numberOfNotifiedThings or numberOfSucceededThings" },
        { "criterion 0", "numberOfNotifiedThings", "greater than or equal to 1" },
        { "threshold 0", "thresholdPercentage", "greater than 0" },
        { "threshold 101", "thresholdPercentage", "less than or equal to 100" },
        { "threshold 33.333", "thresholdPercentage", "at most 2 decimal digits" },
        { "no failure type", "abortConfig.criteriaList.1.member.failureType", "must not be null" },
        { "no abort criteria", "abortConfig.criteriaList", "length greater than or equal to 1" },
        { "timeout 0", "timeoutConfig.inProgressTimeoutInMinutes", "greater than or equal to 1" },
        { "timeout 10081", "timeoutConfig.inProgressTimeoutInMinutes", "less than or equal to 10080" },
        { "namespace with blank", "namespaceId", "[a-zA-Z0-9_-]+" },
        { "role of 19", "presignedUrlConfig.roleArn", "length greater than or equal to 20" },
        { "expiry 59", "presignedUrlConfig.expiresInSec", "greater than or equal to 60" },
        { "expiry 3601", "presignedUrlConfig.expiresInSec", "less than or equal to 3600" },
        { "tag key reserved", "tags.1.member.Key", "must not begin with aws:" },
        { "tag twice", "tags", "stand once" },
        { "51 tags", "tags", "length less than or equal to 50" },
        { "selection 9", "targetSelection", "enum value set: [SNAPSHOT, CONTINUOUS]" },
    };

    [Theory]
    [MemberData(nameof(BadJobs))]
    public async Task A_bad_job_is_refused_with_field_and_rule(string kind, string field, string rule)
    {
        await _t.Things("a");
        var refusal = await Refused(_t.Run(Bad(kind)), JobsError.InvalidRequest);
        Assert.Contains(field, refusal.Message, StringComparison.Ordinal);
        Assert.Contains(rule, refusal.Message, StringComparison.Ordinal);
        Assert.Empty((await _t.Run(new ListJobs())).Jobs);
        Assert.Equal(1, (await _t.Run(new DescribeThing("a"))).Version);
    }

    [Fact]
    public async Task Values_at_the_edge_are_accepted()
    {
        await _t.Things("a");
        var create = Good with
        {
            JobId = new('x', 64),
            Document = new string(' ', 32766) + "{}",
            Description = new('ä', 2028),
            JobExecutionsRolloutConfig = Rate(1000, 5m) with { MaximumPerMinute = 100 },
            TimeoutConfig = new() { InProgressTimeoutInMinutes = 10080 },
        };
        await _t.Run(create);
        await _t.Run(Good with { JobId = "array", Document = "[]", JobExecutionsRolloutConfig = Rate(1, 1.1m) });
        await _t.Run(Good with { JobId = "text", Document = "\"x\"" });
    }

    [Theory]
    [InlineData("arn:aws:iot:us-east-1:123456789012:thing/missing")]
    [InlineData("arn:aws:iot:eu-west-1:123456789012:thing/a")]
    [InlineData("arn:aws:iot:us-east-1:999999999999:thing/a")]
    [InlineData("arn:aws:iot:us-east-1:123456789012:thinggroup/a")]
    [InlineData("arn:aws:s3:::bucket")]
    public async Task A_target_that_is_not_there_is_not_found(string arn)
    {
        await _t.Things("a");
        var refusal = await Refused(_t.Run(new CreateJob("j", [arn]) { Document = "{}" }), JobsError.ResourceNotFound);
        Assert.Contains(arn, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task More_than_a_hundred_targets_exceed_the_limit_unless_there_is_none()
    {
        await _t.Group("g", 101);
        var create = Good with { Targets = [.. Enumerable.Range(0, 101).Select(i => ThingArn(Member("g", i)))] };
        await Refused(_t.Run(create), JobsError.LimitExceeded);
        _t.Configure(new() { Limits = LimitsProfile.None });
        await _t.Run(create);
        await _t.At(0);
        Assert.Equal("101 0 0 0 0 0 0 0", await _t.Counts("j"));
    }

    [Fact]
    public async Task Without_an_object_store_a_document_that_needs_one_is_refused()
    {
        await _t.Things("a");
        var withUrl = Good with { Document = """{"u":"${aws:iot:s3-presigned-url:https://s3.amazonaws.com/b/k}"}""" };
        Assert.Contains("presignedUrlConfig.roleArn is required", (await Refused(_t.Run(withUrl), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        var withRole = withUrl with { PresignedUrlConfig = new() { RoleArn = "arn:aws:iam::123456789012:role/S3DownloadRole" } };
        Assert.Contains("S3:Roles:0:Arn", (await Refused(_t.Run(withRole), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
        var fromSource = Good with { Document = null, DocumentSource = "https://s3.amazonaws.com/b/k" };
        Assert.Contains("S3:", (await Refused(_t.Run(fromSource), JobsError.InvalidRequest)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_thing_is_in_one_group_of_a_hierarchy_and_in_ten_groups()
    {
        await _t.Things("a");
        await _t.Run(new CreateThingGroup("root"));
        await _t.Run(new CreateThingGroup("child") { ParentGroupName = "root" });
        await Add("child");
        await Add("child");
        await Refused(Add("root"), JobsError.InvalidRequest);
        for (var i = 1; i < 10; i++)
        {
            await _t.Run(new CreateThingGroup($"g{i}"));
            await Add($"g{i}");
        }
        await _t.Run(new CreateThingGroup("eleventh"));
        await Refused(Add("eleventh"), JobsError.InvalidRequest);
        await Refused(_t.Run(new DeleteThingGroup("root")), JobsError.InvalidRequest);
        await _t.Run(new RemoveThingFromThingGroup { ThingGroupName = "child", ThingName = "a" });
        await Add("eleventh");
        await Refused(_t.Run(new DeleteThingGroup("child") { ExpectedVersion = 7 }), JobsError.VersionConflict);
        await _t.Run(new DeleteThingGroup("child") { ExpectedVersion = 1 });
        await _t.Run(new DeleteThingGroup("root"));
        await _t.Run(new DeleteThingGroup("root"));

        Task Add(string group) => _t.Run(new AddThingToThingGroup { ThingGroupArn = GroupArn(group), ThingName = "a" });
    }

    [Fact]
    public async Task Groups_are_seven_levels_deep_at_the_most()
    {
        string? parent = null;
        for (var i = 1; i <= 7; i++)
        {
            await _t.Run(new CreateThingGroup($"l{i}") { ParentGroupName = parent });
            parent = $"l{i}";
        }
        await Refused(_t.Run(new CreateThingGroup("l8") { ParentGroupName = parent }), JobsError.InvalidRequest);
        var described = await _t.Run(new DescribeThingGroup("l7"));
        Assert.Equal(["l1", "l2", "l3", "l4", "l5", "l6"], described.ThingGroupMetadata.RootToParentThingGroups!.Select(g => g.GroupName));
    }

    [Fact]
    public async Task A_thing_again_is_a_success_only_when_it_is_the_same()
    {
        var create = new CreateThing("a") { AttributePayload = new() { Attributes = new Dictionary<string, string> { ["k"] = "v" } } };
        Assert.Equal(await _t.Run(create), await _t.Run(create));
        await Refused(_t.Run(new CreateThing("a")), JobsError.ResourceAlreadyExists);
        await Refused(_t.Run(new UpdateThing("a") { ExpectedVersion = 2, AttributePayload = new() { Merge = true, Attributes = new Dictionary<string, string> { ["m"] = "w" } } }), JobsError.VersionConflict);
        await _t.Run(new UpdateThing("a") { AttributePayload = new() { Merge = true, Attributes = new Dictionary<string, string> { ["m"] = "w", ["k"] = "" } } });
        var thing = await _t.Run(new DescribeThing("a"));
        Assert.Equal((2L, "w"), (thing.Version, Assert.Single(thing.Attributes).Value));
        await Refused(_t.Run(new DeleteThing("a") { ExpectedVersion = 1 }), JobsError.VersionConflict);
    }

    private static CreateJob Bad(string kind) => kind switch
    {
        "no id" => Good with { JobId = null! },
        "id of 65" => Good with { JobId = new('x', 65) },
        "id with blank" => Good with { JobId = "a b" },
        "no targets" => Good with { Targets = [] },
        "target is no ARN" => Good with { Targets = ["thing/a"] },
        "description with control" => Good with { Description = "a\nb" },
        "description of 2029" => Good with { Description = new('x', 2029) },
        "no document" => Good with { Document = null },
        "two documents" => Good with { DocumentSource = "https://s3.amazonaws.com/b/k" },
        "not JSON" => Good with { Document = "not json" },
        "document of 32769" => Good with { Document = new string(' ', 32767) + "{}" },
        "rate 0" => Good with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 0 } },
        "rate 1001" => Good with { JobExecutionsRolloutConfig = new() { MaximumPerMinute = 1001 } },
        "factor 1.0" => Good with { JobExecutionsRolloutConfig = Rate(50, 1.0m) },
        "factor 5.1" => Good with { JobExecutionsRolloutConfig = Rate(50, 5.1m) },
        "factor 1.55" => Good with { JobExecutionsRolloutConfig = Rate(50, 1.55m) },
        "base 0" => Good with { JobExecutionsRolloutConfig = Rate(0, 2) },
        "base 1001" => Good with { JobExecutionsRolloutConfig = Rate(1001, 2) },
        "no criteria" => Good with { JobExecutionsRolloutConfig = Rate(50, 2, new()) },
        "criterion 0" => Good with { JobExecutionsRolloutConfig = Rate(50, 2, new() { NumberOfNotifiedThings = 0 }) },
        "threshold 0" => Good with { AbortConfig = Abort(0) },
        "threshold 101" => Good with { AbortConfig = Abort(101) },
        "threshold 33.333" => Good with { AbortConfig = Abort(33.333m) },
        "no failure type" => Good with { AbortConfig = new() { CriteriaList = [new()] } },
        "no abort criteria" => Good with { AbortConfig = new() { CriteriaList = [] } },
        "timeout 0" => Good with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 0 } },
        "timeout 10081" => Good with { TimeoutConfig = new() { InProgressTimeoutInMinutes = 10081 } },
        "namespace with blank" => Good with { NamespaceId = "a b" },
        "role of 19" => Good with { PresignedUrlConfig = new() { RoleArn = new('x', 19) } },
        "expiry 59" => Good with { PresignedUrlConfig = new() { ExpiresInSec = 59 } },
        "expiry 3601" => Good with { PresignedUrlConfig = new() { ExpiresInSec = 3601 } },
        "tag key reserved" => Good with { Tags = [new() { Key = "aws:x" }] },
        "tag twice" => Good with { Tags = [new() { Key = "x" }, new() { Key = "x" }] },
        "51 tags" => Good with { Tags = [.. Enumerable.Range(0, 51).Select(i => new Tag { Key = $"k{i}" })] },
        "selection 9" => Good with { TargetSelection = (TargetSelection)9 },
        _ => throw new ArgumentOutOfRangeException(nameof(kind), kind, "unknown"),
    };

    private static JobExecutionsRolloutConfig Rate(int baseRate, decimal factor, RateIncreaseCriteria? criteria = null) => new()
    {
        ExponentialRate = new()
        {
            BaseRatePerMinute = baseRate,
            IncrementFactor = factor,
            RateIncreaseCriteria = criteria ?? new() { NumberOfNotifiedThings = 1 },
        },
    };

    private static AbortConfig Abort(decimal threshold) => new()
    {
        CriteriaList =
        [
            new() { Action = AbortAction.CANCEL, FailureType = JobExecutionFailureType.ALL, MinNumberOfExecutedThings = 1, ThresholdPercentage = threshold },
        ],
    };
}
