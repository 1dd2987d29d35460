using System.Collections.Immutable;

namespace IoTJobsToolkit.Engine.Things;

/// <summary>A registered device (jobs-reference 1.5).</summary>
public sealed record Thing
{
    /// <summary>Order of creation; tells a thing from a later one with its name.</summary>
    public required long Sequence { get; init; }

    public required string Name { get; init; }

    public string? ThingTypeName { get; init; }

    public string? BillingGroupName { get; init; }

    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = NoAttributes;

    public long Version { get; init; } = 1;

    /// <summary>Sequences of the groups it is a direct member of; one whose group is gone counts for nothing.</summary>
    public ImmutableArray<long> Groups { get; init; } = [];

    public static ImmutableSortedDictionary<string, string> NoAttributes { get; } =
        ImmutableSortedDictionary.Create<string, string>(StringComparer.Ordinal);
}

public enum ThingGroupStatus
{
    ACTIVE,
    BUILDING,
    REBUILDING,
}

/// <summary>A thing group: a static one, which may have a parent, or a dynamic one, whose members match its query (jobs-reference 1.5).</summary>
public sealed record ThingGroup
{
    public required long Sequence { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset CreatedAt { get; init; }

    public long? ParentSequence { get; init; }

    public string? Description { get; init; }

    public ImmutableSortedDictionary<string, string> Attributes { get; init; } = Thing.NoAttributes;

    public IReadOnlyList<Jobs.Tag> Tags { get; init; } = [];

    public long Version { get; init; } = 1;

    /// <summary>What the members of a dynamic group match; null for a static group.</summary>
    public string? QueryString { get; init; }

    /// <summary>Whether all things have been looked at since the query was set; ACTIVE for static groups.</summary>
    public ThingGroupStatus Status { get; init; }

    /// <summary>When its query was set, until all things have been looked at.</summary>
    public DateTimeOffset? BuildingSince { get; init; }

    /// <summary>The last thing looked at, by name, while it is being built; null before the first.</summary>
    public string? BuiltUpTo { get; init; }

    public bool IsDynamic => QueryString is not null;

    /// <summary>When it was deleted, while its memberships are still being cleared; nobody sees it any more.</summary>
    public DateTimeOffset? DeletedAt { get; init; }

    /// <summary>Place of its deletion in the order of all events: a snapshot taken before it holds the group's things.</summary>
    public long DeletedSequence { get; init; }
}

/// <summary>A thing's membership of a group; members are ordered by thing name, ordinal.</summary>
/// <param name="JoinedSequence">Place of the join in the order of all events: a snapshot taken before it does not hold the thing.</param>
public sealed record GroupMember(long GroupSequence, string ThingName, long ThingSequence, long JoinedSequence);

/// <summary>
/// A thing which left a target group of a SNAPSHOT job before the rollout reached it: it still gets its execution (OPEN-4).
/// </summary>
public sealed record SnapshotLeaver(long JobSequence, int Target, string ThingName, long ThingSequence);
