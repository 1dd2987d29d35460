namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>Tells which jobs are to be looked at again: those of which something was heard, or about which it is time to ask.</summary>
internal abstract class JobChanges : IDisposable
{
    /// <summary>Executions are told one by one, as <see cref="ExecutionFeed"/> has them; where not, whoever wants to know lists them.</summary>
    public virtual ExecutionFeed? Executions => null;

    /// <param name="patience">Nothing, or less, where it is over.</param>
    /// <returns>The jobs to look at now; none where there are none within <paramref name="patience"/>.</returns>
    public abstract IReadOnlyCollection<string> Next(TimeSpan patience, CancellationToken stop);

    /// <summary>What the look at a job showed: one that moves is looked at more often.</summary>
    public virtual void Saw(string jobId, bool hasChanged)
    {
    }

    /// <summary>Nobody wants to know of it any more.</summary>
    public abstract void Forget(string jobId);

    public abstract void Dispose();
}
