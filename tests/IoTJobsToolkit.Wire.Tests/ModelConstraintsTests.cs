using System.Text.Json.Nodes;

namespace IoTJobsToolkit.Wire.Tests;

/// <summary>Every constraint of AWS's model, broken one at a time: refused, named, and nothing changed.</summary>
public sealed class ModelConstraintsTests : IDisposable
{
    private const string Job = "arn:aws:iot:us-east-1:123456789012:job/q";

    private readonly WireConversation _wire = new();

    public static TheoryData<string> WithBody => [.. Routes.All.Where(route => !route.IsExtension && ServiceModel.InputMembers(route, null).Length > 0)
        .Select(route => $"{route.Plane} {route.Operation}")];

    public static TheoryData<string> Lists => [.. Routes.All.Where(route => route.QueryMembers.Count > 0 && ServiceModel.Knows(route)).Select(route => $"{route.Plane} {route.Operation}").Distinct()];

    public void Dispose() => _wire.Dispose();

    [Theory]
    [MemberData(nameof(WithBody))]
    public async Task A_body_that_breaks_a_constraint_is_refused_by_name(string key)
    {
        var route = await Prepare(key);
        var input = (string)ServiceModel.Operation(route)["input"]!["shape"]!;
        var before = await Everything();
        var tried = 0;
        foreach (var (name, described) in ServiceModel.Members(route.Plane, input))
        {
            if (described!["location"] is not null)
            {
                continue;
            }
            foreach (var (member, value) in ModelSamples.Bad(route.Plane, (string)described["shape"]!, name))
            {
                var body = GoodBody(route);
                body[name] = value?.DeepClone();
                var answer = await Send(route, body.ToJsonString());
                tried++;
                Assert.True(
                    answer.Error == "InvalidRequestException" && answer.Message.Contains(member, StringComparison.Ordinal),
                    $"{key} {name} ({member}): {Shorten(body.ToJsonString())}\n{answer.Status} {answer.Error} {answer.Body}");
            }
        }
        Assert.True(tried > 0);
        Assert.Equal(before, await Everything());
    }

    [Theory]
    [MemberData(nameof(Lists))]
    public async Task A_query_that_breaks_a_constraint_is_refused_by_name(string key)
    {
        var route = await Prepare(key);
        var members = ServiceModel.Members(route.Plane, (string)ServiceModel.Operation(route)["input"]!["shape"]!);
        var body = GoodBody(route) is { Count: > 0 } good ? good.ToJsonString() : "";
        foreach (var name in route.QueryMembers.Where(name => name != "nextToken"))
        {
            var shape = ServiceModel.Shape(route.Plane, (string)members[name]!["shape"]!);
            foreach (var value in Values(shape))
            {
                var answer = await Send(route, body, $"?{name}={Uri.EscapeDataString(value)}");
                Assert.True(
                    answer.Error == "InvalidRequestException" && answer.Message.Contains(name, StringComparison.Ordinal),
                    $"{key} {name}={value}: {answer.Status} {answer.Error} {answer.Body}");
            }
        }
    }

    private static IEnumerable<string> Values(JsonNode shape) => (string)shape["type"]! switch
    {
        "boolean" => ["yes", "1", ""],
        "integer" or "long" => [.. new[] { (int?)shape["min"] - 1, (int?)shape["max"] + 1 }.OfType<int>().Select(value => $"{value}"), "ten", "", "1.5"],
        _ when shape["enum"] is not null => ["NO_SUCH_WORD", "", "0"],
        _ => [.. (int?)shape["max"] is { } max ? [new string('a', max + 1)] : Array.Empty<string>(),
              .. shape["pattern"] is not null ? ["a b!"] : Array.Empty<string>()],
    };

    /// <summary>
    /// A thing t with a running execution of the CONTINUOUS job q, a static group g and a dynamic group d, so that only the request can be
    /// at fault.
    /// </summary>
    private async Task<Route> Prepare(string key)
    {
        await _wire.Control("POST /things/t");
        await _wire.Control("POST /thing-groups/g");
        await _wire.Control("POST /dynamic-thing-groups/d", """{"queryString":"thingName:none"}""");
        await _wire.Control("PUT /jobs/q", $$"""{"targets":["{{WireConversation.Thing}}t"],"document":"{}","targetSelection":"CONTINUOUS"}""");
        await _wire.Control("PUT /job-templates/m", """{"description":"d","document":"{}"}""");
        await _wire.Data("PUT /things/t/jobs/$next");
        return Routes.All.First(route => $"{route.Plane} {route.Operation}" == key);
    }

    private async Task<string> Everything() => string.Join('\n',
        (await _wire.Control("GET /jobs")).Body, (await _wire.Control("GET /jobs/q")).Body, (await _wire.Control("GET /things/t/jobs/q")).Body,
        (await _wire.Control("GET /things")).Body, (await _wire.Control("GET /things/t")).Body, (await _wire.Control("GET /thing-groups")).Body,
        (await _wire.Control("GET /thing-groups/g")).Body, (await _wire.Control("GET /thing-groups/d")).Body,
        (await _wire.Control("GET /job-templates")).Body, (await _wire.Control("GET /job-templates/m")).Body,
        (await _wire.Control("GET /event-configurations")).Body, (await _wire.Control($"GET /tags?resourceArn={Uri.EscapeDataString(Job)}")).Body);

    private Task<WireAnswer> Send(Route route, string body, string query = "")
    {
        var isNew = route.Operation.StartsWith("Create", StringComparison.Ordinal);
        var path = string.Join('/', route.Segments.Select(segment => !segment.IsMember ? segment.Text : segment.Text switch
        {
            "jobId" => isNew ? "new" : "q",
            "thingName" => isNew ? "new" : "t",
            "thingGroupName" => isNew ? "new" : route.Operation.Contains("Dynamic", StringComparison.Ordinal) ? "d" : "g",
            "jobTemplateId" => isNew ? "new" : "m",
            _ => "1",
        }));
        var request = $"{route.Method} /{path}{query}";
        return route.Plane == Plane.Data ? _wire.Data(request, body) : _wire.Control(request, body);
    }

    private static JsonObject GoodBody(Route route) => route.Operation switch
    {
        "AssociateTargetsWithJob" => new() { ["targets"] = new JsonArray($"{WireConversation.Thing}t") },
        "CreateDynamicThingGroup" => new() { ["queryString"] = "thingName:t" },
        "UpdateThingGroup" or "UpdateDynamicThingGroup" => new() { ["thingGroupProperties"] = new JsonObject() },
        // Optional in the model, but which thing would it be?
        "UpdateThingGroupsForThing" => new() { ["thingName"] = "t" },
        "CreateJob" => new() { ["targets"] = new JsonArray($"{WireConversation.Thing}t"), ["document"] = "{}" },
        "CreateJobTemplate" => new() { ["description"] = "d", ["document"] = "{}" },
        "TagResource" => new() { ["resourceArn"] = Job, ["tags"] = new JsonArray(new JsonObject { ["Key"] = "k" }) },
        "UntagResource" => new() { ["resourceArn"] = Job, ["tagKeys"] = new JsonArray("k") },
        "UpdateJobExecution" => new() { ["status"] = "IN_PROGRESS" },
        "AddThingToThingGroup" or "RemoveThingFromThingGroup" => new() { ["thingGroupName"] = "g", ["thingName"] = "t" },
        _ => [],
    };

    private static string Shorten(string text) => text.Length <= 200 ? text : text[..200] + "...";
}
