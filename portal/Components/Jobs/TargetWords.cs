using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.Jobs;

/// <summary>Targets as people read them: an ARN's last two parts.</summary>
public static class TargetWords
{
    public static bool IsGroup(string arn) => arn.Contains(":thinggroup/", StringComparison.Ordinal);

    public static string Name(string arn) => Arn.LastPart(arn);

    /// <summary>The one target's name, or how many there are of each kind.</summary>
    public static string Short(IReadOnlyList<string> targets)
    {
        if (targets is [var only])
        {
            return IsGroup(only) ? $"group {Name(only)}" : Name(only);
        }
        long groups = targets.Count(IsGroup);
        var things = targets.Count - groups;
        return (things, groups) switch
        {
            (_, 0) => things.Figure("thing", "things"),
            (0, _) => groups.Figure("group", "groups"),
            _ => $"{things.Figure("thing", "things")}, {groups.Figure("group", "groups")}",
        };
    }
}
