using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Clocks;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Sets a virtual clock ahead, stops it, or lets it go at another rate. When it answers, all that was due until its time has been done in order, as if that time
/// had passed.
/// </summary>
public sealed record UpdateClock : Operation<DescribeClockResponse>
{
    /// <summary>Where it goes on; as it is, when absent. Not before its time.</summary>
    public DateTimeOffset? Time { get; init; }

    /// <summary>Its seconds for each real one: 0 stands still, 1 goes with the real time, up to 1000000; as before, when absent.</summary>
    public double? Rate { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.Range("rate", Rate is { } rate && double.IsFinite(rate) ? (decimal)Math.Clamp(rate, -1, 2_000_000) : Rate is null ? null : -1m, 0m, 1_000_000m);
        if (Time > ClockState.End)
        {
            throw Check.Failed("time", Time, $"Member must not be after {ClockState.End:yyyy-MM-dd}");
        }
        if (Time is null && Rate is null)
        {
            throw JobsException.InvalidRequest("Give time, rate or both.");
        }
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.CLOCK, "clock", ClockWords.Moved(Time), ClockWords.Goes(Rate));

    internal override DescribeClockResponse Run(JobsTransaction tx)
    {
        var clock = DescribeClock.Virtual(tx);
        if (Time < tx.Now)
        {
            throw JobsException.InvalidRequest($"The clock says {ClockWords.Text(tx.Now)} already; it does not go back.");
        }
        var state = clock.Next(Time, Rate);
        tx.Changes.Clock = state;
        return DescribeClock.Of(tx, state, state.At);
    }

    internal override ValueTask<DescribeClockResponse> FinishAsync(JobsEngine engine, DescribeClockResponse answer, CancellationToken cancellationToken) =>
        ClockWords.AfterAsync(engine, cancellationToken);
}
