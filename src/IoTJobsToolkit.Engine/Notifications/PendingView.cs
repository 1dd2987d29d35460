using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine.Notifications;

/// <summary>Which pending executions a thing may see, in pending order, with the namespaces of their jobs: no more than what decides whether it is told.</summary>
internal sealed class PendingView
{
    private readonly List<(long Execution, string? NamespaceId)> _executions = [];

    public static PendingView Empty { get; } = new();

    public IEnumerable<string?> Namespaces => _executions.Select(one => one.NamespaceId);

    public void Add(JobExecution execution, string? namespaceId) => _executions.Add((execution.Sequence, namespaceId));

    public bool IsSameAs(PendingView other) => _executions.SequenceEqual(other._executions);

    /// <summary>The executions of one namespace, in pending order.</summary>
    public List<long> Of(string? namespaceId) =>
        [.. _executions.Where(one => one.NamespaceId == namespaceId).Select(one => one.Execution)];
}
