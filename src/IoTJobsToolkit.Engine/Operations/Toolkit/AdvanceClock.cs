using IoTJobsToolkit.Engine.Activities;
using IoTJobsToolkit.Engine.Validation;

namespace IoTJobsToolkit.Engine.Operations.Toolkit;

/// <summary>
/// Sets a virtual clock ahead by a while, or to the next event; it goes on as it did. When it answers, all that was due until then has been done in order.
/// </summary>
public sealed record AdvanceClock : Operation<DescribeClockResponse>
{
    /// <summary>By how much: 1..31536000 (a year).</summary>
    public long? Seconds { get; init; }

    /// <summary>To the next event instead (<see cref="DescribeClockResponse.NextEventAt"/>); refused where none is to come.</summary>
    public bool? ToNextEvent { get; init; }

    internal override OperationAccess Access => OperationAccess.WritesAlone;

    internal override void Validate(Check check)
    {
        check.Range("seconds", Seconds, 1, 31_536_000);
        if (Seconds is not null == (ToNextEvent == true))
        {
            throw JobsException.InvalidRequest("Give either seconds or toNextEvent.");
        }
    }

    internal override ActivityNote Note(JobsTransaction tx) => new(ActivitySubject.CLOCK, "clock", ClockWords.Moved(tx.Changes.Clock?.At));

    internal override DescribeClockResponse Run(JobsTransaction tx)
    {
        var clock = DescribeClock.Virtual(tx);
        var at = Seconds is { } seconds
            ? clock.GetUtcNow().AddSeconds(seconds)
            : DescribeClock.NextEvent(tx, tx.Now) ?? throw JobsException.InvalidRequest("Nothing will happen by itself: no timer runs, and no job is to be rolled out, started, ended or purged.");
        var state = clock.Next(at, rate: null);
        tx.Changes.Clock = state;
        return DescribeClock.Of(tx, state, state.At);
    }

    internal override ValueTask<DescribeClockResponse> FinishAsync(JobsEngine engine, DescribeClockResponse answer, CancellationToken cancellationToken) =>
        ClockWords.AfterAsync(engine, cancellationToken);
}
