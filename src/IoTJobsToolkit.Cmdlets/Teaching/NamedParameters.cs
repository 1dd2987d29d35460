using System.Management.Automation;
using System.Reflection;
using System.Text.RegularExpressions;

namespace IoTJobsToolkit.Cmdlets.Teaching;

/// <summary>A refusal names a member of the request as AWS does; whoever typed the command knows the parameter that gives it.</summary>
internal static partial class NamedParameters
{
    /// <summary>Our own parameters beside AWS's, by the member that they give, with all that lies below it.</summary>
    private static readonly (string Member, string[] Parameters)[] Ours =
    [
        ("targets", ["Thing", "Group"]),
        ("document", ["DocumentPath"]),
        ("jobExecutionsRolloutConfig", ["RolloutPerMinute"]),
        ("abortConfig", ["AbortWhen"]),
        ("timeoutConfig", ["TimeoutMinutes"]),
        ("jobExecutionsRetryConfig", ["Retry"]),
        ("schedulingConfig.startTime", ["StartAt"]),
        ("schedulingConfig.endTime", ["EndAt"]),
        ("attributePayload", ["Attribute"]),
        ("thingGroupProperties.attributePayload", ["Attribute"]),
    ];

    /// <returns>What to do; null where the refusal names no member that a parameter of the cmdlet gives.</returns>
    public static string? NextStep(PSCmdlet cmdlet, string refusal)
    {
        if (Failure().Match(refusal) is not { Success: true } failure)
        {
            return null;
        }
        var named = Of(cmdlet.GetType(), failure.Groups["member"].Value).ToList();
        var given = named.Where(parameter => cmdlet.MyInvocation.BoundParameters.ContainsKey(parameter.Name)).ToList();
        var texts = (given.Count > 0 ? given : named).Select(parameter => "-" + ShortName(parameter)).ToList();
        return texts switch
        {
            [] => null,
            _ when failure.Groups["missing"].Success => $"Give {Either(texts)}.",
            _ when refusal.Contains("Member needs ", StringComparison.Ordinal) => $"Leave {Either(texts)} out, or give what it needs beside it.",
            _ => $"Correct {Either(texts)}.",
        };
    }

    [GeneratedRegex(@"Value (?:(?<missing>null|'\[0 items\]')|.*?) at '(?<member>[A-Za-z0-9.\[\]]+)' failed", RegexOptions.Singleline)]
    private static partial Regex Failure();

    private static IEnumerable<PropertyInfo> Of(Type cmdlet, string member)
    {
        var parameters = cmdlet.GetProperties().Where(property => property.IsDefined(typeof(ParameterAttribute))).ToList();
        var ours = Ours.Where(own => IsIn(member, own.Member)).SelectMany(own => own.Parameters)
            .Select(name => parameters.FirstOrDefault(parameter => parameter.Name == name));
        return ours.Append(Awss(parameters, member)).OfType<PropertyInfo>();
    }

    /// <summary>The parameter with the member's name, or with that of what it lies in.</summary>
    private static PropertyInfo? Awss(List<PropertyInfo> parameters, string member)
    {
        while (true)
        {
            if (parameters.FirstOrDefault(parameter => Names(parameter).Any(name => IsOf(name, member))) is { } found)
            {
                return found;
            }
            var end = member.LastIndexOfAny(['.', '[']);
            if (end < 0)
            {
                return null;
            }
            member = member[..end];
        }
    }

    private static bool IsIn(string member, string outer) =>
        member == outer || (member.StartsWith(outer, StringComparison.Ordinal) && member[outer.Length] is '.' or '[');

    private static bool IsOf(string name, string member) => name.Replace('_', '.').Equals(member, StringComparison.OrdinalIgnoreCase);

    /// <summary>EndBehavior, for instance, is easier to read than SchedulingConfig_EndBehavior.</summary>
    private static string ShortName(PropertyInfo parameter) => Names(parameter).FirstOrDefault(name => !name.Contains('_')) ?? parameter.Name;

    private static IEnumerable<string> Names(PropertyInfo parameter) =>
        (parameter.GetCustomAttribute<AliasAttribute>()?.AliasNames ?? []).Prepend(parameter.Name);

    private static string Either(List<string> texts) => texts is [.. var first, var last] && first.Count > 0 ? $"{string.Join(", ", first)} or {last}" : texts[0];
}
