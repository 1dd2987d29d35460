using IoTJobsToolkit.Wire;
using IoTJobsToolkit.Wire.Tests;

namespace IoTJobsToolkit.Server.Tests.Sdk;

/// <summary>tests/node/errors, held against AWS's model: every exception which an operation may answer has its row.</summary>
public sealed class SdkErrorTableTests
{
    /// <summary>What AWS models and the reference says is never answered.</summary>
    private static readonly string[] Never =
    [
        "iot DeleteThing ResourceNotFoundException", // A thing that does not exist counts as deleted (http-api 12).
    ];

    private static IEnumerable<string> Modelled => Routes.All.Where(route => !route.IsExtension).SelectMany(route =>
        ServiceModel.Operation(route)["errors"]!.AsArray().Select(error =>
            $"{(route.Plane == Plane.Control ? "iot" : "iot-jobs-data")} {route.Operation} {error!["shape"]}"));

    [Fact]
    public async Task Every_exception_of_the_model_is_provoked_or_has_a_reason_why_not()
    {
        var table = await Table();

        Assert.Empty(Modelled.Except(table.Select(row => row.Name)));
        Assert.Empty(table.Select(row => row.Name).Except(Modelled));
        Assert.Equal(Never, Rows(table, "never"));
        Assert.Equal(Modelled.Count() - Never.Length, table.Count(row => row.How == "provoked"));
    }

    private static IEnumerable<string> Rows(List<(string Name, string How)> table, string how) =>
        table.Where(row => row.How == how).Select(row => row.Name).Order(StringComparer.Ordinal);

    private static async Task<List<(string Name, string How)>> Table() =>
    [
        .. (await NodeScript.ReadAsync("errors/list.mjs")).Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => (line[..line.LastIndexOf(' ')], line[(line.LastIndexOf(' ') + 1)..])),
    ];
}
