using System.Text.Json.Nodes;
using System.Text.Json.Serialization.Metadata;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Wire.Json;

namespace IoTJobsToolkit.Wire.Tests;

/// <summary>The route table and the engine's records, held against AWS's model.</summary>
public sealed class RoutesAgainstModelTests
{
    /// <summary>Record members which the model does not know, each with its reason.</summary>
    private static readonly string[] Ours =
    [
        "ExponentialRolloutRate.maximumPerMinute", // The older place of the maximum, read and never written (C-4).
    ];

    private static IEnumerable<string> Expected => Ours.Select(name => "not in the model: " + name);

    public static TheoryData<string> FromModel => [.. Routes.All.Where(route => !route.IsExtension).Select(Key)];

    [Fact]
    public void Every_operation_of_the_engine_has_a_route()
    {
        var operations = typeof(Operation).Assembly.GetExportedTypes()
            .Where(type => !type.IsAbstract && type.IsSubclassOf(typeof(Operation)))
            .Where(type => type.Namespace!.Split('.')[^1] is "Control" or "Device" or "Registry");

        Assert.Empty(operations.Except(Routes.All.Select(route => route.OperationType)));
    }

    [Theory]
    [MemberData(nameof(FromModel))]
    public void Method_and_path_are_the_models(string key)
    {
        var route = RouteOf(key);
        var http = ServiceModel.Operation(route)["http"]!;

        Assert.Equal((string?)http["method"], route.Method);
        Assert.Equal((string?)http["requestUri"], route.Path);
        Assert.Equal(ServiceModel.InputMembers(route, "uri"), route.PathMembers.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(FromModel))]
    public void Query_members_are_the_models(string key)
    {
        var route = RouteOf(key);

        Assert.Equal(ServiceModel.InputMembers(route, "querystring"), route.QueryMembers.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(FromModel))]
    public void Body_members_are_the_models(string key)
    {
        var route = RouteOf(key);
        var members = WireJson.Aws.TypeOf(route.OperationType).Properties.Where(property => property.Get is not null).Select(property => property.Name)
            .Except(route.PathMembers).Except(route.QueryMembers);

        Assert.Equal(ServiceModel.InputMembers(route, null), members.Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(FromModel))]
    public void Requests_and_answers_have_the_models_members_and_types(string key)
    {
        Assert.Empty(Differences(RouteOf(key)).Except(Expected));
    }

    [Fact]
    public void The_lists_of_exceptions_hold_nothing_else()
    {
        Assert.Empty(Expected.Except(Routes.All.Where(route => !route.IsExtension).SelectMany(Differences)));
    }

    private static List<string> Differences(Route route)
    {
        var operation = ServiceModel.Operation(route);
        var differences = new List<string>();
        Compare(route.Plane, WireJson.Aws.TypeOf(route.OperationType), (string)operation["input"]!["shape"]!, differences);
        if ((string?)operation["output"]?["shape"] is { } output)
        {
            Compare(route.Plane, WireJson.Aws.TypeOf(route.ResponseType), output, differences);
        }
        else if (route.ResponseType != typeof(Nothing))
        {
            differences.Add($"{route.Operation} answers nothing in the model");
        }
        return differences;
    }

    [Fact]
    public void Extensions_are_no_requests_of_AWS()
    {
        var known = new[] { Plane.Control, Plane.Data }
            .SelectMany(plane => ServiceModel.Service(plane)["operations"]!.AsObject())
            .Select(operation => $"{operation.Value!["http"]!["method"]} {operation.Value["http"]!["requestUri"]}");

        Assert.Empty(Routes.All.Where(route => route.IsExtension).Select(route => $"{route.Method} {route.Path}").Intersect(known));
    }

    private static void Compare(Plane plane, JsonTypeInfo type, string shapeName, List<string> differences)
    {
        type = type.Options.GetTypeInfo(Nullable.GetUnderlyingType(type.Type) ?? type.Type);
        var shape = ServiceModel.Shape(plane, shapeName);
        var kind = (string)shape["type"]!;
        if (!Fits(type, kind))
        {
            differences.Add($"{shapeName} is {kind}, the record has {type.Type.Name}");
        }
        else if (kind == "structure")
        {
            CompareMembers(plane, type, shapeName, shape["members"]!.AsObject(), differences);
        }
        else if (kind is "list" or "map")
        {
            Compare(plane, type.Options.GetTypeInfo(type.ElementType!), (string)shape[kind == "list" ? "member" : "value"]!["shape"]!, differences);
        }
        else if (type.Type.IsEnum && shape["enum"] is JsonArray words)
        {
            Assert.Equal(words.Select(word => (string)word!).Order(StringComparer.Ordinal), Enum.GetNames(type.Type).Order(StringComparer.Ordinal));
        }
    }

    private static void CompareMembers(Plane plane, JsonTypeInfo type, string shapeName, JsonObject members, List<string> differences)
    {
        foreach (var property in type.Properties)
        {
            if (members[property.Name] is { } member)
            {
                Compare(plane, type.Options.GetTypeInfo(property.PropertyType), (string)member["shape"]!, differences);
            }
            else if (property.Get is not null)
            {
                differences.Add($"not in the model: {type.Type.Name}.{property.Name}");
            }
        }
        differences.AddRange(members.Where(member => type.Properties.All(property => property.Name != member.Key))
            .Select(member => $"not in the record: {shapeName}.{member.Key}"));
    }

    private static bool Fits(JsonTypeInfo type, string kind) => kind switch
    {
        "structure" => type.Kind == JsonTypeInfoKind.Object,
        "list" => type.Kind == JsonTypeInfoKind.Enumerable,
        "map" => type.Kind == JsonTypeInfoKind.Dictionary,
        "timestamp" => type.Type == typeof(DateTimeOffset),
        "integer" or "long" => type.Type == typeof(int) || type.Type == typeof(long),
        "boolean" => type.Type == typeof(bool),
        "double" or "float" => type.Type == typeof(decimal),
        _ => type.Type == typeof(string) || type.Type.IsEnum,
    };

    private static string Key(Route route) => $"{route.Plane} {route.Operation}";

    private static Route RouteOf(string key) => Routes.All.First(route => !route.IsExtension && Key(route) == key);
}
