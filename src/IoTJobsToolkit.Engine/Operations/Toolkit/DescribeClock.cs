using IoTJobsToolkit.Engine.Clocks;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>Tells the time by which jobs go, how the clock goes, and when something happens next by itself.</summary>
public sealed record DescribeClock : Operation<DescribeClockResponse>
{
    internal override OperationAccess Access => OperationAccess.ReadsPages;

    internal override DescribeClockResponse Run(JobsTransaction tx) => Of(tx, tx.Services.Clock?.State, tx.Now);

    internal static DescribeClockResponse Of(JobsTransaction tx, ClockState? state, DateTimeOffset now) => new(now, state is not null)
    {
        Rate = state?.Rate ?? 1,
        NextEventAt = NextEvent(tx, now),
    };

    /// <summary>The first timer, step of a rollout, change of a schedule, or end of a job's retention that is to come; null where none is.</summary>
    internal static DateTimeOffset? NextEvent(JobsTransaction tx, DateTimeOffset now) => new[]
    {
        After(tx.Memory.FirstDeadline, now), tx.Memory.Due.NextAfter(now), After(tx.Memory.FirstInactive + tx.Retention, now),
    }.Min();

    /// <summary>Refuses to move the clock that the world goes by.</summary>
    internal static VirtualClock Virtual(JobsTransaction tx) => tx.Services.Clock ?? throw JobsException.InvalidRequest(
        "This database goes by the system's clock. For a clock that can be moved, start the server with --Jobs:Clock=virtual, or connect with Connect-IoTJobs -VirtualClock.");

    private static DateTimeOffset? After(DateTimeOffset? time, DateTimeOffset now) => time > now ? time : null;
}

/// <param name="Time">By which jobs go now.</param>
/// <param name="IsVirtual">Whether it can be moved.</param>
public sealed record DescribeClockResponse(DateTimeOffset Time, bool IsVirtual)
{
    /// <summary>Its seconds for each real one: 0 stands still, 1 goes with the real time.</summary>
    public double Rate { get; init; }

    /// <summary>When something happens next by itself: a timeout, a step of a rollout, a start, opening, closing or end, a purge. Null where nothing will.</summary>
    public DateTimeOffset? NextEventAt { get; init; }
}
