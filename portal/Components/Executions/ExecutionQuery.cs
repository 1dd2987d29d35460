using System.Globalization;
using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Portal.Components.Status;
using IoTJobsToolkit.Portal.Indexing;

namespace IoTJobsToolkit.Portal.Components.Executions;

/// <summary>Which executions of a job are asked for, as it stands in the address: a view can be kept and passed on.</summary>
/// <param name="Group">Name of a thing group; its things and those of its descendants are meant.</param>
/// <param name="Attribute">An attribute of the thing with its value, such as <c>firmware=7</c>.</param>
/// <param name="Version">The execution's versionNumber.</param>
public sealed record ExecutionQuery(
    StatusSet Statuses = default, string? Reason = null, string? Group = null, string? Attribute = null, long? Version = null,
    ExecutionSort Sort = ExecutionSort.Queued)
{
    /// <summary>It leaves nothing out; the order is no filter.</summary>
    public bool IsAll => this == new ExecutionQuery { Sort = Sort };

    public static ExecutionQuery Parse(string? statuses, string? reason, string? group, string? attribute, string? version, string? sort) => new(
        StatusSet.Of([.. (statuses ?? "").Split(',').Select(Status).OfType<JobExecutionStatus>().Distinct()]),
        Given(reason),
        Given(group),
        Given(attribute),
        long.TryParse(version, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null,
        string.Equals(sort, nameof(ExecutionSort.Updated), StringComparison.OrdinalIgnoreCase) ? ExecutionSort.Updated : ExecutionSort.Queued);

    /// <summary>The parameters of the address; null takes one away.</summary>
    public IReadOnlyDictionary<string, object?> Address() => new Dictionary<string, object?>
    {
        ["status"] = Statuses.IsEmpty ? null : string.Join(',', Statuses.Statuses),
        ["reason"] = Given(Reason),
        ["group"] = Given(Group),
        ["attribute"] = Given(Attribute),
        ["version"] = Version,
        ["sort"] = Sort == ExecutionSort.Queued ? null : nameof(ExecutionSort.Updated).ToLowerInvariant(),
    };

    /// <summary>What it asks for, to follow "executions" in a sentence.</summary>
    public string Words()
    {
        var words = new[]
        {
            Statuses.IsEmpty ? null : string.Join(" or ", Statuses.Statuses.Select(status => status.Words().ToLowerInvariant())),
            Reason is null ? null : $"for the reason “{Reason}”",
            Group is null ? null : $"in the group {Group}",
            Attribute is null ? null : $"on things with {Attribute}",
            Version is { } version ? $"at version {version.Figure()}" : null,
        };
        return string.Join(", ", words.OfType<string>());
    }

    private static JobExecutionStatus? Status(string text) =>
        Enum.TryParse<JobExecutionStatus>(text.Trim(), ignoreCase: true, out var status) && Enum.IsDefined(status) ? status : null;

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
