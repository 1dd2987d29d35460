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

/// <summary>A static thing group; groups form trees (jobs-reference 1.5).</summary>
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
