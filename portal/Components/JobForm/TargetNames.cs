using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Registry;
using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Portal.Components.JobForm;

/// <summary>Targets as people type and paste them: names, or ARNs, which say themselves what they are of.</summary>
public static class TargetNames
{
    /// <summary>How many the form takes; more belong into a group.</summary>
    public const int Most = 1_000;

    private static readonly char[] Separators = [' ', '\t', '\r', '\n', ',', ';'];

    public static IReadOnlyList<string> Split(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return [.. text.Split(Separators, StringSplitOptions.RemoveEmptyEntries).Select(name => name.Trim('"', '\'')).Where(name => name.Length > 0).Distinct(StringComparer.Ordinal)];
    }

    /// <param name="isGroup">What a plain name is of.</param>
    public static async Task<DraftTarget> FindAsync(IJobs jobs, JobsSettings settings, string text, bool isGroup)
    {
        var (name, group) = settings.NameOf("thinggroup", text) is { } groupName ? (groupName, true)
            : settings.NameOf("thing", text) is { } thingName ? (thingName, false)
            : (text, isGroup);
        return new(name, group, group ? await ExistsAsync(jobs, new DescribeThingGroup(name)) : await ExistsAsync(jobs, new DescribeThing(name)));
    }

    /// <summary>A thing, else a group of this name: for a name that came without its kind.</summary>
    public static async Task<DraftTarget> FindEitherAsync(IJobs jobs, JobsSettings settings, string text) =>
        await FindAsync(jobs, settings, text, isGroup: false) is { Exists: true } thing ? thing : await FindAsync(jobs, settings, text, isGroup: true);

    private static async Task<bool> ExistsAsync<T>(IJobs jobs, Operation<T> describe)
    {
        try
        {
            await jobs.ExecuteAsync(describe);
            return true;
        }
        catch (JobsException none) when (none.Error is JobsError.ResourceNotFound or JobsError.InvalidRequest)
        {
            return false;
        }
    }
}
