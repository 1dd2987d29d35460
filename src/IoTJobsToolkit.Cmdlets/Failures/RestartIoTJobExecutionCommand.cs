using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Jobs;
using IoTJobsToolkit.Engine.Operations.Control;
using IoTJobsToolkit.Engine.Operations.Toolkit;

namespace IoTJobsToolkit.Cmdlets;

/// <summary>
/// Gives things on which a job failed another attempt: in the same job while that has not ended, else in one new job for all of them that is made of it.
/// </summary>
[Cmdlet(VerbsLifecycle.Restart, "IoTJobExecution", SupportsShouldProcess = true)]
[OutputType(typeof(RestartJobExecutionResponse), typeof(RestartJobResponse))]
public sealed class RestartIoTJobExecutionCommand : ChangingCmdlet
{
    private readonly Dictionary<string, bool> _hasEnded = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<string>> _again = new(StringComparer.Ordinal);

    /// <summary>The id of the job.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    public string JobId { get; set; } = null!;

    /// <summary>Names, or wildcards over those of things whose latest execution failed; all of these when absent.</summary>
    [Parameter(Position = 1, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(ThingNameCompleter))]
    [SupportsWildcards]
    public string[]? ThingName { get; set; }

    /// <summary>Only those that failed for this reason, as Get-IoTJobFailureReason words it; wildcards are allowed.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(FailureReasonCompleter))]
    [SupportsWildcards]
    public string? Reason { get; set; }

    /// <summary>Of the job that is made of one which has ended; its id and -retry-1, or the next number, when absent.</summary>
    [Parameter]
    public string? NewJobId { get; set; }

    /// <summary>Why, for people: it stands in the history of the job that has ended.</summary>
    [Parameter]
    public string? Comment { get; set; }

    protected override string Identity => nameof(JobId);

    protected override void ProcessRecord()
    {
        if (HasEnded(JobId) is not { } hasEnded)
        {
            return;
        }
        foreach (var thing in Things())
        {
            if (hasEnded)
            {
                Gathered(JobId).Add(thing);
            }
            else if (Wants($"{JobId} on {thing}", "Restart job execution"))
            {
                Send(new RestartJobExecution(JobId, thing), thing);
            }
        }
    }

    protected override void EndProcessing()
    {
        foreach (var (job, things) in _again)
        {
            JobId = job;
            Restart(things.Distinct(StringComparer.Ordinal).ToList());
        }
        base.EndProcessing();
    }

    /// <summary>A plain name is taken at its word, unless it is to be told by its reason.</summary>
    private IEnumerable<string> Things() => (ThingName ?? ["*"]).SelectMany(name => Reason is null && !WildcardPattern.ContainsWildcardCharacters(name)
        ? [name]
        : Failures(new(JobId) { IsLatest = true }, Reason).Select(failure => failure.ThingName).Where(Selection.Wildcard(name).IsMatch).ToList());

    /// <summary>Null where it cannot be found, and the error stream says why.</summary>
    private string? FreeId(string job) =>
        TryRun((jobs, stop) => JobRestart.FindFreeIdAsync(jobs, job, stop), new DescribeJob(job), job, out var id) ? id : null;

    /// <summary>Null where the job cannot be described, and the error stream says why.</summary>
    private bool? HasEnded(string jobId)
    {
        if (!_hasEnded.TryGetValue(jobId, out var hasEnded))
        {
            if (!TryRun(new DescribeJob(jobId), jobId, out var response))
            {
                return null;
            }
            _hasEnded[jobId] = hasEnded = response.Job.Status is JobStatus.COMPLETED or JobStatus.CANCELED;
        }
        return hasEnded;
    }

    private List<string> Gathered(string jobId) => _again.TryGetValue(jobId, out var things) ? things : _again[jobId] = [];

    private void Restart(List<string> things)
    {
        var job = JobId;
        if ((NewJobId ?? FreeId(job)) is not { } id || !Wants(id, $"Create job to try {job} once more on {(things.Count == 1 ? "1 thing" : $"{things.Count} things")}"))
        {
            return;
        }
        if (TryRun((jobs, stop) => JobRestart.RunAsync(jobs, job, id, things, Comment, stop), new RestartJob(job, id, []), job, out var restarted))
        {
            SettleForAWhile([id]);
            Write(restarted, job, Selection.Whole);
        }
    }
}
