using System.Text.Json.Serialization;
using IoTJobsToolkit.Engine.Events;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Tells which families of events are published; all are off at first.</summary>
public sealed record DescribeEventConfigurations : Operation<DescribeEventConfigurationsResponse>
{
    internal override OperationAccess Access => OperationAccess.Reads;

    internal override DescribeEventConfigurationsResponse Run(JobsTransaction tx)
    {
        var stored = tx.EventConfigurations;
        return new()
        {
            EventConfigurations = Enum.GetValues<EventType>().ToDictionary(
                type => type.ToString(), type => new EventConfiguration { Enabled = stored.Enabled.Contains(type) }, StringComparer.Ordinal),
            CreationDate = stored.CreationDate,
            LastModifiedDate = stored.LastModifiedDate,
        };
    }
}

/// <summary>One family of events: published or not.</summary>
public sealed record EventConfiguration
{
    [JsonPropertyName("Enabled")]
    public bool? Enabled { get; init; }
}

public sealed record DescribeEventConfigurationsResponse
{
    /// <summary>Every family by its name, as <see cref="EventType"/> has them.</summary>
    public required IReadOnlyDictionary<string, EventConfiguration> EventConfigurations { get; init; }

    /// <summary>When one of them was switched for the first time; null when none ever was.</summary>
    public DateTimeOffset? CreationDate { get; init; }

    public DateTimeOffset? LastModifiedDate { get; init; }
}
