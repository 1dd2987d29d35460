using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.OpenApi;

/// <summary>The toolkit's own operations as an OpenAPI 3.1 document, made from the route table and the records.</summary>
public static class ToolkitDescription
{
    private const string Json = "application/json";
    private const string ErrorRef = "#/components/responses/Error";

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="version">The toolkit's.</param>
    /// <param name="region">What requests are signed for.</param>
    public static string Write(string version, string region)
    {
        var schemas = new Schemas();
        var paths = new JsonObject();
        foreach (var route in ToolkitRoutes.All)
        {
            paths[route.Path] ??= new JsonObject();
            paths[route.Path]![route.Method.ToLowerInvariant()] = Operation(route, schemas);
        }
        var document = new JsonObject
        {
            ["openapi"] = "3.1.0",
            ["info"] = new JsonObject
            {
                ["title"] = "IoTJobsToolkit",
                ["version"] = version,
                ["description"] =
                    $"What the toolkit does beyond the API of AWS IoT Jobs. Requests are signed as AWS's are: Signature Version 4, service iot, region {region}.",
            },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = schemas.ToJson(),
                ["responses"] = new JsonObject { ["Error"] = Error() },
                ["securitySchemes"] = new JsonObject
                {
                    ["sigv4"] = new JsonObject
                    {
                        ["type"] = "apiKey",
                        ["in"] = "header",
                        ["name"] = "Authorization",
                        ["description"] = "AWS Signature Version 4.",
                    },
                },
            },
            ["security"] = new JsonArray(new JsonObject { ["sigv4"] = new JsonArray() }),
        };
        return document.ToJsonString(Indented);
    }

    private static JsonObject Operation(Route route, Schemas schemas)
    {
        var operation = new JsonObject
        {
            ["operationId"] = route.Operation,
            ["summary"] = route.Summary,
            ["description"] = $"For keys with the role {Permission.NeededRole(route.OperationType)} or higher.",
        };
        var parameters = new JsonArray();
        foreach (var (name, place) in route.PathMembers.Select(name => (name, "path")).Concat(route.QueryMembers.Select(name => (name, "query"))))
        {
            parameters.Add(new JsonObject
            {
                ["name"] = name,
                ["in"] = place,
                ["required"] = place == "path",
                ["schema"] = Schemas.OfMember(route.OperationType, name),
            });
        }
        if (parameters.Count > 0)
        {
            operation["parameters"] = parameters;
        }
        if (Schemas.OfBody(route) is { } body)
        {
            operation["requestBody"] = new JsonObject { ["required"] = body["required"] is not null, ["content"] = Content(body) };
        }
        operation["responses"] = new JsonObject { ["200"] = Answer(route, schemas), ["default"] = new JsonObject { ["$ref"] = ErrorRef } };
        return operation;
    }

    private static JsonObject Answer(Route route, Schemas schemas)
    {
        var answer = new JsonObject { ["description"] = "Done." };
        if (route.ResponseType != typeof(Nothing))
        {
            answer["content"] = Content(schemas.Reference(route.ResponseType));
        }
        return answer;
    }

    private static JsonObject Error() => new()
    {
        ["description"] = "Refused; nothing has changed.",
        ["headers"] = new JsonObject
        {
            ["x-amzn-ErrorType"] = new JsonObject
            {
                ["description"] = "The exception's name, such as InvalidRequestException.",
                ["schema"] = new JsonObject { ["type"] = "string" },
            },
        },
        ["content"] = Content(new()
        {
            ["type"] = "object",
            ["properties"] = new JsonObject { ["message"] = new JsonObject { ["type"] = "string" } },
            ["required"] = new JsonArray("message"),
        }),
    };

    private static JsonObject Content(JsonObject schema) => new() { [Json] = new JsonObject { ["schema"] = schema } };
}
