using System.Collections.Immutable;

namespace IoTJobsToolkit.Engine.Events;

/// <summary>Families of events which an installation publishes or not (http-api 12, DescribeEventConfigurations).</summary>
public enum EventType
{
    THING,
    THING_GROUP,
    THING_TYPE,
    THING_GROUP_MEMBERSHIP,
    THING_GROUP_HIERARCHY,
    THING_TYPE_ASSOCIATION,
    JOB,
    JOB_EXECUTION,
    POLICY,
    CERTIFICATE,
    CA_CERTIFICATE,
}

/// <summary>Which families of events are published; all are off at first (mqtt-api 8).</summary>
public sealed record EventConfigurations
{
    public static EventConfigurations AllOff { get; } = new();

    public ImmutableHashSet<EventType> Enabled { get; init; } = [];

    /// <summary>Null where they were never changed.</summary>
    public DateTimeOffset? CreationDate { get; init; }

    public DateTimeOffset? LastModifiedDate { get; init; }
}
