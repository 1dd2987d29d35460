using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Access;

namespace IoTJobsToolkit.Wire.Mqtt;

/// <summary>
/// Who may publish and subscribe to what (mqtt-api 9, OPEN-43). A device: its own thing's jobs, and of ordinary topics those which the
/// installation gives to devices, none by default. An operator watches everything; who may run jobs may also publish to ordinary topics, and
/// ask for any thing. What belongs to the service, answers, notices and events, nobody publishes.
/// </summary>
public sealed class TopicPolicy
{
    /// <summary>Stands for the thing's name in a pattern.</summary>
    public const string ThingPlaceholder = "${thing}";

    private const string ServiceTopics = "$aws/";

    private readonly string[] _devicesPublish;
    private readonly string[] _devicesSubscribe;

    /// <param name="devicesPublish">
    /// Filters of ordinary topics which devices may publish to, such as <c>things/${thing}/#</c>; <see cref="ThingPlaceholder"/> is the device's
    /// own thing.
    /// </param>
    /// <param name="devicesSubscribe">Filters of ordinary topics which devices may subscribe to, in whole or in part.</param>
    /// <exception cref="ArgumentException">One of them is no filter, or not of ordinary topics; the message says which.</exception>
    public TopicPolicy(IEnumerable<string> devicesPublish, IEnumerable<string> devicesSubscribe)
    {
        _devicesPublish = [.. devicesPublish.Select(pattern => Checked(pattern, nameof(devicesPublish)))];
        _devicesSubscribe = [.. devicesSubscribe.Select(pattern => Checked(pattern, nameof(devicesSubscribe)))];
    }

    /// <summary>Devices have their own thing's jobs and nothing else.</summary>
    public static TopicPolicy Default { get; } = new([], []);

    /// <summary>
    /// Whether a message, a will included, may go to a topic. Of a thing's jobs also those topics are open to it which the service then
    /// answers InvalidTopic.
    /// </summary>
    public bool MayPublish(Caller caller, string topic)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!TopicFilter.IsTopic(topic))
        {
            return false;
        }
        if (topic.StartsWith('$'))
        {
            return JobsTopic.TryParse(topic, out var jobs) && jobs.Kind != JobsTopicKind.Service && MayActFor(caller, jobs.ThingName);
        }
        return caller.Kind == CallerKind.Device ? IsGiven(_devicesPublish, caller, topic) : MayChange(caller);
    }

    /// <summary>
    /// Whether a filter may be subscribed to: everything that it matches must be open to the caller. Then its messages may be delivered to him,
    /// for no topic can be reached but by a filter.
    /// </summary>
    public bool MaySubscribe(Caller caller, string filter)
    {
        ArgumentNullException.ThrowIfNull(caller);
        if (!TopicFilter.IsFilter(filter))
        {
            return false;
        }
        if (caller.Kind != CallerKind.Device)
        {
            return !filter.StartsWith('$') || filter.StartsWith(ServiceTopics, StringComparison.Ordinal);
        }
        return filter.StartsWith('$')
            ? Thing(caller) is { } thing && TopicFilter.Covers(JobsTopic.All(thing), filter)
            : IsGiven(_devicesSubscribe, caller, filter);
    }

    private static bool MayActFor(Caller caller, string thingName) =>
        caller.Kind == CallerKind.Device ? string.Equals(Thing(caller), thingName, StringComparison.Ordinal) : MayChange(caller);

    private static bool MayChange(Caller caller) => caller.Role >= AccessRole.OPERATOR;

    private static bool IsGiven(string[] patterns, Caller caller, string filter)
    {
        if (patterns.Length > 0 && Thing(caller) is { } thing)
        {
            foreach (var pattern in patterns)
            {
                if (TopicFilter.Covers(pattern.Replace(ThingPlaceholder, thing, StringComparison.Ordinal), filter))
                {
                    return true;
                }
            }
        }
        return false;
    }

    /// <summary>The device's thing; null where its name could mean another topic than its own.</summary>
    private static string? Thing(Caller caller) =>
        caller.ThingName is { Length: > 0 } name && name.AsSpan().IndexOfAny("/+#$\0") < 0 ? name : null;

    private static string Checked(string pattern, string list) =>
        pattern.StartsWith('$') && !pattern.StartsWith(ThingPlaceholder, StringComparison.Ordinal) ? throw new ArgumentException(
            $"'{pattern}' begins with $: those topics are the service's. Name ordinary topics, such as things/{ThingPlaceholder}/#.", list)
        : TopicFilter.IsFilter(pattern.Replace(ThingPlaceholder, "thing", StringComparison.Ordinal)) ? pattern
        : throw new ArgumentException(
            $"'{pattern}' is no topic filter: + and # stand for whole levels, and # comes last, as in things/{ThingPlaceholder}/#.", list);
}
