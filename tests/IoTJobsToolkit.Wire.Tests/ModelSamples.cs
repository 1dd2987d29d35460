using System.Text.Json.Nodes;

namespace IoTJobsToolkit.Wire.Tests;

/// <summary>Values of the model's shapes: a good one, and one for each way of breaking its constraints.</summary>
internal static class ModelSamples
{
    /// <summary>A value that fits, with its required members only.</summary>
    public static JsonNode Good(Plane plane, string shapeName, string member)
    {
        var shape = ServiceModel.Shape(plane, shapeName);
        return (string)shape["type"]! switch
        {
            // At least one of the two has to be there (C-12), which the model cannot say.
            "structure" when shapeName == "RateIncreaseCriteria" => new JsonObject { ["numberOfNotifiedThings"] = 1 },
            "structure" => new JsonObject((shape["required"]?.AsArray() ?? []).Select(name => KeyValuePair.Create(
                (string)name!, (JsonNode?)Good(plane, (string)shape["members"]![(string)name!]!["shape"]!, (string)name!)))),
            "list" => new JsonArray(Good(plane, (string)shape["member"]!["shape"]!, member)),
            "map" => new JsonObject { ["key"] = Good(plane, (string)shape["value"]!["shape"]!, member) },
            "integer" or "long" => (int?)shape["min"] ?? 1,
            "double" or "float" => (double?)shape["min"] ?? 50,
            "boolean" => true,
            _ when shape["enum"] is JsonArray words => (string)words[0]!,
            _ when shapeName == "CronExpression" => "cron(0 0 * * ? *)",
            _ => Text(member, (int?)shape["min"] ?? 1),
        };
    }

    /// <summary>Values which the shape refuses, at any depth, each with the member that is at fault.</summary>
    public static IEnumerable<(string Member, JsonNode? Value)> Bad(Plane plane, string shapeName, string member)
    {
        var shape = ServiceModel.Shape(plane, shapeName);
        var type = (string)shape["type"]!;
        yield return (member, type is "string" ? 5 : "wrong type");
        var nested = type switch
        {
            "structure" => BadStructures(plane, shapeName, shape),
            "list" => Bad(plane, (string)shape["member"]!["shape"]!, member).Select(bad => (bad.Member, (JsonNode?)new JsonArray(bad.Value?.DeepClone()))),
            "map" => Bad(plane, (string)shape["value"]!["shape"]!, member).Select(bad => (bad.Member, (JsonNode?)new JsonObject { ["key"] = bad.Value?.DeepClone() })),
            "string" => BadTexts(shape).Select(text => (member, (JsonNode?)text)),
            "boolean" => [],
            _ => BadNumbers(shape).Select(number => (member, (JsonNode?)number)),
        };
        foreach (var bad in nested)
        {
            yield return bad;
        }
    }

    /// <summary>Each required member left out, then each member wrong by itself.</summary>
    private static IEnumerable<(string, JsonNode?)> BadStructures(Plane plane, string shapeName, JsonNode shape)
    {
        foreach (var name in shape["required"]?.AsArray() ?? [])
        {
            var without = Good(plane, shapeName, "").AsObject();
            without.Remove((string)name!);
            yield return ((string)name!, without);
        }
        foreach (var (name, described) in shape["members"]!.AsObject())
        {
            foreach (var bad in Bad(plane, (string)described!["shape"]!, name))
            {
                var with = Good(plane, shapeName, "").AsObject();
                with[name] = bad.Value?.DeepClone();
                yield return (bad.Member, with);
            }
        }
    }

    private static IEnumerable<string> BadTexts(JsonNode shape)
    {
        if (shape["enum"] is not null)
        {
            yield return "NO_SUCH_WORD";
            yield break;
        }
        if ((int?)shape["max"] is { } max)
        {
            yield return new string('a', max + 1);
        }
        if ((string?)shape["pattern"] is { } pattern && pattern != "[\\s\\S]*")
        {
            yield return "\u0001 no pattern allows this";
        }
    }

    private static IEnumerable<double> BadNumbers(JsonNode shape)
    {
        if ((double?)shape["min"] is { } min)
        {
            yield return min - 1;
        }
        if ((double?)shape["max"] is { } max)
        {
            yield return max + 1;
        }
    }

    private static string Text(string member, int length) =>
        member.EndsWith("Arn", StringComparison.Ordinal) || member == "targets"
            ? "arn:aws:iot:us-east-1:123456789012:thing/t"
            : new string('a', Math.Max(1, length));
}
