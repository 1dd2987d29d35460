using System.Text;
using IoTJobsToolkit.Wire.Mqtt;

namespace IoTJobsToolkit.Server.Mqtt.Topics;

/// <summary>Topics and filters as this broker takes them: as MQTT defines them, and no longer than AWS's (jobs-reference 17).</summary>
internal static class TopicText
{
    public const int MaxBytes = 256;
    public const int MaxSlashes = 7;

    public const char Separator = '/';

    /// <summary>Topics of the service begin so.</summary>
    public const char Reserved = '$';

    public static bool IsTopic(string? topic) => topic is not null && TopicFilter.IsTopic(topic) && Fits(topic);

    public static bool IsFilter(string? filter) => filter is not null && TopicFilter.IsFilter(filter) && Fits(filter);

    public static bool Matches(string filter, string topic) => TopicFilter.Covers(filter, topic);

    private static bool Fits(string text) =>
        text.Length <= MaxBytes && Encoding.UTF8.GetByteCount(text) <= MaxBytes && text.AsSpan().Count(Separator) <= MaxSlashes;
}
