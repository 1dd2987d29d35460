using System.Globalization;
using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Server.Demo;

/// <summary>The things and groups of the demo, made where they are not there yet.</summary>
internal static class DemoFleet
{
    public const string World = "demo-world";
    public const string Europe = "demo-europe";
    public const string America = "demo-america";
    public const string Asia = "demo-asia";
    public const string OldFirmware = "demo-old-firmware";

    private static readonly (string Group, string[] Sites, int Things)[] Regions =
    [
        (Europe, ["Utrecht", "Lyon", "Graz"], 40),
        (America, ["Boston", "Quito"], 30),
        (Asia, ["Osaka", "Pune", "Hanoi"], 30),
    ];

    public static IReadOnlyList<string> ThingNames { get; } =
        [.. Enumerable.Range(1, Regions.Sum(region => region.Things)).Select(i => string.Create(CultureInfo.InvariantCulture, $"demo-lamp-{i:000}"))];

    public static async Task EnsureAsync(IJobs jobs, CancellationToken cancellationToken)
    {
        await OnceAsync(jobs, new CreateThingGroup(World) { ThingGroupProperties = Described("Everything in the demo") }, cancellationToken).ConfigureAwait(false);
        var i = 0;
        foreach (var (group, sites, things) in Regions)
        {
            await OnceAsync(jobs, new CreateThingGroup(group) { ParentGroupName = World }, cancellationToken).ConfigureAwait(false);
            for (var n = 0; n < things; n++, i++)
            {
                await OnceAsync(jobs, Lamp(i, sites), cancellationToken).ConfigureAwait(false);
                await jobs.ExecuteAsync(new AddThingToThingGroup { ThingName = ThingNames[i], ThingGroupName = group }, cancellationToken).ConfigureAwait(false);
            }
        }
        await OnceAsync(
            jobs,
            new CreateDynamicThingGroup(OldFirmware, "thingName:demo-lamp-* AND attributes.firmware<7") { ThingGroupProperties = Described("Lamps with a firmware before 7") },
            cancellationToken).ConfigureAwait(false);
    }

    private static CreateThing Lamp(int i, string[] sites) => new(ThingNames[i])
    {
        ThingTypeName = "lamp",
        AttributePayload = new()
        {
            Attributes = new Dictionary<string, string>(StringComparer.Ordinal)
            {
                ["site"] = sites[i % sites.Length],
                ["firmware"] = i % 5 == 0 ? "6" : "7",
                ["model"] = i % 2 == 0 ? "A" : "B",
            },
        },
    };

    private static ThingGroupProperties Described(string description) => new() { ThingGroupDescription = description };

    /// <summary>What is there already, from the demo before or changed since, stays as it is.</summary>
    private static async Task OnceAsync<T>(IJobs jobs, Operation<T> operation, CancellationToken cancellationToken)
    {
        try
        {
            await jobs.ExecuteAsync(operation, cancellationToken).ConfigureAwait(false);
        }
        catch (JobsException refusal) when (refusal.Error == JobsError.ResourceAlreadyExists)
        {
        }
    }
}
