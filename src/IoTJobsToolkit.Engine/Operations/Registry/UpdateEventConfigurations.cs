using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Events;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Registry;

/// <summary>Switches families of events on or off; those which are not named, or without <c>Enabled</c>, stay as they are.</summary>
public sealed record UpdateEventConfigurations : Operation<UpdateEventConfigurationsResponse>
{
    /// <summary>By the names of <see cref="EventType"/>.</summary>
    public IReadOnlyDictionary<string, EventConfiguration?>? EventConfigurations { get; init; }

    internal override void Validate(Check check)
    {
        foreach (var name in EventConfigurations?.Keys ?? [])
        {
            if (Find(name) is null)
            {
                throw Check.NotInEnum<EventType>("eventConfigurations.key", name);
            }
        }
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(
        ActivitySubject.EVENT_CONFIGURATION, "events", ActivityNote.Listed("on", Switched(isOn: true)), ActivityNote.Listed("off", Switched(isOn: false)));

    internal override UpdateEventConfigurationsResponse Run(JobsTransaction tx)
    {
        var stored = tx.EventConfigurations;
        var enabled = stored.Enabled;
        var given = false;
        foreach (var (name, configuration) in EventConfigurations ?? new Dictionary<string, EventConfiguration?>())
        {
            if (configuration?.Enabled is { } isOn)
            {
                var type = Find(name)!.Value;
                enabled = isOn ? enabled.Add(type) : enabled.Remove(type);
                given = true;
            }
        }
        if (given)
        {
            tx.Changes.EventConfigurations = new() { Enabled = enabled, CreationDate = stored.CreationDate ?? tx.Now, LastModifiedDate = tx.Now };
        }
        return new();
    }

    private IEnumerable<string>? Switched(bool isOn) => EventConfigurations?
        .Where(configuration => configuration.Value?.Enabled == isOn).Select(configuration => configuration.Key).Order(StringComparer.Ordinal);

    /// <summary>In no other spelling, and no numbers.</summary>
    private static EventType? Find(string name) =>
        Enum.TryParse<EventType>(name, out var type) && type.ToString() == name ? type : null;
}

public sealed record UpdateEventConfigurationsResponse;
