using System.Text.Json.Nodes;
using IoTJobsToolkit.Wire.OpenApi;
using Microsoft.OpenApi;

namespace IoTJobsToolkit.Wire.Tests;

public sealed class ToolkitDescriptionTests
{
    private static readonly string Text = ToolkitDescription.Write("1.2.3", "eu-west-1");

    [Fact]
    public void The_document_is_valid_OpenAPI()
    {
        var read = OpenApiDocument.Parse(Text, "json");

        Assert.Empty(read.Diagnostic!.Errors.Concat(read.Diagnostic.Warnings).Select(error => error.ToString()));
        Assert.Equal("1.2.3", read.Document!.Info.Version);
    }

    [Fact]
    public void Every_route_of_ours_is_described()
    {
        var paths = JsonNode.Parse(Text)!["paths"]!.AsObject();

        Assert.All(ToolkitRoutes.All, route =>
        {
            var operation = paths[route.Path]![route.Method.ToLowerInvariant()]!;
            Assert.Equal(route.Operation, (string?)operation["operationId"]);
            Assert.False(string.IsNullOrEmpty((string?)operation["summary"]));
            Assert.Equal(
                route.PathMembers.Concat(route.QueryMembers),
                operation["parameters"]?.AsArray().Select(parameter => (string?)parameter!["name"]) ?? []);
        });
    }

    [Fact]
    public void A_body_has_what_is_not_in_path_or_query()
    {
        var document = JsonNode.Parse(Text)!;
        JsonNode Operation(string path, string method) => document["paths"]![path]![method]!;

        Assert.True(JsonNode.DeepEquals(
            JsonNode.Parse("""
                {"type":"object","properties":{"userName":{"type":"string"},"role":{"type":"string","enum":["VIEWER","OPERATOR","ADMINISTRATOR"]}},
                 "required":["userName","role"]}
                """),
            Operation("/toolkit/access-keys", "post")["requestBody"]!["content"]!["application/json"]!["schema"]),
            Operation("/toolkit/access-keys", "post").ToJsonString());
        Assert.Null(Operation("/toolkit/work", "get")["requestBody"]);
        Assert.Equal("integer", (string?)Operation("/toolkit/access-keys", "get")["parameters"]![0]!["schema"]!["type"]);
        Assert.Equal("number", (string?)document["components"]!["schemas"]!["CreateAccessKeyResponse"]!["properties"]!["createdAt"]!["type"]);
    }

    [Fact]
    public void Every_toolkit_operation_of_the_engine_has_a_route_and_all_lie_below_toolkit()
    {
        var operations = typeof(Engine.Operation).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Engine.Operation)) && type.Namespace!.EndsWith(".Toolkit", StringComparison.Ordinal));

        Assert.Empty(operations.Except(ToolkitRoutes.All.Select(route => route.OperationType)));
        Assert.All(ToolkitRoutes.All, route => Assert.StartsWith("/toolkit/", route.Path, StringComparison.Ordinal));
    }
}
