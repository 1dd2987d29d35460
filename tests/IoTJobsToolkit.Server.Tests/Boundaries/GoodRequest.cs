using System.Text.Json.Nodes;
using IoTJobsToolkit.Wire;

namespace IoTJobsToolkit.Server.Tests.Boundaries;

/// <summary>
/// A request of an operation that is answered with 200, on a server that has what <see cref="PrepareAsync"/> makes. What it creates has a name
/// of its own each time; what it deletes or cancels is not there (200 or 404), so that it can be sent again and again.
/// </summary>
internal sealed class GoodRequest
{
    public const string Thing = ApiServer.Arn + "thing/t";

    private static int _made;

    private readonly Route _route;
    private readonly Dictionary<string, string> _path;
    private readonly Dictionary<string, string> _query = [];

    public GoodRequest(Route route)
    {
        _route = route;
        _path = route.PathMembers.ToDictionary(name => name, name => PathValue(route, name));
        Body = BodyOf(route);
        if (route.Operation == "ListTagsForResource")
        {
            _query["resourceArn"] = ApiServer.Arn + "job/q";
        }
        else if (route.Operation == "ListThings")
        {
            _query["attributeName"] = "model"; // A value to look for needs the name of its attribute.
        }
    }

    public JsonObject Body { get; }

    /// <summary>A thing t with a running execution of the CONTINUOUS job q, a static group g and a dynamic group d, a template m.</summary>
    public static async Task PrepareAsync(ApiServer server)
    {
        foreach (var (request, body) in new[]
        {
            ("POST /things/t", "{}"),
            ("POST /thing-groups/g", "{}"),
            ("POST /dynamic-thing-groups/d", """{"queryString":"thingName:none"}"""),
            ("PUT /jobs/q", $$"""{"targets":["{{Thing}}"],"document":"{}","targetSelection":"CONTINUOUS"}"""),
            ("PUT /job-templates/m", """{"description":"d","document":"{}"}"""),
        })
        {
            (await server.Send(request, body)).IsOk();
        }
        (await Data(server, "PUT /things/t/jobs/$next", "{}")).IsOk();
    }

    /// <summary>The same request with another value for a member of path or query.</summary>
    public GoodRequest WithText(string member, string value)
    {
        (_path.ContainsKey(member) ? _path : _query)[member] = value;
        return this;
    }

    /// <summary>The same request with another value for a member of the body, without what excludes it and with what it needs beside it.</summary>
    public GoodRequest With(string member, JsonNode? value)
    {
        if (value is not null && member is ("documentSource" or "jobTemplateArn" or "jobArn"))
        {
            Body.Remove("document");
        }
        if (member is "schedulingConfig")
        {
            Body["targetSelection"] = "CONTINUOUS";
        }
        Body[member] = value?.DeepClone();
        return this;
    }

    public Task<ApiAnswer> SendAsync(ApiServer server) => SendAsync(server, Body.Count > 0 ? Body.ToJsonString() : null);

    public Task<ApiAnswer> SendAsync(ApiServer server, string? body)
    {
        var path = string.Join('/', _route.Segments.Select(segment => segment.IsMember ? Uri.EscapeDataString(_path[segment.Text]) : segment.Text));
        var query = string.Join('&', _query.Select(pair => $"{pair.Key}={Uri.EscapeDataString(pair.Value)}"));
        var request = $"{_route.Method} /{path}{(query.Length > 0 ? "?" : "")}{query}";
        return _route.Plane == Plane.Data ? Data(server, request, body) : server.Send(request, body);
    }

    private static Task<ApiAnswer> Data(ApiServer server, string request, string? body) =>
        server.Send(request, body, message => message.Headers.Host = "data.jobs.iot.us-east-1.amazonaws.com");

    private static string PathValue(Route route, string name)
    {
        var isNew = route.Operation.StartsWith("Create", StringComparison.Ordinal);
        var goes = route.Operation.StartsWith("Delete", StringComparison.Ordinal) || route.Operation.StartsWith("Cancel", StringComparison.Ordinal);
        return name switch
        {
            _ when isNew => $"new-{Interlocked.Increment(ref _made)}",
            "executionNumber" => "1",
            _ when goes => "none",
            "jobId" => "q",
            "thingName" => "t",
            "thingGroupName" => route.Operation.Contains("Dynamic", StringComparison.Ordinal) ? "d" : "g",
            "jobTemplateId" => "m",
            "templateName" => "AWS-Reboot",
            _ => "1",
        };
    }

    private static JsonObject BodyOf(Route route) => route.Operation switch
    {
        "AssociateTargetsWithJob" => new() { ["targets"] = new JsonArray(Thing) },
        "CreateDynamicThingGroup" => new() { ["queryString"] = "thingName:t" },
        "UpdateThingGroup" or "UpdateDynamicThingGroup" => new() { ["thingGroupProperties"] = new JsonObject() },
        "UpdateThingGroupsForThing" => new() { ["thingName"] = "t" },
        "CreateJob" => new() { ["targets"] = new JsonArray(Thing), ["document"] = "{}" },
        "CreateJobTemplate" => new() { ["description"] = "d", ["document"] = "{}" },
        "TagResource" => new() { ["resourceArn"] = ApiServer.Arn + "job/q", ["tags"] = new JsonArray(new JsonObject { ["Key"] = "k" }) },
        "UntagResource" => new() { ["resourceArn"] = ApiServer.Arn + "job/q", ["tagKeys"] = new JsonArray("k") },
        "UpdateJobExecution" => new() { ["status"] = "IN_PROGRESS" },
        "AddThingToThingGroup" or "RemoveThingFromThingGroup" => new() { ["thingGroupName"] = "g", ["thingName"] = "t" },
        _ => [],
    };
}
