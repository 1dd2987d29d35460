using IoTJobsToolkit.Engine.Executions;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Storage;
using IoTJobsToolkit.Engine.Tests.Notifications;
using IoTJobsToolkit.Engine.Tests.Properties.Model;
using IoTJobsToolkit.Engine.Tests.Properties.Programs;
using IoTJobsToolkit.Engine.Tests.Scenarios;

namespace IoTJobsToolkit.Engine.Tests.Properties.Running;

/// <summary>How a program's time passes for the engine; the model takes each wait as it is written.</summary>
internal enum Pace
{
    /// <summary>Waits between two calls are one leap, and nothing restarts.</summary>
    Leaps,

    /// <summary>Each wait is passed event by event, with a stop just before each; restarts are made.</summary>
    SmallSteps,
}

/// <summary>Runs a program against the engine and a model, and stops at the first difference.</summary>
internal sealed class ProgramRun(IReadOnlyList<Step> program, JobsModel model, Func<IJobsStore> open, Pace pace)
{
    private static readonly TimeSpan Millisecond = TimeSpan.FromMilliseconds(1);

    private readonly List<string> _log = [];

    /// <summary>What two runs of one program must have in common; when there was no difference.</summary>
    public SortedDictionary<string, string>? Histories { get; private set; }

    /// <summary>Kinds of changes and answers seen, and how often.</summary>
    public Dictionary<string, int> Reached { get; } = [];

    /// <summary>The steps so far, with their times and answers.</summary>
    public string Log => string.Join(Environment.NewLine, _log);

    /// <summary>Null, or the steps until the first difference and the difference.</summary>
    public async Task<string?> FindDifferenceAsync(CancellationToken cancellation)
    {
        using var engine = new EngineRun(open, cancellation);
        try
        {
            foreach (var step in program)
            {
                await StepAsync(engine, step);
            }
            await CatchUpAsync(engine);
            if (pace == Pace.Leaps)
            {
                Same("devices were told again what they knew", [], engine.Listener.Repeated);
            }
            Histories = engine.Mirror.Histories;
            foreach (var (what, times) in engine.Mirror.Reached)
            {
                Reached[what] = times;
            }
            return null;
        }
        catch (PropertyBrokenException broken)
        {
            return $"{Log}{Environment.NewLine}=> {broken.Message}";
        }
    }

    private async Task StepAsync(EngineRun engine, Step written)
    {
        if (written is CallStep or Aimed)
        {
            await CatchUpAsync(engine);
        }
        var step = (written as Aimed)?.At(model) ?? written;
        _log.Add($"{_log.Count + 1,3}. {Clock.Text(model.Now)} {step}");
        switch (step)
        {
            case CallStep call:
                var operation = call.At(model.Now);
                var expected = model.Call(operation);
                var actual = await engine.CallAsync(call, operation);
                _log[^1] += $" -> {actual}";
                var kind = $"{operation.Name} {actual.Split(' ')[0]}{(actual.StartsWith("refused", StringComparison.Ordinal) ? " " + actual.Split(' ', ':')[1] : "")}";
                Reached[kind] = Reached.GetValueOrDefault(kind) + 1;
                Same("answers", [expected], [actual]);
                await CompareAsync(engine);
                break;
            case Wait wait:
                await PassAsync(engine, model.Now + wait.Span);
                break;
            case WaitForEvent wait:
                var events = model.Instants().Where(at => at > model.Now).Distinct().Order().ToList();
                var until = (events.Count > 0 ? events[Math.Min(wait.Nth, events.Count - 1)] : model.Now.AddMinutes(1)) + wait.Offset;
                await PassAsync(engine, until > model.Now ? until : model.Now);
                break;
            case Restart when pace == Pace.SmallSteps:
                await engine.RestartAsync();
                await CompareAsync(engine);
                break;
        }
    }

