using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Registry;

namespace IoTJobsToolkit.Cmdlets.Teaching;

/// <summary>A name that an operation was given and that there is not.</summary>
internal static class Missing
{
    private static readonly (string Property, NameKind Kind)[] Names =
    [
        (nameof(DescribeJob.JobId), NameKind.Job),
        (nameof(DescribeThing.ThingName), NameKind.Thing),
        (nameof(DescribeThingGroup.ThingGroupName), NameKind.Group),
        (nameof(ListThingGroups.ParentGroup), NameKind.Group),
        (nameof(CreateThingGroup.ParentGroupName), NameKind.Group),
        (nameof(DescribeJobTemplate.JobTemplateId), NameKind.Template),
        (nameof(DescribeManagedJobTemplate.TemplateName), NameKind.ManagedTemplate),
    ];

    /// <summary>
    /// The name which is missing: the one that the refusal holds. Where it holds several, as that of an execution, none: each may exist.
    /// </summary>
    public static (string Name, NameKind Kind)? Of(Operation operation, string refusal)
    {
        var held = Given(operation).Distinct().Where(name => Holds(refusal, name.Name)).ToList();
        return held.Count == 1 ? held[0] : null;
    }

    private static IEnumerable<(string Name, NameKind Kind)> Given(Operation operation) => operation switch
    {
        CreateJob { Targets: var targets } => targets.SelectMany(Target),
        AssociateTargetsWithJob { Targets: var targets, JobId: var id } => targets.SelectMany(Target).Prepend((id, NameKind.Job)),
        CreateThingGroup { ParentGroupName: { } parent } => [(parent, NameKind.Group)],
        CreateThingGroup or CreateThing or CreateDynamicThingGroup or CreateJobTemplate => [],
        UpdateThingGroupsForThing change => (change.ThingGroupsToAdd ?? []).Concat(change.ThingGroupsToRemove ?? [])
            .Select(group => (group, NameKind.Group)).Prepend((change.ThingName ?? "", NameKind.Thing)),
        _ => Names.Select(name => (Value(operation, name.Property), name.Kind)).Where(name => name.Item1 is not null).Select(name => (name.Item1!, name.Kind)),
    };

    private static string? Value(Operation operation, string property) => operation.GetType().GetProperty(property)?.GetValue(operation) as string;

    private static IEnumerable<(string Name, NameKind Kind)> Target(string arn) => arn.Split(':', 6) is [.., var resource]
        ? resource.Split('/', 2) switch
        {
            ["thing", var name] => [(name, NameKind.Thing)],
            ["thinggroup", var name] => [(name, NameKind.Group)],
            _ => [],
        }
        : [];

    /// <summary>As a word of its own: <c>lamp</c> does not stand in <c>lamp-1</c>.</summary>
    private static bool Holds(string text, string name)
    {
        for (var at = text.IndexOf(name, StringComparison.Ordinal); name.Length > 0 && at >= 0; at = text.IndexOf(name, at + 1, StringComparison.Ordinal))
        {
            if (!IsOfName(text, at - 1) && !IsOfName(text, at + name.Length))
            {
                return true;
            }
        }
        return false;
    }

    private static bool IsOfName(string text, int at) => at >= 0 && at < text.Length && (char.IsAsciiLetterOrDigit(text[at]) || text[at] is '-' or '_');
}
