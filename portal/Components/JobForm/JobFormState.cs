using IoTJobsToolkit.Engine;
using IoTJobsToolkit.Engine.Documents;
using IoTJobsToolkit.Engine.Measures;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;
using IoTJobsToolkit.Engine.Schedules;
using IoTJobsToolkit.Portal.Components.Status;

namespace IoTJobsToolkit.Portal.Components.JobForm;

/// <summary>The form while it is filled in: the draft, what the engine says of it, and how many things it is for.</summary>
/// <param name="onPage">Does something on the form's own thread, then paints it; from any thread.</param>
public sealed class JobFormState(JobsEngine engine, IJobs jobs, TimeProvider clock, JobDraft draft, Func<Func<Task>, Task> onPage) : IDisposable
{
    private readonly TargetCounter _counter = new(jobs, clock);
    private readonly HashSet<JobPart> _touched = [];
    private JobCheck _check = new(new Dictionary<JobPart, JobsException>());
    private Task _checking = Task.CompletedTask;
    private int _asked;

    public JobDraft Draft { get; } = draft;

    public JobsSettings Settings => engine.Settings;

    public TargetCount Count => _counter.Count;

    /// <summary>Why the engine could not judge the form; null while it can.</summary>
    public Refusals.Refusal? Fault { get; private set; }

    /// <summary>What the form would send now.</summary>
    public CreateJob Request { get; private set; } = draft.Request(engine.Settings);

    /// <summary>The same with what AWS's clients cannot ask for; null where there is nothing of that.</summary>
    public CreateControlledJob? Controlled => Draft.Controlled(Request);

    /// <summary>The thing for which the document is shown; null for the first that the job is for.</summary>
    public string? PreviewThing { get; set; }

    public string? ShownThing => string.IsNullOrWhiteSpace(PreviewThing) ? Count.First is [var first, ..] ? first : null : PreviewThing.Trim();

    public string? Delivered => _check.Delivered;

    public string? DeliveryProblem => _check.DeliveryProblem;

    /// <summary>When the job would run; null for always, and where the schedule cannot be read.</summary>
    public JobSchedule? Schedule => _check.Schedule;

    /// <summary>When the executions would be created; null while that cannot be said.</summary>
    public RolloutPlan? Plan => Count.Things == 0 || Refusal(JobPart.Rollout) is not null || Request.SchedulingConfig is not null && Schedule is null
        ? null
        : RolloutPlan.Of(Request.JobExecutionsRolloutConfig, Schedule, Count.Things, clock.GetUtcNow(), Settings.Limits);

    /// <summary>What the job would do; null while the form is not in order, and while it is being found out.</summary>
    public JobMeasure? Measure { get; private set; }

    /// <summary>In the order of the form.</summary>
    public IEnumerable<JobPart> RefusedParts => Enum.GetValues<JobPart>().Where(part => Refusal(part) is not null);

    public IReadOnlyList<Placeholder> Placeholders =>
        Draft.DocumentText is { } text ? DocumentPlaceholders.Parse(text).Placeholders : [];

    /// <summary>"1,204 things", as far as it is known.</summary>
    public string CountWords => Count switch
    {
        { IsComplete: true } count => count.Things.Figure("thing", "things"),
        { IsRunning: true } count => $"{count.Things.Figure()} things and counting",
        var count => $"at least {count.Things.Figure("thing", "things")}",
    };

    /// <summary>What is wrong with a part that was touched; null while nobody was there yet.</summary>
    public string? Problem(JobPart part) => _touched.Contains(part) ? Refusal(part) : null;

    /// <summary>From now on every part says what is wrong with it.</summary>
    public void TouchAll() => _touched.UnionWith(Enum.GetValues<JobPart>());

    public async Task BeginAsync()
    {
        await CheckAsync();
        Recount();
    }

    public Task ChangedAsync(JobPart part)
    {
        _touched.Add(part);
        return CheckAsync();
    }

    public async Task TargetsChangedAsync()
    {
        Recount();
        await ChangedAsync(JobPart.Targets);
    }

    public void StopCounting() => _counter.Stop();

    public void Dispose() => _counter.Dispose();

    /// <summary>
    /// Asks the engine; what is asked later is what stays, and is waited for here too. An engine that does not answer is said beside the button, and all
    /// that was entered stays.
    /// </summary>
    public Task CheckAsync() => _checking = CheckAsync(++_asked);

    private async Task CheckAsync(int asked)
    {
        Request = Draft.Request(engine.Settings);
        var (check, fault) = (_check, (Refusals.Refusal?)null);
        try
        {
            check = await engine.CheckJobAsync(Request, Draft.Origin == DocumentChoice.Address ? null : ShownThing ?? "thing");
        }
        catch (JobsException refused)
        {
            fault = Refusals.Refusal.Of(refused);
        }
        if (asked != _asked)
        {
            await _checking;
            return;
        }
        (_check, Fault) = (check, fault);
        await PaintAsync();
        _ = MeasureAsync(asked);
    }

    /// <summary>A document that would be fetched is not: the dry run is about the rest then.</summary>
    private async Task MeasureAsync(int asked)
    {
        var request = Request.DocumentSource is null ? Request : Request with { DocumentSource = null, Document = "{}" };
        JobMeasure? measure = null;
        try
        {
            measure = Fault is null && !RefusedParts.Any() ? await jobs.ExecuteAsync(new MeasureJob(request)) : null;
        }
        catch (JobsException)
        {
            // The parts of the form say what is wrong, or creating the job will.
        }
        if (asked == _asked && !(Measure is null && measure is null))
        {
            Measure = measure;
            await PaintAsync();
        }
    }

    private void Recount() => _ = _counter.CountAsync(Draft.Targets, CountedAsync);

    /// <summary>The first thing that is known is the one for which the document is shown.</summary>
    private Task CountedAsync() => onPage(() => Count.IsRunning || Draft.DocumentText is null ? Task.CompletedTask : CheckAsync());

    private Task PaintAsync() => onPage(() => Task.CompletedTask);

    private string? Refusal(JobPart part) => part switch
    {
        JobPart.Document when Draft.Origin == DocumentChoice.Template && Draft.Template is null => "Choose a template.",
        JobPart.Document when Draft.Origin == DocumentChoice.Text && string.IsNullOrWhiteSpace(Draft.Document) =>
            "The document is missing: write what the devices are to do, as JSON.",
        JobPart.Document when Draft.Origin == DocumentChoice.Text && JsonPlace.Find(Draft.Document) is { } place => $"This is not JSON. {place.Sentence}",
        JobPart.Targets when Draft.Targets.Count == 0 => "Add at least one thing or group.",
        _ when Draft.IsLeftToTemplate(part) =>
            $"The template {Draft.Template?.Id} has this: a job made from it may change it, but not be without it. Keep it, or copy the template's document.",
        _ => _check.Refusals.TryGetValue(part, out var refusal) ? FieldWords.Of(refusal) : null,
    };
}
