using IoTJobsToolkit.Engine.Things;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>Targets of a job are given as ARNs, or as names of things and thing groups.</summary>
internal static class TargetArguments
{
    public static IEnumerable<string> Arns(string[]? arns, string[]? things, string[]? groups)
    {
        var settings = Connection.Database.Connection.ToSettings();
        return
        [
            .. arns ?? [],
            .. (things ?? []).Select(name => settings.ThingArn(name)),
            .. (groups ?? []).Select(name => settings.ThingGroupArn(name)),
        ];
    }

    /// <summary>As in "Create job for 3 targets".</summary>
    public static string Count(int targets) => targets == 1 ? "1 target" : $"{targets} targets";
}
