using IoTJobsToolkit.Engine.Jobs;

namespace IoTJobsToolkit.Engine.Validation;

/// <summary>Constraints which several operations share, named as the members they guard.</summary>
internal static class CommonConstraints
{
    private const int DescriptionLength = 2028;
    private static readonly IReadOnlyDictionary<string, string> NoPairs = new Dictionary<string, string>();

    extension(Check check)
    {
        public void JobId(string? jobId)
        {
            check.Required("jobId", jobId);
            check.Text("jobId", jobId, 1, 64, TextPattern.JobId);
        }

        public void ThingName(string? thingName, string field = "thingName")
        {
            check.Required(field, thingName);
            check.Text(field, thingName, 1, 128, TextPattern.Name);
        }

        public void ThingGroupName(string? groupName)
        {
            check.Required("thingGroupName", groupName);
            check.Text("thingGroupName", groupName, 1, 128, TextPattern.Name);
        }

        public void NamespaceId(string? namespaceId) => check.Pattern("namespaceId", namespaceId, TextPattern.JobId);

        public void Description(string? description) => check.Text("description", description, 0, DescriptionLength, TextPattern.NoControl);

        public void Comment(string? comment) => check.Text("comment", comment, 0, DescriptionLength, TextPattern.NoControl);

        public void MaxResults(int? maxResults) => check.Range("maxResults", maxResults, 1, 250);

        /// <summary>At most 10 pairs (C-15); key 1..128, value 1..1024.</summary>
        public void StatusDetails(IReadOnlyDictionary<string, string>? details)
        {
            check.Count("statusDetails", details, 0, 10);
            foreach (var (key, value) in details ?? NoPairs)
            {
                check.Text("statusDetails.key", key, 1, 128, TextPattern.Name);
                check.Required($"statusDetails.{key}", value);
                check.Text($"statusDetails.{key}", value, 1, 1024, TextPattern.NoControl);
            }
        }

        /// <summary>1..10080 minutes, or -1 to remove the timer (jobs-reference 7.2).</summary>
        public void StepTimeout(long? minutes)
        {
            if (minutes is not (null or -1 or (>= 1 and <= 10080)))
            {
                throw Check.Failed("stepTimeoutInMinutes", minutes, "Member must be between 1 and 10080, or -1 to remove the timer");
            }
        }

        public void Tags(IReadOnlyList<Tag>? tags)
        {
            check.EachTag(tags);
            check.Count("tags", tags, 0, Tag.MaxPerResource);
        }

        public void EachTag(IReadOnlyList<Tag>? tags)
        {
            foreach (var (tag, i) in (tags ?? []).Select((tag, i) => (tag, i)))
            {
                var field = $"tags.{i + 1}.member";
                check.Required(field, tag);
                check.Required($"{field}.Key", tag.Key);
                check.Text($"{field}.Key", tag.Key, 1, 128, TextPattern.TagKey);
                check.Length($"{field}.Value", tag.Value, 0, 256);
                if (tag.Key!.StartsWith("aws:", StringComparison.OrdinalIgnoreCase))
                {
                    throw Check.Failed($"{field}.Key", tag.Key, "Member must not begin with aws:, which is reserved");
                }
            }
            if (tags?.GroupBy(tag => tag.Key, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { } twice)
            {
                throw Check.Failed("tags", twice.Key, "Each key must stand once");
            }
        }

        public void Attributes(string field, IReadOnlyDictionary<string, string>? attributes, int max)
        {
            foreach (var (key, value) in attributes ?? NoPairs)
            {
                check.Text($"{field}.key", key, 0, 128, TextPattern.AttributeName);
                check.Required($"{field}.{key}", value);
                check.Text($"{field}.{key}", value, 0, 800, TextPattern.AttributeValue);
            }
            check.Count(field, attributes, 0, max);
        }
    }
}
