using IoTJobsToolkit.Engine.Notifications;
using IoTJobsToolkit.Engine.Operations.Device;

namespace IoTJobsToolkit.Engine.Tests.Notifications;

/// <summary>What devices know who heed nothing but what they are told: by thing and namespace the set of pending executions and the next one.</summary>
internal sealed class Listener
{
    private readonly Dictionary<(string Thing, string NamespaceId), (string Set, string Next)> _known = [];

    /// <summary>Messages which said nothing new.</summary>
    public List<string> Repeated { get; } = [];

    public IEnumerable<string> Things => _known.Keys.Select(key => key.Thing).Distinct();

    public void Take(JobsEventBatch batch)
    {
        foreach (var notice in batch.Events.OfType<PendingChanged>())
        {
            var key = (notice.ThingName, notice.NamespaceId ?? "");
            var (set, next) = _known.GetValueOrDefault(key, ("", "-"));
            var now = (notice.Pending is { } pending ? SetOf(pending) : set, notice.IsNextChanged ? NextOf(notice.Next) : next);
            if (notice.Pending is not null && now.Item1 == set || notice.IsNextChanged && now.Item2 == next)
            {
                Repeated.Add($"{Heard.Line(notice)} (known: [{set}] next {next})");
            }
            _known[key] = now;
        }
    }

    public string Of(string thing, string? namespaceId = null)
    {
        var (set, next) = _known.GetValueOrDefault((thing, namespaceId ?? ""), ("", "-"));
        return Text(thing, namespaceId, set, next);
    }

    /// <summary>A device that connects asks first.</summary>
    public async Task Ask(IJobs jobs, string thing, string? namespaceId = null)
    {
        try
        {
            _known[(thing, namespaceId ?? "")] = await Seen(jobs, thing, namespaceId);
        }
        catch (JobsException refusal) when (refusal.Error == JobsError.ResourceNotFound)
        {
            _known.Remove((thing, namespaceId ?? ""));
        }
    }

    /// <summary>What a device that asks sees, in the words of <see cref="Of"/>.</summary>
    public static async Task<string> Truth(IJobs jobs, string thing, string? namespaceId = null)
    {
        var (set, next) = await Seen(jobs, thing, namespaceId);
        return Text(thing, namespaceId, set, next);
    }

    private static async Task<(string Set, string Next)> Seen(IJobs jobs, string thing, string? namespaceId)
    {
        var pending = await jobs.ExecuteAsync(new GetPendingJobExecutions(thing) { NamespaceId = namespaceId }, TestContext.Current.CancellationToken);
        var next = await jobs.ExecuteAsync(
            new DescribeJobExecution(DescribeJobExecution.Next, thing) { NamespaceId = namespaceId }, TestContext.Current.CancellationToken);
        return (SetOf(pending), NextOf(next.Execution));
    }

    private static string Text(string thing, string? namespaceId, string set, string next) => $"{thing}/{namespaceId} knows [{set}] next {next}";

    private static string SetOf(GetPendingJobExecutionsResponse pending) => string.Join(
        ' ', pending.InProgressJobs.Concat(pending.QueuedJobs).Select(e => $"{e.JobId}#{e.ExecutionNumber}").Order(StringComparer.Ordinal));

    private static string NextOf(DeviceJobExecution? next) => next is null ? "-" : $"{next.JobId}#{next.ExecutionNumber}";
}
