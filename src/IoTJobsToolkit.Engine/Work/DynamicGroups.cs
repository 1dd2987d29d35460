using System.Collections.Immutable;
using System.Runtime.CompilerServices;
using IoTJobsToolkit.Engine.Things;
using IoTJobsToolkit.Engine.Things.Queries;

namespace IoTJobsToolkit.Engine.Work;

/// <summary>Which dynamic groups a thing belongs to (jobs-reference 4.8): looked at when the thing or a query changes.</summary>
internal static class DynamicGroups
{
    private static readonly ConditionalWeakTable<string, ThingQuery> Parsed = [];

    /// <summary>
    /// The static groups of <paramref name="groups"/> with the dynamic ones whose query the thing matches; at the limit older dynamic groups win over newer ones.
    /// </summary>
    public static ImmutableArray<long> Choose(JobsTransaction tx, Thing thing, ImmutableArray<long> groups)
    {
        var dynamic = tx.DynamicGroups().ToList();
        if (dynamic.Count == 0 && groups.All(group => tx.FindGroup(group) is not { IsDynamic: true }))
        {
            return groups;
        }
        var chosen = groups.RemoveAll(group => tx.FindGroup(group) is { IsDynamic: true });
        var room = tx.HasLimits ? Membership.MaxGroups - chosen.Length : int.MaxValue;
        chosen = chosen.AddRange(dynamic.Where(group => Matches(tx, Query(group.QueryString!), thing)).Take(Math.Max(0, room)).Select(group => group.Sequence));
        return chosen.SequenceEqual(groups) ? groups : chosen;
    }

    /// <summary>The dynamic groups whose things may change when a thing connects.</summary>
    public static IEnumerable<ThingGroup> LookingAtConnectivity(JobsTransaction tx) =>
        tx.DynamicGroups().Where(group => Query(group.QueryString!).Fields.Contains(QueryField.Connected));

    public static bool AnyLooksAtConnectivity(JobsTransaction tx) => !tx.Memory.Registry.DynamicGroups.IsEmpty && LookingAtConnectivity(tx).Any();

    /// <summary>A thing which never connected is not connected.</summary>
    public static bool Matches(JobsTransaction tx, ThingQuery query, Thing thing)
    {
        var looksAtId = query.Fields.Any(field => field is "thingId" or "*");
        return query.Matches(
            thing, looksAtId ? tx.Settings.ResourceId("thing", thing.Sequence) : null, connected: tx.FindConnected(thing.Sequence) is not null);
    }

    /// <summary>A query which was checked when it came in.</summary>
    public static ThingQuery Query(string text) =>
        Parsed.GetValue(text, static text => ThingQuery.Parse(text, maxTerms: null));
}