    private async Task PassAsync(EngineRun engine, DateTimeOffset until)
    {
        while (pace == Pace.SmallSteps && model.Instants().Where(at => at > model.Now && at <= until).Order().Cast<DateTimeOffset?>().FirstOrDefault() is { } next)
        {
            foreach (var at in new[] { next - Millisecond, next })
            {
                model.PassTo(at > model.Now ? at : model.Now);
                await CatchUpAsync(engine);
            }
        }
        model.PassTo(until);
        if (pace == Pace.SmallSteps)
        {
            await CatchUpAsync(engine);
        }
        _log[^1] += $" until {Clock.Text(model.Now)}";
    }

    private async Task CatchUpAsync(EngineRun engine)
    {
        await engine.PassToAsync(model.Now);
        await CompareAsync(engine);
    }

    private async Task CompareAsync(EngineRun engine)
    {
        engine.Mirror.CheckAtRest();
        Same("executions", model.Executions.Select(ExecutionView.Of).Select(Text), engine.Mirror.Executions.Select(ExecutionView.Of).Select(Text));
        foreach (var job in model.Jobs)
        {
            var actual = await engine.JobAsync(job.JobId);
            var recount = string.Join(" ", Enum.GetValues<JobExecutionStatus>().Select(status => engine.Mirror.Count(job.JobId, status)));
            Same($"counters of {job.JobId} and a recount", [recount], [actual.Counters]);
            var reasons = (await engine.Operator.ExecuteAsync(new ListJobFailureReasons(job.JobId), TestContext.Current.CancellationToken)).Reasons;
            Same($"failures of {job.JobId} and a recount", FailuresOf(engine, job.JobId), reasons.Select(reason => $"{reason.Reason}: {reason.Count}"));
            var expected = JobView.Of(job, model);
            Same("job", [expected.ToString()], [actual.ToString()]);
            SameProcessing(job, expected.Processing, actual.Processing);
        }
        foreach (var thing in model.Things.Where(thing => thing.Exists))
        {
            Same("pending executions", [PendingView.Of(thing.Name, model.Pending(thing))], [await engine.PendingAsync(thing.Name)]);
            Same("what devices see and what they were told", [await Listener.Truth(engine.Operator, thing.Name)], [engine.Listener.Of(thing.Name)]);
        }
    }

    /// <summary>
    /// 1.2 says: the targets with executions still to be created, absent when the rollout is finished. The engine lists targets from the
    /// place on where its rollout is, so that it may list one more than the model, and of a CONTINUOUS job whose members changed others;
    /// while the job is SCHEDULED it lists none.
    /// </summary>
    private static void SameProcessing(ModelJob job, IReadOnlyList<string> expected, IReadOnlyList<string> actual)
    {
        var isRollingOut = job is { Status: JobStatus.IN_PROGRESS, IsRollingOut: true };
        if (isRollingOut != (actual.Count > 0) || (isRollingOut && !job.IsContinuous && expected.Except(actual).Any()))
        {
            Same("processingTargets", expected, actual);
        }
    }

    private static IEnumerable<string> FailuresOf(EngineRun engine, string jobId) => engine.Mirror.Executions
        .Where(execution => execution.JobId == jobId && execution.Status.IsFailure)
        .GroupBy(FailureReason.Of, (reason, executions) => $"{reason}: {executions.Count()}");

    private static string Text(ExecutionView view) => view.ToString();

    private static void Same(string what, IEnumerable<string> expected, IEnumerable<string> actual)
    {
        var (left, right) = (expected.Order(StringComparer.Ordinal).ToList(), actual.Order(StringComparer.Ordinal).ToList());
        if (!left.SequenceEqual(right))
        {
            throw new PropertyBrokenException($"{what} differ{Lines("the model says", left.Except(right))}{Lines("the engine says", right.Except(left))}");
        }
    }

    private static string Lines(string who, IEnumerable<string> lines) =>
        string.Concat(lines.Select(line => $"{Environment.NewLine}   {who,-15}: {line}"));
}
