using System.Management.Automation;
using IoTJobsToolkit.Cmdlets.Background;
using IoTJobsToolkit.Cmdlets.Completion;
using IoTJobsToolkit.Engine.Operations.Control;

namespace IoTJobsToolkit.Cmdlets.Waiting;

/// <summary>A cmdlet that stays with jobs for a while: here, or with -AsJob as a background job of the shell.</summary>
public abstract class WaitingCmdlet : IoTJobsCmdlet
{
    private readonly List<string> _wanted = [];
    private readonly HashSet<string> _left = [];
    private JobChanges? _changes;

    /// <summary>Ids, or wildcards over them. All that come down the pipeline are followed together.</summary>
    [Parameter(Mandatory = true, Position = 0, ValueFromPipeline = true, ValueFromPipelineByPropertyName = true)]
    [ArgumentCompleter(typeof(JobIdCompleter))]
    [ValidateNotNullOrEmpty]
    [SupportsWildcards]
    public string[] JobId { get; set; } = null!;

    /// <summary>Goes on in the background; writes the job of the shell, for Receive-Job, Wait-Job, Stop-Job and Remove-Job.</summary>
    [Parameter]
    public SwitchParameter AsJob { get; set; }

    /// <summary>Whether changes of executions are to be told one by one, where that can be.</summary>
    private protected virtual bool WantsExecutions => false;

    /// <summary>The jobs that are still followed.</summary>
    private protected IReadOnlyCollection<string> Left => _left;

    private protected JobChanges Changes => _changes ??= Lease.Watch(_left, WantsExecutions);

    protected override void ProcessRecord() => _wanted.AddRange(JobId);

    protected override void EndProcessing()
    {
        if (_wanted.Count == 0)
        {
            return;
        }
        if (AsJob)
        {
            WriteObject(Begin());
            return;
        }
        var ids = _wanted.SelectMany(Matching).Distinct(StringComparer.Ordinal).ToList();
        if (ids.Count > 0)
        {
            TellRefusal(); // Not when all that is followed has ended.
            _left.UnionWith(ids);
            PassTime();
            _ = Changes; // From before the first look: nothing that happens after it is missed.
            Follow(ids);
        }
        base.EndProcessing();
    }

    private protected abstract void Follow(IReadOnlyList<string> jobIds);

    /// <summary>What the cmdlet gets in the background, where it must not be as it is here.</summary>
    private protected virtual object InBackground(object argument) => argument;

    /// <summary>The jobs to look at now; none where there are none within <paramref name="patience"/>.</summary>
    private protected IEnumerable<string> Next(TimeSpan patience)
    {
        try
        {
            return Changes.Next(patience, Stopped).Where(_left.Contains);
        }
        catch (OperationCanceledException)
        {
            throw new PipelineStoppedException();
        }
    }

    private protected void Forget(string jobId)
    {
        _left.Remove(jobId);
        _changes?.Forget(jobId);
    }

    private protected override void CloseWay()
    {
        _changes?.Dispose();
        _changes = null;
        base.CloseWay();
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _changes?.Dispose();
        }
        base.Dispose(disposing);
    }

    private BackgroundJob Begin()
    {
        var (connection, place) = Choice();
        return BackgroundJob.Start($"{MyInvocation.MyCommand.Name} {string.Join(", ", _wanted)}", this, Arguments(), connection, place);
    }

    private IEnumerable<string> Matching(string id)
    {
        if (!WildcardPattern.ContainsWildcardCharacters(id))
        {
            return [id];
        }
        var wanted = Selection.Wildcard(id);
        return Every(id, token => new ListJobs { NextToken = token }, response => (response.Jobs, response.NextToken))
            .Select(job => job.JobId).Where(wanted.IsMatch);
    }

    private Dictionary<string, object> Arguments()
    {
        var arguments = MyInvocation.BoundParameters.Where(bound => !BackgroundJob.IsOfTheCaller(bound.Key) && bound.Key != nameof(AsJob))
            .ToDictionary(bound => bound.Key, bound => InBackground(bound.Value));
        arguments[nameof(JobId)] = _wanted.ToArray();
        return arguments;
    }
}
