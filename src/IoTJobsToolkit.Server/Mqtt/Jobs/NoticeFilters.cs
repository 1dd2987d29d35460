using IoTJobsToolkit.Server.Mqtt.Topics;

namespace IoTJobsToolkit.Server.Mqtt.Jobs;

/// <summary>Which thing's notices a filter takes in, of which namespace.</summary>
internal static class NoticeFilters
{
    private const string Namespace = "-namespace-";

    /// <summary>
    /// Null where it takes in none, or those of any number of things: whoever watches all of them sees the next change of each. Namespaces are
    /// known only where the filter names them.
    /// </summary>
    public static (string ThingName, string? NamespaceId)? Of(string filter)
    {
        if (filter.Split(TopicText.Separator) is not ["$aws", _, { Length: > 0 } thing, .. var rest] || thing is "+" or "#")
        {
            return null;
        }
        var jobs = $"$aws/things/{thing}/jobs/";
        if (TopicText.Matches(filter, $"{jobs}notify") || TopicText.Matches(filter, $"{jobs}notify-next"))
        {
            return (thing, null);
        }
        return rest is [_, var notice, ..] && notice.StartsWith("notify", StringComparison.Ordinal) && TopicText.Matches(filter, jobs + notice) &&
            notice.IndexOf(Namespace, StringComparison.Ordinal) is > 0 and var at
            ? (thing, notice[(at + Namespace.Length)..])
            : null;
    }
}
