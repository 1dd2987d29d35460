using IoTJobsToolkit.Engine.Validation;
using DescribeJobExecution = IoTJobsToolkit.Engine.Operations.Device.DescribeJobExecution;

namespace IoTJobsToolkit.Wire.Mqtt;

public enum JobsTopicKind
{
    /// <summary>A client publishes here what it asks for.</summary>
    Request,

    /// <summary>The service alone publishes here: answers and notices.</summary>
    Service,

    /// <summary>Nothing that a client could ask for, and nothing that is told: answered InvalidTopic.</summary>
    Unknown,
}

/// <summary>What a device asks for, as AWS names it.</summary>
public enum JobsTopicOperation
{
    GetPendingJobExecutions,
    StartNextPendingJobExecution,
    DescribeJobExecution,
    UpdateJobExecution,
}

/// <summary>
/// A topic below <c>$aws/things/THING/jobs/</c> (mqtt-api 1, 7). Its place says what a part means: a job may be called <c>get</c>, and then
/// <c>jobs/get/get</c> asks for it.
/// </summary>
public readonly record struct JobsTopic(string ThingName, JobsTopicKind Kind)
{
    public const string Accepted = "/accepted";
    public const string Rejected = "/rejected";

    private const string Things = "$aws/things/";
    private const string Jobs = "jobs/";
    private const string Namespace = "namespace-";

    /// <summary>What a <see cref="JobsTopicKind.Request"/> asks for.</summary>
    public JobsTopicOperation Operation { get; private init; }

    /// <summary>As it stands in the topic, <c>$next</c> included; null where the thing as a whole is asked about.</summary>
    public string? JobId { get; private init; }

    /// <summary>The namespace whose executions a request is about; null for the executions without one (OPEN-21).</summary>
    public string? NamespaceId { get; private init; }

    /// <summary>Reads a topic; false for those which are not below a thing's jobs.</summary>
    public static bool TryParse(string topic, out JobsTopic parsed)
    {
        ArgumentNullException.ThrowIfNull(topic);
        parsed = default;
        if (!topic.StartsWith(Things, StringComparison.Ordinal))
        {
            return false;
        }
        var rest = topic.AsSpan(Things.Length);
        var end = rest.IndexOf('/');
        if (end <= 0 || !rest[(end + 1)..].StartsWith(Jobs, StringComparison.Ordinal))
        {
            return false;
        }
        var thing = rest[..end].ToString();
        var below = rest[(end + 1 + Jobs.Length)..];
        parsed = Request(thing, below) ?? new(thing, IsOfService(below) ? JobsTopicKind.Service : JobsTopicKind.Unknown);
        return true;
    }

    /// <summary>The filter of everything below a thing's jobs.</summary>
    internal static string All(string thingName) => $"{Things}{thingName}/{Jobs}#";

    /// <summary>Where a thing is told something: <c>notify</c>, or <c>notify-namespace-NS</c> for the executions of a namespace.</summary>
    internal static string Notice(string thingName, string word, string? namespaceId) =>
        namespaceId is null ? $"{Things}{thingName}/{Jobs}{word}" : $"{Things}{thingName}/{Jobs}{word}-{Namespace}{namespaceId}";

    private static JobsTopic? Request(string thing, ReadOnlySpan<char> below)
    {
        Span<Range> parts = stackalloc Range[4];
        var count = below.Split(parts, '/');
        return count switch
        {
            1 => OfThing(thing, below),
            2 => OfJob(thing, below[parts[0]], below[parts[1]], null),
            3 when IsNamespace(below[parts[1]], out var space) => OfJob(thing, below[parts[0]], below[parts[2]], space),
            _ => null,
        };
    }

    private static JobsTopic? OfThing(string thing, ReadOnlySpan<char> word)
    {
        JobsTopicOperation? operation =
            IsWord(word, "get", out var space) ? JobsTopicOperation.GetPendingJobExecutions
            : IsWord(word, "start-next", out space) ? JobsTopicOperation.StartNextPendingJobExecution
            : null;
        return operation is { } found ? new(thing, JobsTopicKind.Request) { Operation = found, NamespaceId = space } : null;
    }

    private static JobsTopic? OfJob(string thing, ReadOnlySpan<char> jobId, ReadOnlySpan<char> word, string? space)
    {
        JobsTopicOperation? operation = word switch
        {
            "get" => JobsTopicOperation.DescribeJobExecution,
            "update" when jobId is not DescribeJobExecution.Next => JobsTopicOperation.UpdateJobExecution,
            _ => null,
        };
        return operation is { } found
            ? new(thing, JobsTopicKind.Request) { Operation = found, JobId = jobId.ToString(), NamespaceId = space }
            : null;
    }

    /// <summary>Whatever stands below a thing's jobs may be rejected, so each <c>/rejected</c> is the service's.</summary>
    private static bool IsOfService(ReadOnlySpan<char> below) =>
        below.EndsWith(Rejected, StringComparison.Ordinal)
        || below.EndsWith(Accepted, StringComparison.Ordinal) && Request("", below[..^Accepted.Length]) is not null
        || IsWord(below, NoticeMessages.Set, out _)
        || IsWord(below, NoticeMessages.Next, out _);

    /// <summary>The word itself, or the word for a namespace.</summary>
    private static bool IsWord(ReadOnlySpan<char> text, string word, out string? space)
    {
        space = null;
        return text.StartsWith(word, StringComparison.Ordinal)
            && (text.Length == word.Length || text[word.Length] == '-' && IsNamespace(text[(word.Length + 1)..], out space));
    }

    private static bool IsNamespace(ReadOnlySpan<char> text, out string? space)
    {
        space = text.StartsWith(Namespace, StringComparison.Ordinal) ? text[Namespace.Length..].ToString() : null;
        return space is not null && TextPattern.JobId.Matches(space);
    }
}
