using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>A name as it was typed, with the ARN of the thing or group that has it.</summary>
/// <param name="Arn">Null where there is none, and <paramref name="Problem"/> says so.</param>
public sealed record NamedTarget(string Name, string? Arn, string? Problem);

/// <summary>Finds what typed names stand for.</summary>
public static class NamedTargets
{
    /// <summary>More are for a program to add.</summary>
    public const int Most = 100;

    public static IReadOnlyList<string> Names(string typed)
    {
        ArgumentNullException.ThrowIfNull(typed);
        return [.. typed.Split((char[])[' ', '\t', '\r', '\n', ',', ';'], StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.Ordinal)];
    }

    public static async Task<IReadOnlyList<NamedTarget>> FindAsync(IJobs jobs, string things, string groups)
    {
        var found = new List<NamedTarget>();
        foreach (var name in Names(things))
        {
            found.Add(await FindAsync(name, async () => (await jobs.ExecuteAsync(new DescribeThing(name))).ThingArn));
        }
        foreach (var name in Names(groups))
        {
            found.Add(await FindAsync(name, async () => (await jobs.ExecuteAsync(new DescribeThingGroup(name))).ThingGroupArn));
        }
        return found;
    }

    private static async Task<NamedTarget> FindAsync(string name, Func<Task<string>> arn)
    {
        try
        {
            return new(name, await arn(), null);
        }
        catch (JobsException refused) when (refused.Error is JobsError.ResourceNotFound or JobsError.InvalidRequest)
        {
            return new(name, null, refused.Message);
        }
    }
}
