using System.Text.Json.Nodes;
using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Tests;

namespace IoTJobsToolkit.Server.Tests.Boundaries;

/// <summary>
/// Every member of every input of AWS's model over HTTP, just inside and just outside of each constraint: what fits is answered, or refused for
/// what the server holds; what does not is InvalidRequestException and says where. Never a fault, never silence.
/// </summary>
public sealed class ModelBoundariesTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public static TheoryData<string> Operations => [.. Routes.All.Where(route => !route.IsExtension).Select(route => $"{route.Plane} {route.Operation}")];

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task Constraints_hold_to_the_last_value_and_no_further(string key)
    {
        var route = Routes.All.First(route => $"{route.Plane} {route.Operation}" == key);
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        await GoodRequest.PrepareAsync(server);
        var first = await new GoodRequest(route).SendAsync(server);
        Assert.True(first.Status == 200 || first.Status == 404 && IsGoing(route), $"{first.Status} {first.Body}");

        var wrong = new List<string>();
        var ruled = new SortedSet<string>(StringComparer.Ordinal);
        foreach (var (name, described) in ServiceModel.Members(route.Plane, (string)ServiceModel.Operation(route)["input"]!["shape"]!))
        {
            var shape = (string)described!["shape"]!;
            var tried = described["location"] is null
                ? InBody(route, name, shape)
                : InText(route, name, shape, isPath: (string?)described["location"] == "uri");
            foreach (var (boundary, request) in tried)
            {
                var answer = await request.SendAsync(server).WaitAsync(Patience, TestContext.Current.CancellationToken);
                var expected = boundary;
                if (boundary.Fits && answer.Error == "InvalidRequestException" && FurtherRules.Of(route, boundary) is { } rule)
                {
                    ruled.Add(rule);
                    expected = boundary with { Fits = false };
                }
                if (Problem(route, expected, answer) is { } problem)
                {
                    wrong.Add($"{boundary}: {problem}");
                }
            }
        }
        Assert.True(wrong.Count == 0, $"{key}, {wrong.Count}:\n{string.Join('\n', wrong.Take(40))}");
        Assert.Equal(FurtherRules.Of(route), ruled);
    }

    [Theory]
    [MemberData(nameof(Operations))]
    public async Task A_body_is_an_object_or_nothing(string key)
    {
        var route = Routes.All.First(route => $"{route.Plane} {route.Operation}" == key);
        await using var server = await ApiServer.StartAsync("--Jobs:Auth=Open");
        await GoodRequest.PrepareAsync(server);
        var required = new GoodRequest(route).Body.FirstOrDefault().Key;

        foreach (var body in new[] { "null", "[]", "\"{}\"", "0", "true", "{", "{}}", "\uFEFF{}" })
        {
            (await new GoodRequest(route).SendAsync(server, body)).IsRefused(400, "InvalidRequestException");
        }
        foreach (var body in new[] { "", "{}", "{\"unknown\":[null,{\"x\":1e400}]}" })
        {
            var answer = await new GoodRequest(route).SendAsync(server, body);
            if (required is null)
            {
                Assert.True(answer.Status == 200 || answer.Status == 404 && IsGoing(route), $"{body}: {answer.Status} {answer.Body}");
            }
            else
            {
                Assert.Contains(required, answer.IsRefused(400, "InvalidRequestException").Message, StringComparison.Ordinal);
            }
        }
    }

    private static bool IsGoing(Route route) => route.Operation.StartsWith("Delete", StringComparison.Ordinal) || route.Operation.StartsWith("Cancel", StringComparison.Ordinal);

    private static IEnumerable<(Boundary, GoodRequest)> InBody(Route route, string name, string shape)
    {
        var required = (ServiceModel.Shape(route.Plane, (string)ServiceModel.Operation(route)["input"]!["shape"]!)["required"]?.AsArray() ?? [])
            .Any(member => (string)member! == name);
        var boundaries = Boundary.Of(route.Plane, shape, name)
            .Prepend(new(name, name, null, !required));
        foreach (var boundary in boundaries)
        {
            yield return (boundary, new GoodRequest(route).With(name, boundary.Value));
        }
        if (required)
        {
            var request = new GoodRequest(route);
            request.Body.Remove(name);
            yield return (new(name, $"without {name}", null, false), request);
        }
    }

    private static IEnumerable<(Boundary, GoodRequest)> InText(Route route, string name, string shapeName, bool isPath)
    {
        var shape = ServiceModel.Shape(route.Plane, shapeName);
        var type = (string)shape["type"]!;
        var texts = type switch
        {
            "boolean" => [("true", true), ("False", true), ("yes", false), ("1", false), ("", false)],
            "string" => TextBoundary.Of(shape),
            _ => NumberBoundary.Of(shape, type).Append(("ten", false)).Append(("", false)).Append((" 1", false)),
        };
        return texts.Where(text => !isPath || text.Item1 != "\0") // Kestrel takes no such path.
            .Select(text => (new Boundary(name, name, text.Item1, text.Item2), new GoodRequest(route).WithText(name, text.Item1)));
    }

    private static string? Problem(Route route, Boundary boundary, ApiAnswer answer)
    {
        var modelled = ServiceModel.Operation(route)["errors"]!.AsArray().Select(error => (string)error!["shape"]!);
        if (answer.Status != 200 && (answer.Error is null || !modelled.Contains(answer.Error)) || answer.Status >= 500)
        {
            return $"{answer.Status} {answer.Error} {answer.Body}";
        }
        if (boundary.Fits)
        {
            return answer.Error is "InvalidRequestException" or "InvalidQueryException" ? $"fits and is refused: {answer.Message}" : null;
        }
        return answer.Error != "InvalidRequestException" ? $"does not fit and is answered {answer.Status} {answer.Error} {answer.Body}"
            : !answer.Message.Contains(boundary.Member, StringComparison.Ordinal) ? $"is refused without its name: {answer.Message}"
            : null;
    }
}
