using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>What a look at a job showed.</summary>
internal abstract record Sight
{
    internal sealed record Seen(DescribeJobResponse Job) : Sight;

    /// <summary>There is no such job any more.</summary>
    internal sealed record Gone : Sight;

    /// <summary>It may not be looked at, and the error stream says why.</summary>
    internal sealed record Refused : Sight;

    /// <summary>The server could not be asked just now; the next look may fare better.</summary>
    internal sealed record Unclear : Sight;
}
