using System.Text.Json.Nodes;
using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Tests;

namespace IoTJobsToolkit.Server.Tests.Boundaries;

/// <summary>One value of a member, at any depth, just inside or just outside of what the model allows.</summary>
/// <param name="Member">Which is at fault where the value does not fit: what a refusal has to name.</param>
/// <param name="Path">From the member of the request down to that one.</param>
/// <param name="Value">Of the request's member; null is JSON's.</param>
internal sealed record Boundary(string Member, string Path, JsonNode? Value, bool Fits)
{
    public static IEnumerable<Boundary> Of(Plane plane, string shapeName, string member) => Of(plane, shapeName, member, member);

    public override string ToString()
    {
        var text = Value?.ToJsonString() ?? "null";
        return $"{Path} = {(text.Length > 100 ? $"{text[..80]}... ({text.Length} characters)" : text)}";
    }

    private static IEnumerable<Boundary> Of(Plane plane, string shapeName, string member, string path)
    {
        var shape = ServiceModel.Shape(plane, shapeName);
        var type = (string)shape["type"]!;
        var values = type switch
        {
            "structure" => OfStructure(plane, shapeName, shape, path),
            "list" => OfList(plane, shape, member, path),
            "map" => OfMap(plane, shape, member, path),
            "string" => TextBoundary.Of(shape).Select(text => new Boundary(member, path, text.Value, text.Fits)),
            "boolean" => [new(member, path, true, true), new(member, path, false, true)],
            _ => NumberBoundary.Of(shape, type).Select(number => new Boundary(member, path, JsonNode.Parse(number.Text), number.Fits)),
        };
        return OtherTypes(type).Select(value => new Boundary(member, path, value, false)).Concat(values);
    }

    private static IEnumerable<JsonNode> OtherTypes(string type)
    {
        JsonNode[] all = ["text", 5, true, new JsonArray(), new JsonObject()];
        return all.Where((_, i) => i != type switch { "string" => 0, "boolean" => 2, "list" => 3, "map" or "structure" => 4, _ => 1 });
    }

    private static IEnumerable<Boundary> OfStructure(Plane plane, string shapeName, JsonNode shape, string path)
    {
        var required = (shape["required"]?.AsArray() ?? []).Select(name => (string)name!).ToList();
        JsonObject With(string name, JsonNode? value)
        {
            var good = ModelSamples.Good(plane, shapeName, "").AsObject();
            good[name] = value?.DeepClone();
            return good;
        }
        foreach (var name in required)
        {
            var without = ModelSamples.Good(plane, shapeName, "").AsObject();
            without.Remove(name);
            yield return new(name, $"{path} without {name}", without, false);
        }
        yield return new("", $"{path} with an unknown member", With("unknown", "x"), true);
        foreach (var (name, described) in shape["members"]!.AsObject())
        {
            yield return new(name, $"{path}.{name}", With(name, null), !required.Contains(name));
            foreach (var inner in Of(plane, (string)described!["shape"]!, name, $"{path}.{name}"))
            {
                yield return inner with { Value = With(name, inner.Value) };
            }
        }
    }

    private static IEnumerable<Boundary> OfList(Plane plane, JsonNode shape, string member, string path)
    {
        var item = (string)shape["member"]!["shape"]!;
        JsonArray Of(int count) => [.. Enumerable.Range(0, count).Select(_ => ModelSamples.Good(plane, item, member))];
        yield return new(member, path, Of(0), (int?)shape["min"] is null or 0);
        yield return new(member, path, new JsonArray((JsonNode?)null), false);
        if ((int?)shape["max"] is { } max)
        {
            yield return new(member, path, Of(max + 1), false);
        }
        foreach (var inner in Boundary.Of(plane, item, member, $"{path}[]"))
        {
            yield return inner with { Value = new JsonArray(inner.Value?.DeepClone()) };
        }
    }

    private static IEnumerable<Boundary> OfMap(Plane plane, JsonNode shape, string member, string path)
    {
        var (key, value) = ((string)shape["key"]!["shape"]!, (string)shape["value"]!["shape"]!);
        yield return new(member, path, new JsonObject(), true);
        yield return new(member, path, new JsonObject { [GoodKey(plane, key)] = null }, ServiceModel.Shape(plane, value)["type"]!.GetValue<string>() == "structure");
        foreach (var text in TextBoundary.Of(ServiceModel.Shape(plane, key)))
        {
            yield return new(member, $"{path}.key", new JsonObject { [text.Value] = ModelSamples.Good(plane, value, member) }, text.Fits);
        }
        foreach (var inner in Of(plane, value, member, $"{path}.value"))
        {
            yield return inner with { Value = new JsonObject { [GoodKey(plane, key)] = inner.Value?.DeepClone() } };
        }
    }

    private static string GoodKey(Plane plane, string shapeName) => (string?)ServiceModel.Shape(plane, shapeName)["enum"]?[0] ?? "key";
}
