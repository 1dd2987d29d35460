using System.Text.Json.Nodes;
using IoTJobsToolkit.Engine.Events;

namespace IoTJobsToolkit.Wire.Tests.Events;

/// <summary>Which families of events are published (http-api 12).</summary>
public sealed class EventConfigurationTests : IDisposable
{
    private const string Path = "/event-configurations";

    private readonly WireConversation _wire = new();

    public void Dispose() => _wire.Dispose();

    [Fact]
    public async Task All_families_are_named_and_off_at_first() => (await _wire.Control($"GET {Path}")).Is("""
        {"eventConfigurations":{
          "THING":{"Enabled":false},"THING_GROUP":{"Enabled":false},"THING_TYPE":{"Enabled":false},
          "THING_GROUP_MEMBERSHIP":{"Enabled":false},"THING_GROUP_HIERARCHY":{"Enabled":false},"THING_TYPE_ASSOCIATION":{"Enabled":false},
          "JOB":{"Enabled":false},"JOB_EXECUTION":{"Enabled":false},
          "POLICY":{"Enabled":false},"CERTIFICATE":{"Enabled":false},"CA_CERTIFICATE":{"Enabled":false}}}
        """);

    [Fact]
    public async Task Only_the_families_given_are_switched()
    {
        _wire.At(10.5);
        (await Update("""{"JOB":{"Enabled":true},"JOB_EXECUTION":{"Enabled":true},"POLICY":{"Enabled":true}}""")).Is("{}");
        Assert.Equal("JOB JOB_EXECUTION POLICY 1796119210.5 1796119210.5", await On());

        _wire.At(20);
        (await Update("""{"JOB":{"Enabled":false},"THING":{"Enabled":false}}""")).Is("{}");
        Assert.Equal("JOB_EXECUTION POLICY 1796119210.5 1796119220", await On());
    }

    [Theory]
    [InlineData("")]
    [InlineData("{}")]
    [InlineData("""{"eventConfigurations":null}""")]
    [InlineData("""{"eventConfigurations":{}}""")]
    [InlineData("""{"eventConfigurations":{"JOB":null}}""")]
    [InlineData("""{"eventConfigurations":{"JOB":{}}}""")]
    [InlineData("""{"eventConfigurations":{"JOB":{"Enabled":null}}}""")]
    [InlineData("""{"eventConfigurations":{"JOB":{"enabled":false}}}""")]
    public async Task What_says_nothing_of_a_family_changes_nothing(string body)
    {
        await Update("""{"JOB":{"Enabled":true}}""");
        _wire.At(30);
        (await _wire.Control($"PATCH {Path}", body)).Is("{}");
        Assert.Equal("JOB 1796119200 1796119200", await On());
    }

    [Theory]
    [InlineData("""{"JOBS":{"Enabled":true}}""", "'JOBS'", "eventConfigurations.key", "JOB_EXECUTION")]
    [InlineData("""{"job":{"Enabled":true}}""", "'job'", "eventConfigurations.key", "JOB_EXECUTION")]
    [InlineData("""{"6":{"Enabled":true}}""", "'6'", "eventConfigurations.key", "JOB_EXECUTION")]
    [InlineData("""{"JOB,THING":{"Enabled":true}}""", "'JOB,THING'", "eventConfigurations.key", "JOB_EXECUTION")]
    [InlineData("""{"THING":{"Enabled":true},"":{}}""", "''", "eventConfigurations.key", "JOB_EXECUTION")]
    [InlineData("""{"JOB":{"Enabled":"true"}}""", "'true'", "eventConfigurations.JOB.Enabled", "true or false")]
    [InlineData("""{"JOB":true}""", "'true'", "eventConfigurations.JOB", "object")]
    public async Task An_unknown_family_or_a_wrong_value_switches_none(string families, params string[] named)
    {
        (await Update(families)).IsInvalid(named);
        Assert.Equal("", await On());
    }

    [Fact]
    public async Task A_device_may_neither_see_nor_switch_them()
    {
        using var engine = new Engine.JobsEngine(new Engine.Storage.InMemoryJobsStore(), TimeProvider.System);
        var device = engine.As(Engine.Caller.Device("t"));
        foreach (var call in new Func<Task>[]
        {
            () => device.ExecuteAsync(new Engine.Operations.Registry.DescribeEventConfigurations(), TestContext.Current.CancellationToken),
            () => device.ExecuteAsync(new Engine.Operations.Registry.UpdateEventConfigurations(), TestContext.Current.CancellationToken),
        })
        {
            Assert.Equal(Engine.JobsError.AccessDenied, (await Assert.ThrowsAsync<Engine.JobsException>(call)).Error);
        }
    }

    private Task<WireAnswer> Update(string families) => _wire.Control($"PATCH {Path}", $$"""{"eventConfigurations":{{families}}}""");

    /// <summary>The families that are on, then the two dates.</summary>
    private async Task<string> On()
    {
        var answer = (await _wire.Control($"GET {Path}")).Json;
        var families = answer["eventConfigurations"]!.AsObject();
        Assert.Equal(Enum.GetNames<EventType>(), families.Select(family => family.Key));
        return string.Join(' ', families.Where(family => (bool)family.Value!["Enabled"]!).Select(family => family.Key)
            .Concat(new[] { answer["creationDate"], answer["lastModifiedDate"] }.OfType<JsonNode>().Select(date => date.ToJsonString())));
    }
}
