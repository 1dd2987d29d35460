using System.Diagnostics;
using System.Globalization;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Arguments;
using IoTJobsToolkit.Cmdlets.Waiting;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Waits until jobs have ended, or for what else -Until says, and writes each job as it gets there.</summary>
[Cmdlet(VerbsLifecycle.Wait, "IoTJob")]
[OutputType(typeof(DescribeJobResponse))]
[OutputType(typeof(System.Management.Automation.Job))]
public sealed class WaitIoTJobCommand : WaitingCmdlet
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(0.5);
    private static readonly TimeSpan LongestDeadline = TimeSpan.FromDays(24);

    private readonly Dictionary<string, DescribeJobResponse> _seen = [];
    private WaitProgress _progress = null!;

    /// <summary>
    /// Ended, a status of the job, a count of executions such as 'SUCCEEDED >= 100', 'FAILED > 0' or 'ENDED >= 90%', or a script block
    /// that looks at the job as $_.
    /// </summary>
    [Parameter(Position = 1)]
    [UntilArgument]
    [ArgumentCompleter(typeof(UntilCompleter))]
    [ValidateNotNull]
    public JobGoal Until { get; set; } = JobGoal.Ended;

    /// <summary>A time span, or a number of seconds; 0 looks once. Without it the wait is as long as it takes.</summary>
    [Parameter]
    [SecondsArgument]
    public TimeSpan? Timeout { get; set; }

    private protected override void Follow(IReadOnlyList<string> jobIds)
    {
        using var progress = _progress = new(Until, WriteProgress);
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(Stopped);
        var time = Stopwatch.StartNew();
        if (Timeout < LongestDeadline)
        {
            // A call that hangs ends then, but the first ones have a moment in any case.
            deadline.CancelAfter(Timeout > Interval ? Timeout.Value : Interval);
        }
        foreach (var id in jobIds)
        {
            Judge(id, Look(id, isFirst: true, deadline.Token));
        }
        while (Left.Count > 0 && !(time.Elapsed >= Timeout))
        {
            progress.Show();
            var left = Timeout - time.Elapsed; // Below zero where the bar took its time.
            foreach (var id in Next(left < Interval ? left.Value : Interval).ToList())
            {
                Judge(id, Look(id, isFirst: false, deadline.Token));
            }
        }
        foreach (var id in jobIds.Where(Left.Contains))
        {
            WriteError(TimedOut(id, time.Elapsed));
        }
    }

    private protected override object InBackground(object argument) => argument is ScriptGoal script ? script.Detached() : argument;

    private void Judge(string id, Sight sight)
    {
        switch (sight)
        {
            case Sight.Seen { Job: var job }:
                Judge(id, job);
                break;
            case Sight.Gone when Until.IsReachedByDeletion && _seen.TryGetValue(id, out var last):
                Write(last, id, Selection.Whole);
                End(id);
                break;
            case Sight.Gone:
                WriteError(OutOfReach(id, $"Job {id} is gone"));
                End(id);
                break;
            case Sight.Refused:
                End(id);
                break;
            default:
                Changes.Saw(id, hasChanged: false);
                break;
        }
    }

    private void Judge(string id, DescribeJobResponse job)
    {
        var isFirst = !_seen.TryGetValue(id, out var before);
        _seen[id] = job;
        _progress.See(job);
        Changes.Saw(id, isFirst || (before!.Status, before.Counts, before.Job.LastUpdatedAt) != (job.Status, job.Counts, job.Job.LastUpdatedAt));
        if (Until.IsReachedBy(job))
        {
            End(id);
            Write(job, id, Selection.Whole);
        }
        else if (!Until.IsOpenTo(job))
        {
            End(id);
            WriteError(OutOfReach(id, $"Job {id} is {job.Status}, with {Describe(job)}"));
        }
        else if (isFirst && Until.MayNeverCome(job))
        {
            WriteWarning($"Job {id} is CONTINUOUS and has no end time: it ends when somebody cancels it.");
        }
    }

    private void End(string id)
    {
        Forget(id);
        _progress.End(id);
    }

    private ErrorRecord TimedOut(string id, TimeSpan time)
    {
        var job = _seen.GetValueOrDefault(id);
        var after = string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.#} s");
        var exception = new TimeoutException(job is null
            ? $"Job {id} could not be looked at within {after}."
            : $"Job {id} is {job.Status} after {after}, with {Describe(job)}; it was waited for until {Until}.");
        return new(exception, "JobWaitTimedOut", ErrorCategory.OperationTimeout, (object?)job ?? id)
        {
            ErrorDetails = new(exception.Message)
            {
                RecommendedAction = $"Wait longer with -Timeout, see how it goes on with Watch-IoTJob {id}, or cancel it with Stop-IoTJob {id}.",
            },
        };
    }

    private ErrorRecord OutOfReach(string id, string state)
    {
        var exception = new InvalidOperationException($"{state}: that {Until} will not come any more.");
        return new(exception, "JobWaitOutOfReach", ErrorCategory.InvalidOperation, (object?)_seen.GetValueOrDefault(id) ?? id)
        {
            ErrorDetails = new(exception.Message) { RecommendedAction = "Look at the job with Get-IoTJob, and wait with -Until for what it can still reach." },
        };
    }

    private static string Describe(DescribeJobResponse job) => string.Create(
        CultureInfo.InvariantCulture, $"{job.Counts.Ended:N0} of {job.Counts.Total:N0} executions ended and {job.Counts.Failures:N0} failed");
}
