using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>Targets of a job are given as ARNs, or as names of things and thing groups.</summary>
internal static class TargetArguments
{
    /// <param name="prefix">How the ARNs of things and groups begin; asked for only where a name is given.</param>
    public static IReadOnlyList<string> Of(ITargetParameters given, Func<string> prefix) =>
    [
        .. given.Target ?? [],
        .. (given.Thing ?? []).Select(name => Arns.Thing(prefix(), name)),
        .. (given.Group ?? []).Select(name => Arns.Group(prefix(), name)),
    ];

    /// <summary>As in "Create job for 3 targets".</summary>
    public static string Count(int targets) => targets == 1 ? "1 target" : $"{targets} targets";
}
