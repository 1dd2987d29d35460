using System.Collections.Immutable;
using IoTJobsToolkit.Engine.Executions;

namespace IoTJobsToolkit.Engine.Jobs;

/// <summary>
/// How many executions of a job failed, were rejected or timed out, by reason. The first <see cref="MaxReasons"/> reasons are counted each for itself,
/// what comes after them together: a job whose devices all say something else stays small.
/// </summary>
/// <param name="ByReason">Executions by <see cref="FailureReason"/>.</param>
/// <param name="Others">Executions with further reasons.</param>
public sealed record FailureCounts(ImmutableSortedDictionary<string, long> ByReason, long Others)
{
    public const int MaxReasons = 32;

    public static FailureCounts None { get; } = new(ImmutableSortedDictionary.Create<string, long>(StringComparer.Ordinal), 0);

    public long Total => ByReason.Values.Sum() + Others;

    /// <param name="before">Null for a new execution.</param>
    /// <param name="after">Null for a deleted one.</param>
    internal FailureCounts Follow(JobExecution? before, JobExecution? after)
    {
        var counts = before?.Status.IsFailure == true ? Add(FailureReason.Of(before), -1) : this;
        return after?.Status.IsFailure == true ? counts.Add(FailureReason.Of(after), 1) : counts;
    }

    internal FailureCounts Add(string reason, long change)
    {
        if (ByReason.TryGetValue(reason, out var count))
        {
            // While others are counted together a reason keeps its place: some of its failures could be among them later.
            return this with { ByReason = count + change == 0 && Others == 0 ? ByReason.Remove(reason) : ByReason.SetItem(reason, count + change) };
        }
        return Others == 0 && ByReason.Count < MaxReasons ? this with { ByReason = ByReason.Add(reason, change) } : this with { Others = Others + change };
    }

    /// <summary>By what it counts, so that a record which holds it is the same when it was read again.</summary>
    public bool Equals(FailureCounts? other) =>
        ReferenceEquals(this, other) || other is not null && Others == other.Others && ByReason.SequenceEqual(other.ByReason);

    public override int GetHashCode() => HashCode.Combine(ByReason.Count, Others);
}
