using IoTJobsToolkit.Engine.Work;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Who says how long ended jobs are kept.</summary>
public enum RetentionOrigin
{
    /// <summary>Nobody did.</summary>
    DEFAULT,

    /// <summary>The database was told, and may be told otherwise.</summary>
    DATABASE,

    /// <summary>The setting of whoever has the database open: nothing else counts until he opens it without.</summary>
    SETTING,
}

/// <summary>Tells how long ended jobs are kept, who says so, and what goes next (jobs-reference 16.3).</summary>
public sealed record DescribeRetention : Operation<DescribeRetentionResponse>
{
    private static readonly TimeSpan Soon = TimeSpan.FromDays(7);

    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override DescribeRetentionResponse Run(JobsTransaction tx)
    {
        var (jobs, executions) = (0, 0L);
        foreach (var (_, sequence) in tx.Memory.Inactive.TakeWhile(job => job.Since + tx.Retention < tx.Now + Soon))
        {
            jobs++;
            executions += tx.Memory.FindJob(sequence)!.Progress.Counts.Total;
        }
        return new(tx.Retention.Days, Origin(tx))
        {
            NextAt = tx.Memory.FirstInactive + tx.Retention,
            JobsWithinAWeek = jobs,
            ExecutionsWithinAWeek = executions,
        };
    }

    internal static RetentionOrigin Origin(JobsTransaction tx) =>
        tx.Settings.RetentionDays is not null ? RetentionOrigin.SETTING
        : tx.Memory.RetentionDays is not null ? RetentionOrigin.DATABASE
        : RetentionOrigin.DEFAULT;
}

/// <param name="Days">For which ended jobs are kept with their executions and history, the history of deleted jobs, and the activity.</param>
public sealed record DescribeRetentionResponse(int Days, RetentionOrigin Origin)
{
    /// <summary>When the job that ended longest ago goes; null where none has ended.</summary>
    public DateTimeOffset? NextAt { get; init; }

    /// <summary>Ended jobs whose time is over within the next seven days.</summary>
    public int JobsWithinAWeek { get; init; }

    /// <summary>Their executions.</summary>
    public long ExecutionsWithinAWeek { get; init; }
}
