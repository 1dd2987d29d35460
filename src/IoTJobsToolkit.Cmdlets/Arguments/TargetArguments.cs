using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Connection;

namespace IoTJobsToolkit.Cmdlets.Arguments;

/// <summary>Targets of a job are given as ARNs, or as names of things and thing groups.</summary>
internal static class TargetArguments
{
    /// <param name="prefix">How the ARNs of things and groups begin; asked for only where a name is given.</param>
    /// <param name="things">The things that names and wildcards stand for.</param>
    /// <param name="groups">The same of groups.</param>
    public static IReadOnlyList<string> Of(
        ITargetParameters given, Func<string> prefix, Func<string[], IEnumerable<MatchedName>> things, Func<string[], IEnumerable<MatchedName>> groups) =>
    [
        .. given.Target ?? [],
        .. things(given.Thing ?? []).Select(thing => Arns.Thing(prefix(), thing.Name)),
        .. groups(given.Group ?? []).Select(group => Arns.Group(prefix(), group.Name)),
    ];

    /// <summary>That nothing matches is no mistake then.</summary>
    public static bool HaveWildcards(ITargetParameters given) =>
        (given.Thing ?? []).Concat(given.Group ?? []).Any(WildcardPattern.ContainsWildcardCharacters);

    /// <summary>As in "Create job for 3 targets".</summary>
    public static string Count(int targets) => targets == 1 ? "1 target" : $"{targets} targets";
}
