using System.Diagnostics;
using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Connection;
using IoTJobsToolkit.Cmdlets.Teaching;
using IoTJobsToolkit.Engine;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>Refusals that teach: they may cost a request more, and a second in all, however many things a pipeline brings.</summary>
public abstract partial class IoTJobsCmdlet
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);

    private readonly Stopwatch _taught = new();

    /// <summary>How the user of this cmdlet says the API's force.</summary>
    private protected virtual string ForceText => "-Force";

    /// <summary>Where errors are not shown, as in a script that asks whether there is something, nothing is looked up for them.</summary>
    private bool AreErrorsShown => Preference() is not (ActionPreference.Ignore or ActionPreference.SilentlyContinue);

    /// <summary>What a message may mention; null where it cannot be read in a moment.</summary>
    private protected T? Peek<T>(Func<IJobs, CancellationToken, Task<T?>> read)
        where T : class
    {
        using var moment = CancellationTokenSource.CreateLinkedTokenSource(_stop.Token);
        moment.CancelAfter(Moment);
        var jobs = Lease.Jobs;
        try
        {
            var reading = Task.Run(() => read(jobs, moment.Token), moment.Token);
            return reading.Wait(Moment) ? reading.Result : null;
        }
        catch (AggregateException)
        {
            return null; // The refusal itself is what matters.
        }
    }

    private ErrorRecord Teach(JobsException refusal, Operation operation, string target)
    {
        var record = Refusal.ToErrorRecord(refusal, operation, target);
        if (NamedParameters.NextStep(this, refusal.Message) is { } nextStep)
        {
            record.ErrorDetails.RecommendedAction = nextStep;
        }
        if (AreErrorsShown && _taught.Elapsed < Moment && Lesson(refusal, operation) is { } lesson)
        {
            record.ErrorDetails = new(lesson.Message) { RecommendedAction = lesson.NextStep ?? record.ErrorDetails.RecommendedAction };
        }
        return record;
    }

    private Lesson? Lesson(JobsException refusal, Operation operation)
    {
        var isAws = Connections.For(CallParameters).Kind == JobsConnectionKind.Aws;
        _taught.Start();
        var lesson = Peek((jobs, stop) => new Teacher(jobs, ForceText, isAws).TeachAsync(refusal, operation, stop));
        _taught.Stop();
        return lesson;
    }
}
