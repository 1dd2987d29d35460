using IoTJobsToolkit.Server.Settings;

namespace IoTJobsToolkit.Server.Mqtt.External;

/// <summary>The topics of devices as they are at the broker.</summary>
internal sealed class BrokerTopics(BrokerSettings settings)
{
    /// <summary>
    /// Every topic to ask at. No filter takes in an answer, and only the first one the notices <c>notify</c> and <c>notify-next</c>, as there is
    /// no filter for a part of a level such as <c>get-namespace-NS</c>.
    /// </summary>
    private static readonly string[] BelowJobs = ["+", "+/get", "+/update", "+/+/get", "+/+/update"];

    /// <summary>Shared, so that each message comes to one server of the group alone (MQTT 5, 4.8.2).</summary>
    public IReadOnlyList<string> Filters { get; } =
        [.. BelowJobs.Select(below => $"{(settings.Group is { } group ? $"$share/{group}/" : "")}{settings.Prefix}$aws/things/+/jobs/{below}")];

    public string Outside(string topic) => settings.Prefix + topic;

    /// <summary>As the device sees it; null where it is no topic of a device.</summary>
    public string? Inside(string topic) => topic.StartsWith(settings.Prefix, StringComparison.Ordinal) ? topic[settings.Prefix.Length..] : null;
}
